import type { StoredObject } from '@portolan/store';

import { readinessOf } from './ready-condition.ts';

/** How a Pod's Lease stands: milliseconds, and milliseconds since 1970. */
export interface Term {
  readonly renewed: number;
  readonly duration: number;
  /** From when on it could be renewed: it doesn't run out before it held for its duration from then. */
  readonly since: number;
}

/** What becomes of a Pod for its Lease's sake. */
export interface Step {
  readonly type: 'expire' | 'remove' | 'restore';
  /** When, in milliseconds since 1970; it is due when that isn't ahead. */
  readonly at: number;
}

/**
 * What is to be done next. A ready Pod turns unready when its Lease runs out, and ready again when it is renewed; where it
 * isn't, the Pod goes after another duration. `undefined`: nothing, for it is being deleted already.
 */
export function nextStep(pod: StoredObject, term: Term, now: number): Step | undefined {
  const { ready, expiredAt } = readinessOf(pod);
  const { expires, gone } = endsOf(term, expiredAt, now);
  if (expiredAt !== undefined && now < expires) return { type: 'restore', at: now };
  if (ready && now < gone) return { type: 'expire', at: expires };
  return pod.metadata.deletionTimestamp === undefined ? { type: 'remove', at: gone } : undefined;
}

function endsOf(
  { renewed, duration, since }: Term,
  expiredAt: number | undefined,
  now: number,
): { readonly expires: number; readonly gone: number } {
  if (expiredAt === undefined) {
    const expires = Math.max(renewed, since) + duration;
    return { expires, gone: expires + duration };
  }
  const expires = renewed + duration;
  // A client may write it, too: one that lies ahead was not written here.
  const seen = expiredAt > now ? expires : expiredAt;
  return { expires, gone: Math.max(expires, seen, since) + duration };
}
