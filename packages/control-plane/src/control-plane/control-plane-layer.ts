import { defaultRouteProviders, defaultServiceTypes } from '@portolan/compile';
import { createServiceTypeRegistry } from '@portolan/core';
import { createEngine } from '@portolan/engine';
import { createKubeAPI, type KubeAPI } from '@portolan/kube-api';
import type { Store } from '@portolan/store';
import * as Clock from 'effect/Clock';
import * as Context from 'effect/Context';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';

import { createAdmission } from '../admission/create-admission.ts';
import { controllersLayer } from '../controllers/controllers-layer.ts';
import { endpointSliceController } from '../controllers/endpoint-slice/endpoint-slice-controller.ts';
import { garbageCollector } from '../controllers/garbage/garbage-collector.ts';
import { ingressStatusController } from '../controllers/ingress-status/ingress-status-controller.ts';
import { leaseController } from '../leases/lease-controller.ts';
import { loadBalancersLayer } from '../load-balancers/load-balancers-layer.ts';
import { publisherLayer, type Publisher } from '../publisher/publisher.ts';
import { settlementLayer, type Settlement } from '../settlement/settlement.ts';
import { ControlPlaneStore } from '../store/control-plane-store.ts';
import { Warnings } from '../warnings/warnings.ts';
import type { ControlPlaneOptions } from './control-plane.ts';

/** What stands before `/api` in paths, unless told otherwise. */
export const DEFAULT_PREFIX = '/.portolan/kube';

/** The resource API. */
export const ResourceAPI: Context.Service<KubeAPI, KubeAPI> = Context.Service(
  '@portolan/control-plane/ResourceAPI',
);

/** All of a control plane: what `createControlPlane` runs. */
export function controlPlaneLayer(
  options: ControlPlaneOptions,
): Layer.Layer<KubeAPI | Publisher | Settlement | Store> {
  const serviceTypes = options.serviceTypes ?? defaultServiceTypes(options);
  const routeProviders = options.routeProviders ?? defaultRouteProviders(options);
  const engine = createEngine({ ...options, serviceTypes, routeProviders });
  const registry = createServiceTypeRegistry(serviceTypes);
  const { addresses, loadBalancers = [], now = Date.now, leasesSince = now() } = options;
  const controllers = controllersLayer((store) => [
    endpointSliceController(store, registry),
    garbageCollector(store),
    leaseController({ store, since: leasesSince }),
    ...(addresses ? [ingressStatusController(store, { addresses, routeProviders })] : []),
  ]);
  return Layer.mergeAll(
    publisherLayer({ ...options, engine }),
    controllers,
    loadBalancers.length > 0
      ? loadBalancersLayer({ providers: loadBalancers, serviceTypes: registry })
      : Layer.empty,
    resourceAPILayer({ ...options, serviceTypes }),
  ).pipe(
    Layer.provideMerge(settlementLayer),
    Layer.provideMerge(Layer.succeed(ControlPlaneStore, options.store)),
    Layer.provide(Layer.succeed(Clock.Clock, clockOf(now))),
    Layer.provide(Layer.succeed(Warnings, options.warn ?? (() => undefined))),
  );
}

function resourceAPILayer(options: ControlPlaneOptions): Layer.Layer<KubeAPI, never, Store> {
  const { serviceTypes, prefix = DEFAULT_PREFIX, tokens, audit, now, warn } = options;
  return Layer.effect(
    ResourceAPI,
    Effect.gen(function* () {
      const store = yield* ControlPlaneStore;
      const admission = yield* Effect.acquireRelease(
        Effect.sync(() => createAdmission({ store, ...(serviceTypes && { serviceTypes }) })),
        (each) => Effect.sync(each.close),
      );
      return yield* Effect.acquireRelease(
        Effect.sync(() =>
          createKubeAPI({
            store,
            admission,
            tokens,
            prefix,
            ...(audit && { audit }),
            ...(now && { now }),
            ...(warn && { onError: (error) => warn(`resource API: ${String(error)}`) }),
          }),
        ),
        (api) => Effect.sync(api.close),
      );
    }),
  );
}

/** The clock that there is, with other wall-clock time. */
function clockOf(now: () => number): Clock.Clock {
  const live = Clock.Clock.defaultValue();
  const nanos = (): bigint => BigInt(Math.round(now())) * 1_000_000n;
  return {
    currentTimeMillisUnsafe: now,
    currentTimeMillis: Effect.sync(now),
    currentTimeNanosUnsafe: nanos,
    currentTimeNanos: Effect.sync(nanos),
    monotonicTimeNanosUnsafe: () => live.monotonicTimeNanosUnsafe(),
    monotonicTimeNanos: live.monotonicTimeNanos,
    sleep: (duration) => live.sleep(duration),
  };
}
