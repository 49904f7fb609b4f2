import {
  ENDPOINT_SLICE_CONTROLLER,
  ENDPOINT_SLICE_MIRRORING_CONTROLLER,
  MANAGED_BY_LABEL,
  type Endpoints,
  type EndpointSlice,
} from '../resources/endpoints.ts';
import type { Node } from '../resources/node.ts';
import type { Pod } from '../resources/pod.ts';
import { hasSelector } from '../resources/service.ts';
import type { Service } from '../resources/service.ts';
import type { EndpointSet } from './endpoint-set.ts';
import { endpointSetsFromPods } from './endpoint-sets-from-pods.ts';
import { endpointSetsFromSlices } from './endpoint-sets-from-slices.ts';
import { mergeEndpoints } from './merge-endpoints.ts';
import { mirrorEndpoints } from './mirror-endpoints.ts';

/** What there is to find the endpoints of one Service in. */
export interface EndpointSetSources {
  /** The Pods that the Service selects. */
  readonly pods?: readonly Pod[];
  /** Those that name another Service are passed over. */
  readonly slices?: readonly EndpointSlice[];
  /** The Endpoints object of the Service's name and namespace. */
  readonly endpoints?: Endpoints;
  /** By name, for the zones of Pods. */
  readonly nodes?: ReadonlyMap<string, Node>;
}

/**
 * The endpoint sets of a Service from all that is known of it: its Pods, the EndpointSlices that name it, and, for a Service
 * without a selector, its legacy Endpoints. Where a Pod and a slice give the same address and port, the Pod's endpoint is kept.
 *
 * What a controller derives is not taken a second time from a dump of its results: EndpointSlices managed by the
 * EndpointSlice controller count only where no Pod is given, those managed by the mirroring controller only where no Endpoints
 * object is given and the Service has no selector.
 */
export function discoverEndpointSets(
  service: Service,
  { pods = [], slices = [], endpoints, nodes }: EndpointSetSources,
): readonly EndpointSet[] {
  const isSelecting = hasSelector(service);
  const given = slices.filter(({ metadata }) => {
    const manager = metadata.labels?.[MANAGED_BY_LABEL];
    if (manager === ENDPOINT_SLICE_CONTROLLER) return pods.length === 0;
    return (
      manager !== ENDPOINT_SLICE_MIRRORING_CONTROLLER || (endpoints === undefined && !isSelecting)
    );
  });
  const mirrored = endpoints === undefined || isSelecting ? [] : mirrorEndpoints(endpoints);
  const fromSlices = endpointSetsFromSlices(service, [...given, ...mirrored]);
  return endpointSetsFromPods(service, pods, nodes).map((set, index) => {
    const more = fromSlices[index]?.endpoints ?? [];
    return more.length === 0 ? set : { ...set, endpoints: mergeEndpoints(set.endpoints, more) };
  });
}
