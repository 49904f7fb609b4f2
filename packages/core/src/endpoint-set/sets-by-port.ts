import type { Service, ServicePort } from '../resources/service.ts';
import type { Endpoint, EndpointSet } from './endpoint-set.ts';

/**
 * One set for each port of a Service, in the Service's order. A headless Service may have no ports: it has one set, nameless,
 * as the EndpointSlice controller gives it slices without ports, and `endpointsOf` is called without a port.
 */
export function setsByPort(
  service: Service,
  endpointsOf: (port?: ServicePort) => readonly Endpoint[],
): readonly EndpointSet[] {
  const ports = service.spec.ports ?? [];
  if (ports.length === 0 && service.spec.clusterIP === 'None') {
    return [{ portName: '', protocol: 'TCP', endpoints: endpointsOf() }];
  }
  return ports.map((port) => ({
    portName: port.name ?? '',
    protocol: port.protocol ?? 'TCP',
    ...(port.appProtocol !== undefined && { appProtocol: port.appProtocol }),
    endpoints: endpointsOf(port),
  }));
}
