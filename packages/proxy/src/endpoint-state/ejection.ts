/**
 * Whether one endpoint is in use, going by how requests fared (what Envoy calls outlier detection). Replaced by another at
 * each ejection and each return, so that who began before can tell that it has no say any more.
 */
export type Standing = Ejected | InUse;

export interface InUse {
  readonly isEjected: false;
  /** Failures in a row. */
  failures: number;
  /** Milliseconds since 1970, when the last of earlier ejections is forgiven. */
  readonly forgivenAt: number;
}

export interface Ejected {
  readonly isEjected: true;
  /** Milliseconds since 1970, from when on a trial request decides. */
  readonly until: number;
  /** The ejections in a row, this one included, as far as they make a difference. */
  readonly times: number;
  /** The trial request is under way. */
  isOnTrial: boolean;
}

/** An ejection is at most so many times as long as the first. */
const LONGEST = 10;
/** From this ejection in a row on each is as long as the one before. */
const MOST_TIMES = 1 + Math.ceil(Math.log2(LONGEST));

export function inUse(forgivenAt: number = -Infinity): InUse {
  return { isEjected: false, failures: 0, forgivenAt };
}

/**
 * The ejection that follows: each in a row is twice as long as the one before.
 *
 * @param ejectionTime How long the first one is.
 */
export function ejected(before: Standing, ejectionTime: number, now: number): Ejected {
  const earlier = before.isEjected
    ? before.times
    : Math.max(0, Math.ceil((before.forgivenAt - now) / ejectionTime));
  const times = Math.min(earlier + 1, MOST_TIMES);
  const until = now + ejectionTime * Math.min(2 ** (times - 1), LONGEST);
  return { isEjected: true, until, times, isOnTrial: false };
}

/** In use again. For each `ejectionTime` without another ejection one of those before is forgiven. */
export function returned(before: Ejected, ejectionTime: number, now: number): InUse {
  return inUse(now + before.times * ejectionTime);
}

/** The standing, if the next request is its trial: the time is over, and no trial is under way. */
export function dueForTrial(standing: Standing, now: () => number): Ejected | undefined {
  const isDue = standing.isEjected && !standing.isOnTrial && now() >= standing.until;
  return isDue ? standing : undefined;
}
