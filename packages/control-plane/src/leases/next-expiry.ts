import type { Change, Store } from '@portolan/store';

import { durationOf, lastRenewal, leaseOf, LEASES, ownLease } from './lease.ts';
import { nextStep } from './next-step.ts';

/**
 * When the lease controller has something to do next, by what the store holds: for a Durable Object, which sets an alarm for
 * it and may sleep until then.
 *
 * @param now Milliseconds since 1970.
 * @returns Milliseconds since 1970; `now` where something is due. `undefined` where no Pod lives by a Lease.
 */
export function nextExpiry(store: Store, now: number): number | undefined {
  let next: number | undefined;
  for (const pod of store.list('pods')) {
    const ref = leaseOf(pod);
    if (ref === undefined) continue;
    const lease = ownLease(pod, store.get(ref));
    const renewed = lastRenewal(pod, lease, now);
    const step = nextStep(pod, { renewed, duration: durationOf(lease), since: 0 }, now);
    if (step !== undefined) next = Math.min(next ?? step.at, step.at);
  }
  return next === undefined ? undefined : Math.max(next, now);
}

/** Whether a change may make `nextExpiry` earlier than it was. The renewal of a Lease only makes it later. */
export function mayHastenExpiry({ type, ref, object, previous }: Change): boolean {
  if (ref.resource === LEASES) {
    return type !== 'MODIFIED' || durationOf(object) !== durationOf(previous);
  }
  return ref.resource === 'pods' && leaseOf(object) !== undefined;
}
