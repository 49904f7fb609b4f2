import type { EndpointPort, EndpointSlice } from '../resources/endpoints.ts';
import { SERVICE_NAME_LABEL } from '../resources/endpoints.ts';
import type { Service, ServicePort } from '../resources/service.ts';
import { endpointAddress } from './endpoint-address.ts';
import type { Endpoint, EndpointSet } from './endpoint-set.ts';
import { mergeEndpoints } from './merge-endpoints.ts';
import { setsByPort } from './sets-by-port.ts';

/**
 * The endpoint sets of a Service, from the EndpointSlices that name it by label in its namespace; others are passed over. A
 * slice's port belongs to the Service port of the same name and protocol, and is skipped where it has no number. Of an
 * endpoint's addresses the first counts, as for kube-proxy; one that isn't of the slice's address type is skipped. Absent
 * conditions are ready, serving and not terminating. Unlike in kube-proxy, `FQDN` slices count.
 *
 * A headless Service without ports gets the addresses of every slice, with port 0.
 *
 * Source: Kubernetes API reference, EndpointSlice v1 discovery.k8s.io.
 */
export function endpointSetsFromSlices(
  service: Service,
  slices: readonly EndpointSlice[],
): readonly EndpointSet[] {
  const own = slices
    .filter((slice) => belongsTo(slice, service))
    .map((slice) => ({ slice, endpoints: endpointsOf(slice) }));
  return setsByPort(service, (servicePort) =>
    mergeEndpoints(
      own.flatMap(({ slice, endpoints }) => {
        const port = servicePort ? findPort(slice, servicePort)?.port : 0;
        if (port === undefined || (servicePort && port === 0)) return [];
        return endpoints.map((endpoint) => ({ ...endpoint, port }));
      }),
    ),
  );
}

function belongsTo({ metadata }: EndpointSlice, service: Service): boolean {
  return (
    metadata.labels?.[SERVICE_NAME_LABEL] === service.metadata.name &&
    (metadata.namespace ?? 'default') === (service.metadata.namespace ?? 'default')
  );
}

function findPort(slice: EndpointSlice, servicePort: ServicePort): EndpointPort | undefined {
  return slice.ports?.find(
    ({ name = '', protocol = 'TCP' }) =>
      name === (servicePort.name ?? '') && protocol === (servicePort.protocol ?? 'TCP'),
  );
}

type SliceEndpoint = NonNullable<EndpointSlice['endpoints']>[number];

function endpointsOf(slice: EndpointSlice): readonly Omit<Endpoint, 'port'>[] {
  return (slice.endpoints ?? []).flatMap((endpoint) => {
    const address = addressOf(slice, endpoint);
    if (address === undefined) return [];
    const { conditions, hostname, nodeName, zone } = endpoint;
    const hints = hintsOf(endpoint);
    const target = targetOf(slice, endpoint);
    return [
      {
        address,
        addressType: slice.addressType,
        ready: conditions?.ready ?? true,
        serving: conditions?.serving ?? true,
        terminating: conditions?.terminating ?? false,
        ...(hostname && { hostname }),
        ...(nodeName && { nodeName }),
        ...(zone && { zone }),
        ...(hints && { hints }),
        ...(target && { target }),
      },
    ];
  });
}

function addressOf({ addressType }: EndpointSlice, endpoint: SliceEndpoint): string | undefined {
  const [text] = endpoint.addresses;
  if (text === undefined || addressType === 'FQDN') return text;
  const ip = endpointAddress(text);
  return ip?.family === addressType ? ip.address : undefined;
}

function hintsOf({ hints }: SliceEndpoint): Endpoint['hints'] {
  const forZones = hints?.forZones?.map(({ name }) => name);
  const forNodes = hints?.forNodes?.map(({ name }) => name);
  if (!forZones?.length && !forNodes?.length) return undefined;
  return { ...(forZones?.length && { forZones }), ...(forNodes?.length && { forNodes }) };
}

function targetOf({ metadata }: EndpointSlice, { targetRef }: SliceEndpoint): Endpoint['target'] {
  if (!targetRef?.kind || !targetRef.name) return undefined;
  const namespace = targetRef.namespace ?? metadata.namespace ?? 'default';
  return { kind: targetRef.kind, namespace, name: targetRef.name };
}
