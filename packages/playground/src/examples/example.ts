import type { Scenario } from '../scenario/scenario.ts';

/** A scenario to begin with. */
export interface Example {
  /** Lower-case words with hyphens; good for a URL. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences: what there is to see. */
  readonly description: string;
  readonly scenario: Scenario;
}
