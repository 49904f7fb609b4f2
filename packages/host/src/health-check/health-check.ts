import type { IPFamily, ObjectKey } from '@portolan/core';
import { findService, servicesOf, type Snapshot, type SnapshotService } from '@portolan/engine';

/** A Service's health check at one node address. */
export interface HealthCheckAt {
  readonly service: ObjectKey;
  readonly address: string;
  readonly port: number;
}

/** Where the health check node ports of a Snapshot's Services are: at addresses of their IP families, as node ports are. */
export function healthChecksAt(
  snapshot: Snapshot,
  nodeAddresses: readonly string[],
): readonly HealthCheckAt[] {
  const addresses = nodeAddresses.filter((each) => Object.hasOwn(snapshot.nodeAddresses, each));
  if (addresses.length === 0) return [];
  return servicesOf(snapshot).flatMap(
    ({ namespace, name, ipFamilies, healthCheckNodePort: port }) => {
      if (port === undefined) return [];
      const service = `${namespace}/${name}` as const;
      return addresses
        .filter((address) => ipFamilies.includes(familyOf(address)))
        .map((address) => ({ service, address, port }));
    },
  );
}

/**
 * What is answered at a Service's health check node port, in the words of kube-proxy and to the byte: 200 where the node has
 * ready endpoints of the Service, of the IP family of the address that is asked, else 503.
 *
 * Source: Kubernetes, pkg/proxy/healthcheck/service_health.go.
 */
export function healthCheckResponse(
  snapshot: Snapshot,
  { service, address }: Pick<HealthCheckAt, 'address' | 'service'>,
  isDraining: boolean,
): Response {
  const [namespace = '', name = ''] = service.split('/');
  const found = findService(snapshot, service);
  const count =
    found === undefined
      ? 0
      : localEndpoints(found, snapshot.nodeAddresses[address], familyOf(address));
  const told = {
    service: { namespace, name },
    localEndpoints: count,
    serviceProxyHealthy: !isDraining,
  };
  return new Response(JSON.stringify(told, undefined, '\t'), {
    status: count > 0 && !isDraining ? 200 : 503,
    headers: {
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'x-load-balancing-endpoint-weight': String(count),
    },
  });
}

/** How many addresses of ready Pods on a node there are. Endpoints that are names are of any family. */
function localEndpoints(
  { ports }: SnapshotService,
  node: string | undefined,
  family: IPFamily,
): number {
  const local = ports
    .flatMap(({ endpoints }) => endpoints)
    .filter((each) => each.ready && node !== undefined && each.nodeName === node)
    .filter(({ addressType }) => addressType === family || addressType === 'FQDN');
  return new Set(local.map(({ address }) => address)).size;
}

function familyOf(address: string): IPFamily {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}
