import type { Diagnostic } from '@portolan/manifests';

import type { LoadBalancerCost } from '../load-balancer-cost/cost.ts';

/** Something wrong or doubtful about manifests, with its place. */
export interface Finding extends Omit<Diagnostic, 'severity'> {
  /**
   * - `error`: the object is left out, or requests certainly fail.
   * - `warning`: most likely not what was meant.
   * - `notice`: true, and good to know.
   */
  readonly severity: Severity;
  /** What to do about it, where that can be said of this very place. The catalogue says what to do in general. */
  readonly remedy?: string;
  /** Other places that it has to do with, such as the rule that takes the requests. */
  readonly related?: readonly RelatedPlace[];
  /** Of `LoadBalancerCost`: the amounts, and what they are for. */
  readonly cost?: LoadBalancerCost;
}

export type Severity = 'error' | 'warning' | 'notice';

export interface RelatedPlace {
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
