import type { Snapshot } from '@portolan/engine';
import {
  answeredBy,
  createGateway,
  type Gateway,
  type GatewayFetch,
  type GatewayOptions,
} from '@portolan/gateway';

import type { Whereabouts } from '../this-node/this-node.ts';

/** What answers requests at the entrances of a host. */
export interface Gateways {
  readonly external: GatewayFetch;
  readonly internal: GatewayFetch;
  /** Serves another Snapshot, there. */
  readonly swap: (snapshot: Snapshot, whereabouts: Whereabouts) => void;
}

interface BothSides {
  readonly external: Gateway;
  readonly internal: Gateway;
}

/**
 * Makes gateways for both sides that know the same of endpoints. Proxies in front count outside alone, and there is nothing but
 * Ingresses: node ports and addresses of load balancers are listened at, and a Host that names one leads to none of them. It would
 * go round whatever keeps clients from those ports.
 */
export function createGateways(
  snapshot: Snapshot,
  whereabouts: Whereabouts,
  options: Omit<GatewayOptions, 'entrance' | 'node' | 'zone'>,
): Gateways {
  const { trust, ...inside } = options;
  const make = (first: Snapshot, at: Whereabouts): BothSides => ({
    external: createGateway(ingressesOf(first), {
      ...inside,
      ...at,
      trust,
      entrance: 'external',
    }),
    internal: createGateway(first, { ...inside, ...at, entrance: 'internal' }),
  });
  let current = make(snapshot, whereabouts);
  let place = whereabouts;
  let served = snapshot;
  return {
    external: answeredBy(() => current.external),
    internal: answeredBy(() => current.internal),
    swap: (next, at) => {
      if (at.node !== place.node || at.zone !== place.zone) {
        current = make(next, at);
      } else if (next !== served) {
        current.external.swap(ingressesOf(next));
        current.internal.swap(next);
      }
      place = at;
      served = next;
    },
  };
}

/** A Snapshot in which no Service has an address of its own. */
function ingressesOf(snapshot: Snapshot): Snapshot {
  return { ...snapshot, frontends: {} };
}
