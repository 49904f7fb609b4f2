import { parseIP } from '../address/ip.ts';
import { objectReference } from '../resources/meta.ts';
import type { Node } from '../resources/node.ts';
import { ZONE_LABEL } from '../resources/node.ts';
import type { Pod } from '../resources/pod.ts';
import { TOPOLOGY_AWARE_HINTS_ANNOTATION, TOPOLOGY_MODE_ANNOTATION } from '../resources/service.ts';
import type { IPFamily, Service } from '../resources/service.ts';
import { endpointAddress } from './endpoint-address.ts';
import type { Endpoint, EndpointSet } from './endpoint-set.ts';
import { mergeEndpoints } from './merge-endpoints.ts';
import { setsByPort } from './sets-by-port.ts';
import { targetPort } from './target-port.ts';
import { parseWeight, WEIGHT_ANNOTATION } from './weight.ts';

/**
 * The endpoint sets of a Service, from the Pods that it selects, as the EndpointSlice controller computes them.
 *
 * A Pod counts while it has an IP and is neither `Succeeded` nor `Failed`; one that is being deleted counts as terminating. It
 * gives an endpoint for each family of the Service, and for each port of the Service that it has. A Service without
 * `ipFamilies`, which the API server always fills in, has the family of its cluster IP, or else both.
 *
 * In the one set of a headless Service without ports the endpoints' port is 0.
 *
 * @param pods The Pods that the Service's selector matches, of the Service's namespace.
 * @param nodes By name, for the zones. A Pod whose Node isn't among them has no zone.
 */
export function endpointSetsFromPods(
  service: Service,
  pods: readonly Pod[],
  nodes: ReadonlyMap<string, Node> = new Map(),
): readonly EndpointSet[] {
  const families = familiesOf(service);
  const counted = pods.filter(isCounted).map((pod) => ({
    pod,
    endpoints: families.flatMap((family) => endpointOf(service, pod, family, nodes)),
  }));
  return setsByPort(service, (servicePort) =>
    mergeEndpoints(
      counted.flatMap(({ pod, endpoints }) => {
        const port = servicePort ? targetPort(pod, servicePort) : 0;
        return port === undefined ? [] : endpoints.map((endpoint) => ({ ...endpoint, port }));
      }),
    ),
  );
}

function familiesOf(service: Service): readonly IPFamily[] {
  const { ipFamilies, clusterIP } = service.spec;
  if (ipFamilies?.length) return ipFamilies;
  const family = clusterIP && parseIP(clusterIP)?.family;
  return family ? [family] : ['IPv4', 'IPv6'];
}

function isCounted({ status }: Pod): boolean {
  return status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

function endpointOf(
  service: Service,
  pod: Pod,
  family: IPFamily,
  nodes: ReadonlyMap<string, Node>,
): Omit<Endpoint, 'port'>[] {
  const address = addressesOf(pod).find((candidate) => candidate.family === family)?.address;
  if (address === undefined) return [];
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const { nodeName } = pod.spec;
  const zone = nodeName && nodes.get(nodeName)?.metadata.labels?.[ZONE_LABEL];
  const hostname = hostnameOf(pod, service);
  const weight = parseWeight(pod.metadata.annotations?.[WEIGHT_ANNOTATION] ?? '');
  const hints = ready ? hintsOf(service, nodeName, zone) : undefined;
  return [
    {
      address,
      addressType: family,
      ready,
      serving,
      terminating,
      ...(weight !== undefined && { weight }),
      ...(hostname && { hostname }),
      ...(nodeName && { nodeName }),
      ...(zone && { zone }),
      ...(hints && { hints }),
      target: objectReference(pod),
    },
  ];
}

function addressesOf({ status }: Pod): NonNullable<ReturnType<typeof endpointAddress>>[] {
  const { podIP, podIPs } = status ?? {};
  const texts = podIPs?.length ? podIPs.map(({ ip }) => ip) : podIP ? [podIP] : [];
  return texts.flatMap((text) => endpointAddress(text) ?? []);
}

/**
 * Whether the Pod's `Ready` condition is true. A kubelet always writes conditions; in a manifest written by hand, whose
 * status says no more than where the Pod is, their absence means that nothing speaks against it.
 */
export function isPodReady({ status }: Pod): boolean {
  if (status?.conditions === undefined) return status?.phase !== 'Pending';
  return status.conditions.find(({ type }) => type === 'Ready')?.status === 'True';
}

function hostnameOf({ metadata, spec }: Pod, service: Service): string | undefined {
  const isNamed =
    spec.subdomain === service.metadata.name &&
    (metadata.namespace ?? 'default') === (service.metadata.namespace ?? 'default');
  return isNamed ? spec.hostname : undefined;
}

/** With `Auto` in either of these, `trafficDistribution` is not looked at. The older name comes first. */
const TOPOLOGY_ANNOTATIONS = [TOPOLOGY_AWARE_HINTS_ANNOTATION, TOPOLOGY_MODE_ANNOTATION];

/**
 * The zone, and with `PreferSameNode` the node too, that a ready endpoint is in: KEP-3015. What `topology-mode: Auto` gives
 * depends on the processors of every Node and isn't computed: no hints, so that every endpoint is used.
 */
function hintsOf(
  { metadata, spec }: Service,
  nodeName: string | undefined,
  zone: string | undefined,
): Endpoint['hints'] {
  const mode = TOPOLOGY_ANNOTATIONS.map((key) => metadata.annotations?.[key]).find(
    (value) => value !== undefined,
  );
  if (spec.trafficDistribution === undefined || mode === 'Auto' || mode === 'auto')
    return undefined;
  const forNode = spec.trafficDistribution === 'PreferSameNode' && nodeName;
  if (!zone && !forNode) return undefined;
  return { ...(zone && { forZones: [zone] }), ...(forNode && { forNodes: [forNode] }) };
}
