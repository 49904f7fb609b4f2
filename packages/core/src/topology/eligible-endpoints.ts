import type { Endpoint } from '../endpoint-set/endpoint-set.ts';
import type { IPFamily, TrafficPolicy } from '../resources/service.ts';

/** From where, and how, a Service is being called. */
export interface TrafficClient {
  readonly trafficPolicy: TrafficPolicy;
  /** The node that received the traffic; with `Local` only endpoints on it may answer. */
  readonly node?: string;
  /** The zone of that node. */
  readonly zone?: string;
  /** With `Local`: whoever is in front picks a node that has endpoints, so that those on any node may answer. */
  readonly anyNode?: boolean;
  /**
   * The IP families that may be used, in order of preference: one, where the client knocked at an address of that family;
   * else the Service's `ipFamilies`. The first that somebody can answer in is taken, so that a dual-stack Pod counts once.
   * Absent or empty: IPv4, then IPv6.
   */
  readonly families?: readonly IPFamily[];
}

/**
 * Why an endpoint may not be used.
 *
 * - `OtherFamily`: another IP family was taken.
 * - `OtherNode`: the policy is `Local` and it is on another node, or on none known; or its hints are for other nodes.
 * - `OtherZone`: its hints are for other zones.
 * - `Terminating`, `NotReady`: others are ready, or it doesn't serve at all.
 */
export type ExclusionReason =
  | 'OtherFamily'
  | 'OtherNode'
  | 'OtherZone'
  | 'Terminating'
  | 'NotReady';

export interface ExcludedEndpoint {
  readonly endpoint: Endpoint;
  readonly reason: ExclusionReason;
}

type Verdict = (endpoint: Endpoint) => ExclusionReason | undefined;

/**
 * The endpoints that a client may use, in their given order, as kube-proxy chooses them: those that are ready, or else those
 * that still serve while they terminate; of all (`Cluster`) or of those on the client's node (`Local`). With `Cluster`, hints
 * narrow the ready ones to the client's node, or else to its zone, if each of them carries such hints and one is meant for it.
 *
 * Source: KEP-2433 (topology hints), KEP-3015 (same node and zone), KEP-1669 (terminating endpoints), Service
 * `internalTrafficPolicy` and `externalTrafficPolicy`.
 */
export function eligibleEndpoints(
  endpoints: readonly Endpoint[],
  client: TrafficClient,
): readonly Endpoint[] {
  const verdict = verdictFor(endpoints, client);
  return endpoints.filter((endpoint) => verdict(endpoint) === undefined);
}

/** The endpoints that `eligibleEndpoints` leaves out for this client, each with the reason. */
export function excludedEndpoints(
  endpoints: readonly Endpoint[],
  client: TrafficClient,
): readonly ExcludedEndpoint[] {
  const verdict = verdictFor(endpoints, client);
  return endpoints.flatMap((endpoint) => {
    const reason = verdict(endpoint);
    return reason === undefined ? [] : [{ endpoint, reason }];
  });
}

const BOTH_FAMILIES: readonly IPFamily[] = ['IPv4', 'IPv6'];

function verdictFor(endpoints: readonly Endpoint[], client: TrafficClient): Verdict {
  const families = client.families?.length ? client.families : BOTH_FAMILIES;
  const verdicts: Verdict[] = [];
  let named: Verdict | undefined;
  for (const family of families) {
    const verdict = verdictWithin(family, endpoints, client);
    const isEligible = (endpoint: Endpoint): boolean => verdict(endpoint) === undefined;
    if (endpoints.some((one) => one.addressType === family && isEligible(one))) return verdict;
    // Domain names belong to every family, and don't keep the next one from being tried.
    if (endpoints.some(isEligible)) named ??= verdict;
    verdicts.push(verdict);
  }
  return named ?? ((endpoint) => ownReason(verdicts.map((verdict) => verdict(endpoint))));
}

/** Where nobody is eligible, what counts against an endpoint is what its own family's verdict says. */
function ownReason(reasons: readonly (ExclusionReason | undefined)[]): ExclusionReason {
  return reasons.find((reason) => reason !== 'OtherFamily') ?? 'OtherFamily';
}

function verdictWithin(
  family: IPFamily,
  endpoints: readonly Endpoint[],
  client: TrafficClient,
): Verdict {
  const outside: Verdict = (endpoint) => {
    if (endpoint.addressType !== family && endpoint.addressType !== 'FQDN') return 'OtherFamily';
    return client.trafficPolicy === 'Local' && !isLocal(endpoint, client) ? 'OtherNode' : undefined;
  };
  const ready = endpoints.filter((endpoint) => endpoint.ready && outside(endpoint) === undefined);
  if (ready.length === 0) return (endpoint) => outside(endpoint) ?? unlessDraining(endpoint);
  const byHints = client.trafficPolicy === 'Cluster' ? verdictOfHints(ready, client) : unhinted;
  return (endpoint) =>
    outside(endpoint) ?? (endpoint.ready ? byHints(endpoint) : unready(endpoint));
}

function isLocal(endpoint: Endpoint, client: TrafficClient): boolean {
  if (endpoint.nodeName === undefined) return false;
  return client.anyNode === true || endpoint.nodeName === client.node;
}

/** Where none is ready, those that serve while they terminate may answer. */
function unlessDraining(endpoint: Endpoint): ExclusionReason | undefined {
  return endpoint.serving && endpoint.terminating ? undefined : unready(endpoint);
}

function unready(endpoint: Endpoint): ExclusionReason {
  return endpoint.terminating ? 'Terminating' : 'NotReady';
}

/** Hints count only if every ready endpoint has them and one is meant for the client; nodes go before zones. */
function verdictOfHints(ready: readonly Endpoint[], { node, zone }: TrafficClient): Verdict {
  if (areUsable('forNodes', ready, node)) {
    return (endpoint) => (endpoint.hints?.forNodes?.includes(node) ? undefined : 'OtherNode');
  }
  if (areUsable('forZones', ready, zone)) {
    return (endpoint) => (endpoint.hints?.forZones?.includes(zone) ? undefined : 'OtherZone');
  }
  return unhinted;
}

function areUsable(
  hints: 'forNodes' | 'forZones',
  ready: readonly Endpoint[],
  place: string | undefined,
): place is string {
  if (place === undefined) return false;
  return (
    ready.every((endpoint) => endpoint.hints?.[hints]?.length) &&
    ready.some((endpoint) => endpoint.hints?.[hints]?.includes(place))
  );
}

const unhinted: Verdict = () => undefined;
