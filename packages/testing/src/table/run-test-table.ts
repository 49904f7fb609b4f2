import type { Explanation } from '@portolan/explain';

import { ask } from '../asked/asked.ts';
import { check } from '../expectation/check.ts';
import {
  compiledManifests,
  type ManifestsUnderTest,
} from '../manifests-under-test/manifests-under-test.ts';
import type { TestTable } from './test-table.ts';

/** What became of the tests of one file: plain JSON. `schema/test-results.schema.json` describes it. */
export interface TestResults {
  /** As shown to people. */
  readonly file: string;
  /** In the order of the file. */
  readonly results: readonly TestResult[];
}

export interface TestResult {
  readonly name: string;
  /** Where the test begins, from 1. */
  readonly line: number;
  readonly passed: boolean;
  /** What is not as expected, a sentence each; empty where the test passes. */
  readonly failures: readonly string[];
  readonly explanation: Explanation;
}

/**
 * Asks where the manifests send each request of a test file.
 *
 * @throws {FaultyManifests} where an object of the manifests would be missing
 */
export function runTestTable(table: TestTable, manifests: ManifestsUnderTest): TestResults {
  const compiled = compiledManifests(manifests);
  const results = table.tests.map(({ name, line, request, expect }) => {
    const asked = ask(compiled, request);
    const failures = check(expect, asked).map(({ message }) => message);
    return { name, line, passed: failures.length === 0, failures, explanation: asked.explanation };
  });
  return { file: table.file, results };
}
