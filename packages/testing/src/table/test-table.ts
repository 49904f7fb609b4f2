import type { DescribedRequest } from '@portolan/explain';
import type { Diagnostic } from '@portolan/manifests';

import type { Expectation } from '../expectation/expectation.ts';

/** A test file: requests, and what is expected of them. */
export interface TestTable {
  /** The file as shown to people. */
  readonly file: string;
  /** Files, folders and URLs, as written: relative to the file. Empty where it names none. */
  readonly manifests: readonly string[];
  readonly tests: readonly TableTest[];
}

export interface TableTest {
  /** Its own, or the request in one line. */
  readonly name: string;
  /** Where it begins, from 1. */
  readonly line: number;
  readonly request: DescribedRequest;
  /** Empty where nothing is expected yet: such a test fails. */
  readonly expect: Expectation;
}

export interface ParsedTestTable {
  /** Absent where there is an error. */
  readonly table?: TestTable;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}
