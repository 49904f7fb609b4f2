import type { Endpoint, EndpointSet, EndpointSlice, Service } from '@portolan/core';

export type SliceEndpoint = NonNullable<EndpointSlice['endpoints']>[number];

/** Endpoints that can stand in the same slices, since they have the same ports. */
export interface SliceGroup {
  readonly addressType: EndpointSlice['addressType'];
  readonly ports: NonNullable<EndpointSlice['ports']>;
  readonly endpoints: readonly SliceEndpoint[];
}

/**
 * Which endpoints the slices of a Service are to hold. Each address family of the Service has at least one group: one without
 * endpoints and ports where it has no endpoints.
 *
 * @param uidOf The uid of the Pod of that name.
 */
export function wantedSlices(
  service: Service,
  sets: readonly EndpointSet[],
  uidOf: (pod: string) => string | undefined,
): readonly SliceGroup[] {
  const places = new Map<string, { endpoint: Endpoint; ports: SliceGroup['ports'][number][] }>();
  for (const { endpoints, portName, protocol, appProtocol } of sets) {
    for (const endpoint of endpoints) {
      const key = `${endpoint.addressType} ${endpoint.address} ${endpoint.target?.name}`;
      const place = places.get(key) ?? { endpoint, ports: [] };
      places.set(key, place);
      // Port 0 is that of a headless Service without ports.
      if (endpoint.port !== 0) {
        place.ports.push({
          name: portName,
          protocol,
          port: endpoint.port,
          ...(appProtocol !== undefined && { appProtocol }),
        });
      }
    }
  }
  const groups = [
    ...Map.groupBy(places.values(), ({ endpoint, ports }) =>
      groupKey({ addressType: endpoint.addressType, ports }),
    ).values(),
  ].flatMap((members): SliceGroup[] => {
    const [first] = members;
    if (first === undefined) return [];
    const endpoints = members.map(({ endpoint }) => sliceEndpoint(endpoint, uidOf));
    return [{ addressType: first.endpoint.addressType, ports: first.ports, endpoints }];
  });
  const { ipFamilies = [] } = service.spec;
  const families = ipFamilies.length > 0 || groups.length > 0 ? ipFamilies : ['IPv4' as const];
  const bare = families.filter((family) => groups.every((group) => group.addressType !== family));
  return [...groups, ...bare.map((addressType) => ({ addressType, ports: [], endpoints: [] }))];
}

/** What endpoints have to have in common to stand in one slice. */
export function groupKey({
  addressType,
  ports = [],
}: Pick<EndpointSlice, 'addressType' | 'ports'>): string {
  const texts = ports.map(({ name, protocol, port, appProtocol }) =>
    JSON.stringify([name, protocol, port, appProtocol]),
  );
  return [addressType, ...texts.toSorted()].join(' ');
}

function sliceEndpoint(
  endpoint: Endpoint,
  uidOf: (pod: string) => string | undefined,
): SliceEndpoint {
  const { address, ready, serving, terminating, hostname, nodeName, zone, hints, target } =
    endpoint;
  const uid = target && uidOf(target.name);
  return {
    addresses: [address],
    conditions: { ready, serving, terminating },
    ...(hints && {
      hints: {
        ...(hints.forZones && { forZones: hints.forZones.map((name) => ({ name })) }),
        ...(hints.forNodes && { forNodes: hints.forNodes.map((name) => ({ name })) }),
      },
    }),
    ...(hostname !== undefined && { hostname }),
    ...(nodeName !== undefined && { nodeName }),
    ...(target && { targetRef: { ...target, ...(uid !== undefined && { uid }) } }),
    ...(zone !== undefined && { zone }),
  };
}
