import * as Effect from 'effect/Effect';
import * as ManagedRuntime from 'effect/ManagedRuntime';

import { manifestApplier } from '../manifests/apply-manifests.ts';
import { Publisher } from '../publisher/publisher.ts';
import { Settlement } from '../settlement/settlement.ts';
import { controlPlaneLayer, DEFAULT_PREFIX, ResourceAPI } from './control-plane-layer.ts';
import type { ControlPlane, ControlPlaneOptions } from './control-plane.ts';

/**
 * Runs a control plane over a store: the resource API, controllers, and Snapshots of what comes of it. The first Snapshot is
 * there when this returns.
 *
 * @throws {Error} for plugins that don't go together.
 */
export function createControlPlane(options: ControlPlaneOptions): ControlPlane {
  const { store, tokens, prefix = DEFAULT_PREFIX } = options;
  const token = crypto.randomUUID();
  const runtime = ManagedRuntime.make(
    controlPlaneLayer({
      ...options,
      prefix,
      tokens: [...tokens, { name: 'system:manifests', role: 'admin', token }],
    }),
  );
  const { api, publisher, settlement } = runtime.runSync(
    Effect.all({ api: ResourceAPI, publisher: Publisher, settlement: Settlement }),
  );
  const settled = (): Promise<void> => runtime.runPromise(settlement.settled);
  const { snapshot, since, subscribe, conditions } = publisher;
  return {
    snapshot,
    since,
    subscribe,
    conditions,
    fetch: api.fetch,
    prefix,
    applyManifests: manifestApplier({ store, fetch: api.fetch, prefix, token, settled }),
    settled,
    close: () => runtime.dispose(),
  };
}
