import { canonicalJSON, type ServiceTypeRegistry } from '@portolan/core';
import { refOf, type Change, type Store, type StoredObject } from '@portolan/store';
import * as Clock from 'effect/Clock';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';
import type * as Scope from 'effect/Scope';

import { Settlement } from '../settlement/settlement.ts';
import { ControlPlaneStore } from '../store/control-plane-store.ts';
import { keyOfRef } from '../store/object-key.ts';
import { isStored } from '../store/stored-resource.ts';
import { Warnings } from '../warnings/warnings.ts';
import { runWorkQueue } from '../work-queue/work-queue.ts';
import type { LoadBalancerProvider } from './provider.ts';
import { serviceTurns } from './service-turn.ts';
import { serviceUpdates } from './service-updates.ts';
import { makeTurns } from './turns.ts';
import { whoseService } from './whose-service.ts';

export interface LoadBalancersOptions {
  /** The first has the Services without a class. */
  readonly providers: readonly LoadBalancerProvider[];
  readonly serviceTypes: ServiceTypeRegistry;
}

/**
 * Lets providers give addresses to the Services that want a load balancer, and keeps `status.loadBalancer` in line with what they
 * gave, as the service controller of a cloud provider does. Services of no provider here, and those that were synced from
 * elsewhere, are left alone.
 *
 * @throws {RangeError} for providers whose classes don't go together.
 */
export function loadBalancersLayer({
  providers,
  serviceTypes,
}: LoadBalancersOptions): Layer.Layer<never, never, Settlement | Store> {
  return Layer.effectDiscard(run(whoseService(providers, serviceTypes)));
}

const run: (
  whose: ReturnType<typeof whoseService>,
) => Effect.Effect<void, never, Scope.Scope | Settlement | Store> = Effect.fnUntraced(
  function* (whose) {
    const store = yield* ControlPlaneStore;
    const settlement = yield* Settlement;
    const clock = yield* Clock.Clock;
    const warn = yield* Warnings;
    const services = serviceUpdates(store, warn);
    const retake = (keys: Iterable<string>): void => {
      for (const key of keys) queue.add(key);
    };
    const { turn, isConcerned } = serviceTurns({ store, services, whose, clock, warn, retake });
    const turns = yield* makeTurns(turn);

    const all = (): readonly string[] =>
      store
        .list('services')
        .toSorted(addressesFirst)
        .map((each) => keyOfRef(refOf(each)))
        .filter(isConcerned);
    const concerns = ({ ref, object, previous }: Change): readonly string[] => {
      if (services.isWriting()) return [];
      if (ref.resource === 'nodes') return isSameNode(object, previous) ? [] : all();
      const key = keyOfRef(ref);
      return ref.resource === 'services' && isConcerned(key) ? [key] : [];
    };
    const queue = yield* runWorkQueue({
      concerns,
      work: (keys) => Effect.forEach(keys, turns.take, { discard: true }),
    });
    settlement.join({ writes: services.writes, caughtUp: turns.caughtUp });
    retake(all());
  },
);

/** So that after a restart nobody is given what another one has. */
function addressesFirst(a: StoredObject, b: StoredObject): number {
  return Number(hasAddress(b)) - Number(hasAddress(a));
}

function hasAddress(object: StoredObject): boolean {
  const ingress = isStored(object, 'Service') ? object.status?.loadBalancer?.ingress : undefined;
  return ingress !== undefined && ingress.length > 0;
}

/** Whether nothing of a Node has changed but when it was last heard of. */
function isSameNode(now: StoredObject, before: StoredObject | undefined): boolean {
  return before !== undefined && canonicalJSON(partsOf(now)) === canonicalJSON(partsOf(before));
}

function partsOf(object: StoredObject): unknown {
  if (!isStored(object, 'Node')) return undefined;
  const { metadata, spec, status } = object;
  const conditions = status?.conditions?.map(({ type, status: value }) => `${type} ${value}`);
  const { labels, annotations, deletionTimestamp } = metadata;
  return { labels, annotations, deletionTimestamp, spec, addresses: status?.addresses, conditions };
}
