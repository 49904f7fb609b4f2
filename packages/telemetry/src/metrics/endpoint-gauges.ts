import { servicesOf, type Snapshot } from '@portolan/engine';
import type { EndpointStateStore, EndpointStatus } from '@portolan/proxy';

import { endpointName, serviceName } from '../names/names.ts';
import type { EndpointGauge } from './metrics.ts';

/**
 * What is known of each endpoint of a Snapshot, and of those that have left it and are finishing what they have.
 *
 * @param states What the gateway that serves the Snapshot keeps.
 */
export function* endpointGauges(
  snapshot: Pick<Snapshot, 'services'>,
  states: Pick<EndpointStateStore, 'list'>,
): Generator<EndpointGauge> {
  const known = new Map(states.list().map((each) => [`${each.port} ${each.endpoint}`, each]));
  for (const { namespace, name, ports } of servicesOf(snapshot)) {
    for (const { port, protocol, endpoints } of ports) {
      // Nothing else is proxied, and a port may be there once for TCP and once for UDP.
      if (protocol !== 'TCP') continue;
      const service = serviceName({ namespace, name, port });
      for (const endpoint of endpoints.map(endpointName)) {
        const key = `${service} ${endpoint}`;
        yield gauge(service, endpoint, known.get(key));
        known.delete(key);
      }
    }
  }
  for (const status of known.values()) yield gauge(status.port, status.endpoint, status);
}

function gauge(service: string, endpoint: string, status?: EndpointStatus): EndpointGauge {
  return {
    service,
    endpoint,
    requests: status?.requests ?? 0,
    isEjected: status?.ejectedUntil !== undefined,
    isUnhealthy: status?.unhealthy ?? false,
  };
}
