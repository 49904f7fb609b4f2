import { EVERY_NODE, parseIP, type ObjectKey } from '@portolan/core';
import {
  findService,
  servicesOf,
  type DecisionTrace,
  type RequestFacts,
  type RespondDecision,
  type Snapshot,
  type SnapshotService,
} from '@portolan/engine';
import { hostKey, normalizeHost } from '@portolan/routing';

import { sharedStart } from '../nearness/shared-start.ts';

/** What would have to change for the request to be forwarded, for people; `undefined` where the message says all there is. */
export function remedyFor(
  snapshot: Snapshot,
  facts: RequestFacts,
  { reason, service, trace }: RespondDecision,
): string | undefined {
  const key: ObjectKey = `${service?.namespace ?? ''}/${service?.name ?? ''}`;
  if (reason === 'NoMatchingRoute') {
    return frontendsElsewhere(snapshot, facts) ?? rulesElsewhere(snapshot, facts);
  }
  if (reason === 'BackendNotFound') return servicesInstead(snapshot, key);
  if (reason === 'PortNotFound') return portsInstead(key, findService(snapshot, key));
  if (reason === 'NoReadyEndpoints') return endpointsInstead(key, trace?.excluded ?? []);
  return undefined;
}

const MOST_NAMED = 5;

/** The host is that of a Service, knocked at from the wrong side or at another port. */
function frontendsElsewhere(
  { frontends, nodeAddresses }: Snapshot,
  facts: RequestFacts,
): string | undefined {
  const host = normalizeHost(facts.host) ?? '';
  const isNode = Object.hasOwn(nodeAddresses, host);
  const found = Object.entries(frontends).flatMap(([key, { service }]) => {
    const at = addressOf(key);
    const fits = at.host === host || (isNode && at.host === EVERY_NODE);
    return fits && at.protocol === 'TCP' ? { ...at, service } : [];
  });
  const here = found.filter(({ entrance }) => entrance === facts.entrance);
  const [first, ...others] = here.length > 0 ? here : found;
  if (first === undefined) return undefined;
  const ports = [first, ...others].map(({ port, service }) => `port ${port} (Service ${service})`);
  const side = first.entrance === 'internal' ? 'inside' : 'outside';
  return `${host} answers from ${side} the cluster at ${listed(ports)}`;
}

function addressOf(key: string): {
  readonly entrance: string;
  readonly protocol: string;
  readonly host: string;
  readonly port: string;
} {
  const [entrance = '', protocol = '', at = ''] = key.split(' ');
  const colon = at.lastIndexOf(':');
  return { entrance, protocol, host: at.slice(0, colon), port: at.slice(colon + 1) };
}

function rulesElsewhere({ routes, frontends }: Snapshot, facts: RequestFacts): string | undefined {
  if (facts.entrance === 'internal') {
    const named = Object.keys(frontends)
      .map(addressOf)
      .find(({ host: name }) => name !== EVERY_NODE && parseIP(name) === undefined);
    const example = named === undefined ? '' : `, such as ${named.host}:${named.port}`;
    return `inside the cluster Services answer at their own names and addresses${example}; rules are for what comes from outside`;
  }
  const host = normalizeHost(facts.host) ?? '';
  const fitting = hostKey(routes, host);
  if (fitting !== undefined) {
    const hosts = fitting === '*' ? 'every host' : fitting;
    return `there are rules for ${hosts}, but none takes this request, and there is no default backend`;
  }
  if (routes.hosts.length === 0) return 'there is no rule, and no default backend';
  const nearest = routes.hosts.toSorted(byNearness(host, (each) => each.split('.').toReversed()));
  return `no rule is for this host, and there is no default backend; there are rules for ${listed(nearest)}`;
}

function endpointsInstead(key: ObjectKey, excluded: DecisionTrace['excluded']): string {
  if (excluded.length === 0) {
    return `Service ${key} has no endpoint at this port: no Pod with the labels of its selector has the target port, and no EndpointSlice names an address`;
  }
  const ready = excluded.filter(({ endpoint }) => endpoint.ready);
  const elsewhere = ready.filter(({ reason }) => reason === 'OtherNode');
  if (elsewhere.length > 0) {
    const nodes = new Set(elsewhere.map(({ endpoint }) => endpoint.nodeName ?? 'no known node'));
    return `the traffic policy is Local: only endpoints on the node where the request arrives may answer, and they are on ${listed([...nodes])}`;
  }
  if (ready.length > 0) {
    return 'all that are ready have an address of the other IP family';
  }
  const names = excluded.map(({ endpoint }) => endpoint.target?.name ?? endpoint.address);
  return `a Pod must become ready; these are not: ${listed(names)}`;
}

function servicesInstead(snapshot: Snapshot, missing: ObjectKey): string {
  const [namespace = '', name = ''] = missing.split('/');
  const all = servicesOf(snapshot);
  const beside = all.filter((each) => each.namespace === namespace).map((each) => each.name);
  const elsewhere = all.filter((each) => each.name === name).map((each) => each.namespace);
  const others = beside.toSorted(byNearness(name, (each) => each));
  return [
    'create it',
    ...(others.length > 0 ? [`name one that namespace ${namespace} has: ${listed(others)}`] : []),
    ...(elsewhere.length > 0 ? [`move it: there is one in ${listed(elsewhere)}`] : []),
  ].join('; or ');
}

function portsInstead(key: ObjectKey, service: SnapshotService | undefined): string | undefined {
  const ports = (service?.ports ?? []).map(({ port, name }) =>
    name === '' ? String(port) : `${port} (${name})`,
  );
  return ports.length === 0 ? undefined : `name a port that Service ${key} has: ${listed(ports)}`;
}

/** Those first that have more of their beginning in common with `wanted`. */
function byNearness(
  wanted: string,
  elementsOf: (text: string) => ArrayLike<string>,
): (a: string, b: string) => number {
  const nearness = (text: string): number => sharedStart(elementsOf(text), elementsOf(wanted));
  return (a, b) => nearness(b) - nearness(a);
}

function listed(items: readonly string[]): string {
  const more = items.length - MOST_NAMED;
  return more > 0 ? `${items.slice(0, MOST_NAMED).join(', ')} and ${more} more` : items.join(', ');
}
