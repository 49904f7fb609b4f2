import { isFromSource } from '@portolan/core';
import type { Change, ObjectRef, Store, StoredObject, Write } from '@portolan/store';

import type { Controller, Reconciled } from '../controllers/controller/controller.ts';
import { durationOf, lastRenewal, leaseOf, LEASES, ownLease, renewTimeOf } from './lease.ts';
import { nextStep } from './next-step.ts';
import { stepWrites } from './step-writes.ts';

export interface LeaseControllerOptions {
  readonly store: Store;
  /**
   * From when on Leases could be renewed, in milliseconds since 1970: none runs out before it held for its duration from then.
   * When the control plane began; 0 for a Durable Object, which renewals wake while it sleeps.
   */
  readonly since: number;
}

/** A Lease by which Pods live. */
interface Tracked {
  readonly ref: ObjectRef;
  readonly pods: Map<string, ObjectRef>;
  isNew: boolean;
  /** As it was when it was last looked at and there. */
  lease?: StoredObject | undefined;
  /** Milliseconds since 1970; absent while no Lease was there. */
  renewed?: number;
}

/**
 * Pods live no longer than their Leases (`coordination.k8s.io/v1`), which they name in the annotation `portolan.dev/lease`. A
 * Pod whose Lease ran out turns unready, with reason `LeaseExpired`; after another duration it is deleted, and the Lease with
 * it. When the Lease is renewed in between, the Pod is ready again.
 *
 * A renewal counts from when it comes, by the clock here, whatever the client's clock says in `renewTime`; for a Lease that was
 * there before the controller began, or before its Pod, see `lastRenewal`.
 */
export function leaseController({ store, since }: LeaseControllerOptions): Controller {
  const tracked = new Map<string, Tracked>();

  const track = (pod: ObjectRef, lease: ObjectRef): string => {
    const key = keyOf(lease);
    const entry = tracked.get(key) ?? { ref: lease, pods: new Map(), isNew: true };
    tracked.set(key, entry);
    entry.pods.set(pod.name, pod);
    return key;
  };
  const leave = (pod: ObjectRef, lease: ObjectRef): void => {
    const entry = tracked.get(keyOf(lease));
    entry?.pods.delete(pod.name);
    if (entry?.pods.size === 0) tracked.delete(keyOf(lease));
  };
  const concerns = ({ type, ref, object, previous }: Change): readonly string[] => {
    if (ref.resource === LEASES) return tracked.has(keyOf(ref)) ? [keyOf(ref)] : [];
    if (ref.resource !== 'pods') return [];
    const before = previous && leaseOf(previous);
    const lease = type === 'DELETED' || isFromSource(object) ? undefined : leaseOf(object);
    if (before && before.name !== lease?.name) leave(ref, before);
    return lease ? [track(ref, lease)] : [];
  };
  const reconcile = (key: string, now: number): Reconciled => {
    const entry = tracked.get(key);
    if (entry === undefined) return { writes: [] };
    look(entry, store.get(entry.ref), now);
    const { lease, renewed } = entry;
    const writes: Write[] = [];
    let again: number | undefined;
    for (const ref of entry.pods.values()) {
      const pod = store.get(ref);
      if (pod === undefined) continue;
      const own = ownLease(pod, lease);
      const term = {
        renewed: (own && renewed) ?? lastRenewal(pod, own, now),
        duration: durationOf(own),
        since,
      };
      const step = nextStep(pod, term, now);
      if (step === undefined) continue;
      if (step.at > now) {
        again = Math.min(again ?? step.at, step.at);
        continue;
      }
      writes.push(...stepWrites(step.type, pod, entry.ref, term, now));
      if (step.type === 'remove' && own !== undefined) writes.push({ delete: entry.ref });
    }
    return { writes, ...(again !== undefined && { again }) };
  };
  return { name: 'lease-controller', concerns, reconcile };
}

/** Takes note of a renewal. A Lease that is gone runs out as it would have, had it not been renewed. */
function look(entry: Tracked, lease: StoredObject | undefined, now: number): void {
  if (lease && renewTimeOf(lease) !== renewTimeOf(entry.lease)) {
    entry.renewed = entry.isNew ? lastRenewal(lease, lease, now) : now;
  }
  entry.lease = lease ?? entry.lease;
  entry.isNew = false;
}

function keyOf({ namespace, name }: ObjectRef): string {
  return `${namespace}/${name}`;
}
