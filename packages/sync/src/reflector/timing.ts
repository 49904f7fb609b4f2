import type { Backoff } from '../pace/backoff.ts';

/** How the cluster is followed. Times are milliseconds. */
export interface Timing {
  /** How soon a list or a watch that failed is tried again. */
  readonly backoff: Backoff;
  /** Between the end of a watch and the next. */
  readonly pause: number;
  /** A watch that says nothing for this long is cut, and so is a page of a list that takes as long. Servers send bookmarks about once a minute. */
  readonly silence: number;
  /** For how long a watch is asked for, in seconds: a number between these, so that not all end at once. */
  readonly watchSeconds: readonly [least: number, most: number];
  /** Objects that are listed at once. */
  readonly pageSize: number;
}

export const TIMING: Timing = {
  backoff: { initial: 800, maximum: 30_000 },
  pause: 100,
  silence: 180_000,
  watchSeconds: [300, 600],
  pageSize: 500,
};
