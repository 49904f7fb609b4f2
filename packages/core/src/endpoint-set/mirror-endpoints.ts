import type { Endpoints, EndpointsAddress, EndpointSlice } from '../resources/endpoints.ts';
import {
  ENDPOINT_SLICE_MIRRORING_CONTROLLER,
  MANAGED_BY_LABEL,
  SERVICE_NAME_LABEL,
} from '../resources/endpoints.ts';
import type { IPFamily } from '../resources/service.ts';
import { endpointAddress } from './endpoint-address.ts';

const SKIP_MIRROR_LABEL = 'endpointslice.kubernetes.io/skip-mirror';
const LEADER_ANNOTATION = 'control-plane.alpha.kubernetes.io/leader';
const FAMILIES: readonly IPFamily[] = ['IPv4', 'IPv6'];

/**
 * The EndpointSlices of a legacy Endpoints object, as the EndpointSliceMirroring controller writes them for a Service without
 * a selector: one for each subset and IP family. Addresses that are no IP literals are left out. None where the label
 * `endpointslice.kubernetes.io/skip-mirror` is `true`, or where the object is the lock of a leader election.
 *
 * The controller's limit of 1000 addresses in a subset is not applied.
 */
export function mirrorEndpoints(endpoints: Endpoints): readonly EndpointSlice[] {
  const { name, namespace, labels, annotations } = endpoints.metadata;
  if (labels?.[SKIP_MIRROR_LABEL] === 'true') return [];
  if (annotations?.[LEADER_ANNOTATION] !== undefined) return [];
  return (endpoints.subsets ?? []).flatMap((subset, index) => {
    const mirrored = [
      ...(subset.addresses ?? []).flatMap((address) => mirrorAddress(address, true)),
      ...(subset.notReadyAddresses ?? []).flatMap((address) => mirrorAddress(address, false)),
    ];
    return FAMILIES.flatMap((family): EndpointSlice[] => {
      const ofFamily = mirrored.filter((address) => address.family === family);
      if (ofFamily.length === 0) return [];
      return [
        {
          apiVersion: 'discovery.k8s.io/v1',
          kind: 'EndpointSlice',
          metadata: {
            name: `${name}-${family.toLowerCase()}-${index}`,
            ...(namespace !== undefined && { namespace }),
            labels: {
              ...labels,
              [SERVICE_NAME_LABEL]: name,
              [MANAGED_BY_LABEL]: ENDPOINT_SLICE_MIRRORING_CONTROLLER,
            },
          },
          addressType: family,
          endpoints: ofFamily.map(({ endpoint }) => endpoint),
          ports: subset.ports ?? [],
        },
      ];
    });
  });
}

interface MirroredAddress {
  readonly family: IPFamily;
  readonly endpoint: NonNullable<EndpointSlice['endpoints']>[number];
}

function mirrorAddress(
  { ip, hostname, nodeName, targetRef }: EndpointsAddress,
  ready: boolean,
): MirroredAddress[] {
  const read = endpointAddress(ip);
  if (read === undefined) return [];
  return [
    {
      family: read.family,
      endpoint: {
        addresses: [read.address],
        conditions: { ready },
        ...(hostname !== undefined && { hostname }),
        ...(nodeName !== undefined && { nodeName }),
        ...(targetRef !== undefined && { targetRef }),
      },
    },
  ];
}
