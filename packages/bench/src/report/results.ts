import type { Suite, Table } from '../suite/suite.ts';
import type { Machine } from './machine.ts';

/** What `results.json` holds. */
export interface Results {
  readonly suites: readonly SuiteResults[];
}

export interface SuiteResults extends Pick<Suite, 'name' | 'title' | 'about'> {
  /** Each suite is of one run; several may be of several. */
  readonly machine: Machine;
  readonly tables: readonly Table[];
}
