import type { MatchedRoute } from '../match/route-match.ts';
import type { TableEntry } from '../table/table.ts';

/** Who may take a request. */
export interface Taker {
  readonly entry: TableEntry;
  /** What is answered then, but for the path, which is the request's. */
  readonly match: MatchedRoute;
  /** Asked after it about the same path. */
  readonly next: Taker | undefined;
}
