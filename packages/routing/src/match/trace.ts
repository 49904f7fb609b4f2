import type { RouteSource } from '../route/route.ts';

/** Why a candidate did not take the request. */
export type LossReason =
  /** Its host is another, or less specific than one that also fits. */
  | 'host'
  /** Its path does not fit. */
  | 'path'
  | 'method'
  | 'header'
  | 'query'
  /** It fits, and one with a longer path, an Exact path, or more conditions fits too. */
  | 'precedence'
  /** It fits just as well, and belongs to a younger object, or to one later by namespace/name. */
  | 'olderObject'
  /** It fits just as well, and stands further down in the same object. */
  | 'earlierRule';

/** One rule that was looked at. */
export interface Candidate {
  readonly source: RouteSource;
  readonly field: string;
  readonly host?: string;
  readonly path?: string;
  readonly pathType?: string;
  readonly outcome: 'won' | 'lost';
  /** Only of a loser. */
  readonly reason?: LossReason;
  /** For people: `/foobar is not /foo or below it`. */
  readonly detail: string;
}

/** Everything that matching looked at, in order of precedence. */
export interface RouteTrace {
  /** The host after normalisation. */
  readonly host: string;
  readonly path: { readonly received: string; readonly normalized: string };
  readonly candidates: readonly Candidate[];
}
