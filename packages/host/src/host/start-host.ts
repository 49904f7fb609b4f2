import {
  createControlPlane,
  type AppliedManifests,
  type ControlPlane,
} from '@portolan/control-plane';
import { canonicalIP } from '@portolan/core';
import { callServices } from '@portolan/gateway';
import { createListeners } from '@portolan/sockets';
import { openStore, type Store } from '@portolan/store';

import { adminHandler } from '../admin/admin.ts';
import { createAnswering } from '../answering/answering.ts';
import { applyAll } from '../applying/apply-all.ts';
import { followCertificates } from '../certificates/follow-certificates.ts';
import { createEntrances, exposed } from '../entrances/entrances.ts';
import { openHealthCheckPorts } from '../health-check/health-check-ports.ts';
import { hostLoadBalancer, type ClaimPorts } from '../host-load-balancer/host-load-balancer.ts';
import { isLocalAddress } from '../local-address/local-address.ts';
import {
  createServiceListeners,
  type ServiceListeners,
} from '../service-listeners/service-listeners.ts';
import { isRead } from '../stored/stored.ts';
import { registerNode } from '../this-node/register-node.ts';
import { tellOnce } from '../told/told.ts';
import type { Host, HostOptions, Overrides } from './host.ts';
import { turns } from './turns.ts';

/** Milliseconds until what could not be listened at is tried again. */
const AGAIN = 1000;

/**
 * Starts a host. What it can't listen at is among its `faults`, and everything else is kept.
 *
 * @throws {RangeError} for addresses that are not this machine's, and for blocks that are none; {TypeError} for tokens that are
 *   none, and what else `createControlPlane` throws.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { loadBalancerAddresses: addresses = [], loadBalancers = [] } = options;
  const nodeAddresses = (options.nodeAddresses ?? []).map(ownAddress);
  const { promise: listeners, resolve } = Promise.withResolvers<ServiceListeners>();
  const claim: ClaimPorts = async (...ports) => (await listeners).hold(...ports);
  const own = addresses.length === 0 ? [] : [hostLoadBalancer({ addresses, claim })];
  const store = openStore();
  const controlPlane = createControlPlane({
    ...options,
    store,
    loadBalancers: [...own, ...loadBalancers],
  });
  try {
    return await run({ ...options, nodeAddresses }, { store, controlPlane, onListeners: resolve });
  } catch (error) {
    await controlPlane.close();
    throw error;
  }
}

interface Around {
  readonly store: Store;
  readonly controlPlane: ControlPlane;
  /** Is given what addresses are held open with. */
  readonly onListeners: (listeners: ServiceListeners) => void;
}

async function run(
  options: HostOptions & { readonly nodeAddresses: readonly string[] },
  { store, controlPlane, onListeners }: Around,
): Promise<Host> {
  const { nodeAddresses, zone, warn = () => undefined } = options;
  const { snapshot } = controlPlane;
  const tell = tellOnce(warn);
  let overridden: Overrides = {};
  const overrides = (): Overrides => overridden;
  let isLoaded = false;
  let isDraining = false;

  const node = registerNode(store, controlPlane, {
    name: options.node,
    zone,
    addresses: nodeAddresses,
    warn: (messages) => tell('node', messages),
  });
  const answering = createAnswering({
    ...options,
    snapshot,
    whereabouts: node.whereabouts(),
    overrides,
  });
  const { gateways, states, metrics } = answering;
  const certificates = followCertificates(store, options.ingress, (messages) =>
    tell('certificates', messages),
  );
  const entrances = createEntrances({
    ...options,
    snapshot,
    gateways,
    certificates: certificates.all,
    warn,
    adminHandler: adminHandler({
      snapshot,
      metrics,
      token: options.adminToken,
      api: controlPlane.fetch,
      apiPrefix: controlPlane.prefix,
      unready: () => (isDraining ? 'draining' : isLoaded ? undefined : 'no manifests yet'),
    }),
  });
  const listeners = createServiceListeners({
    snapshot,
    nodeAddresses,
    clusterIPs: options.clusterIPs ?? false,
    warn: (messages) => tell('frontends', messages),
    whereabouts: node.whereabouts,
    listenersAt: (place) => createListeners({ ...options, ...place, snapshot, states, overrides }),
  });
  onListeners(listeners);
  const healthChecks = openHealthCheckPorts({
    runtime: options.runtime,
    snapshot,
    nodeAddresses,
    isDraining: () => isDraining,
  });

  const { serving, admin } = entrances;
  const ownEntrances = admin === undefined ? serving : [...serving, admin];
  const places = [...ownEntrances, listeners, healthChecks];
  const frontends: Host['frontends'] = () => places.flatMap((each) => each.frontends());
  const faults: Host['faults'] = () => places.flatMap((each) => each.faults());
  let told = '';
  const keepUp = async (): Promise<void> => {
    await node.register();
    gateways.swap(snapshot(), node.whereabouts());
    if (certificates.update()) entrances.reload();
    const open = ownEntrances.map((each) => each.open());
    await Promise.all([...open, listeners.update(), healthChecks.update()]);
    const now = JSON.stringify([frontends(), faults()]);
    if (now !== told) options.changed?.();
    told = now;
  };
  /** Brings in line with the store and the Snapshot what is open and what is answered with. */
  const follow = turns(async () => {
    if (isDraining) return;
    await keepUp().catch((error: unknown) => warn(String(error)));
  });

  tell('exposed', exposed(options.internal));
  /** What an update is about to bring is not missing yet. */
  let updates = 0;
  const followLater = (): void => {
    if (updates === 0) void follow();
  };
  const endings = [
    controlPlane.subscribe((next) => {
      gateways.swap(next, node.whereabouts());
      followLater();
    }),
    store.subscribe((changes) => {
      if (!changes.some(({ ref }) => isRead(ref.resource))) return;
      certificates.outdate();
      followLater();
    }),
  ];
  const timer = setInterval(() => {
    if (faults().length > 0) followLater();
  }, AGAIN);
  const checks = answering.startChecks();
  await follow();

  let lastUpdate: Promise<void> = Promise.resolve();
  const update: Host['update'] = async (resources, standIns = {}) => {
    if (isDraining) throw new Error('the host has been closed');
    overridden = standIns;
    updates += 1;
    try {
      const { refused } = await applyAll(controlPlane, resources);
      tell('manifests', refused.map(sentence));
      await node.register();
      await controlPlane.settled();
    } finally {
      updates -= 1;
      await follow();
    }
    isLoaded = true;
  };

  const close = async (): Promise<void> => {
    isDraining = true;
    clearInterval(timer);
    for (const end of endings) end();
    await follow();
    await Promise.all([...serving, listeners].map((each) => each.close()));
    await Promise.all([admin?.close(), healthChecks.close(), checks.close(), lastUpdate]);
    await controlPlane.close();
    store.close();
  };
  let closing: Promise<void> | undefined;
  return {
    frontends,
    faults,
    update: (...given) => {
      const updated = lastUpdate.then(() => update(...given));
      lastUpdate = updated.catch(() => undefined);
      return updated;
    },
    controlPlane,
    services: callServices({ fetch: gateways.internal }),
    close: () => (closing ??= close()),
  };
}

function sentence({ ref, message }: AppliedManifests['refused'][number]): string {
  return `${ref.resource} ${ref.namespace}/${ref.name}: ${message}`;
}

function ownAddress(address: string): string {
  const own = canonicalIP(address);
  if (own === undefined || !isLocalAddress(own)) {
    throw new RangeError(`nodeAddresses: ${address} is no address of this machine`);
  }
  return own;
}
