import type { Endpoint, ObjectKey } from '@portolan/core';
import {
  findService,
  decide,
  type Decision,
  type ForwardDecision,
  type Snapshot,
  type SnapshotFrontend,
} from '@portolan/engine';
import { endpointHeaders, type Target } from '@portolan/proxy';
import type { Candidate } from '@portolan/routing';

import type {
  ExplainedCandidate,
  ExplainedEndpoint,
  ExplainedRequest,
  Explanation,
} from '../explanation/explanation.ts';
import type { DescribedRequest } from '../request/described-request.ts';
import { receivedRequest, type ReceivedRequest } from '../request/received-request.ts';
import { remedyFor } from './remedy.ts';
import { explainedSettings } from './settings.ts';

export interface ExplainOptions {
  /** Say what was considered, too: `candidates`, `excluded`, `frontend`, `remedy`. True by default; costs time with every rule. */
  readonly trace?: boolean;
  /** Where Portolan is to run: whether the endpoint sees the client's Host depends on it. `workers` by default. */
  readonly target?: Target;
  /** Pods that are stood in for, by `namespace/name`: their endpoints are marked. */
  readonly standIns?: ReadonlySet<ObjectKey>;
}

/**
 * Where a request goes, and why: what `decide` says, with what the endpoint gets to see. Of several backends it is the first
 * that has a weight.
 *
 * What only the proxy finds out is left out: whether there is a dialer that reaches the endpoint, and whether `fetch` sends
 * such a request at all.
 *
 * @throws {RequestFault} for a request that `parseRequest` doesn't take
 */
export function explain(
  snapshot: Snapshot,
  request: DescribedRequest,
  { trace: isTraced = true, target = 'workers', standIns = new Set() }: ExplainOptions = {},
): Explanation {
  const received = receivedRequest(request);
  const decision = decide(snapshot, received.facts, { trace: isTraced });
  const { outcome } = decision;
  const endpoint = (each: Endpoint): ExplainedEndpoint => explainedEndpoint(each, standIns);
  const service = serviceOf(snapshot, decision);
  return {
    request: explainedRequest(request, received),
    outcome,
    ...(outcome !== 'forward' && { status: decision.status }),
    ...(outcome === 'respond' && { reason: decision.reason, message: decision.message }),
    ...(isTraced && remedyOf(snapshot, received, decision)),
    ...(outcome === 'redirect' && { location: decision.location }),
    ...(decision.route && { route: decision.route }),
    ...(decision.trace?.frontend !== undefined && { frontend: decision.trace.frontend }),
    ...(service && { service }),
    ...(outcome === 'forward' && { target: requestTarget(decision) }),
    endpoints: outcome === 'forward' ? decision.endpoints.map(endpoint) : [],
    ...(keepsToOne(snapshot, received, decision) && { affinity: endpoint(decision.endpoint) }),
    ...(outcome === 'forward' && settingsOf(snapshot, decision)),
    ...(isTraced && { excluded: excludedOf(decision, endpoint) }),
    ...(outcome === 'forward' && headersOf(received, decision, target)),
    ...(isTraced && { candidates: candidatesOf(decision) }),
  };
}

function explainedRequest(
  { url, headers, from, node, zone }: DescribedRequest,
  { facts: { method, entrance } }: ReceivedRequest,
): ExplainedRequest {
  return {
    method,
    url,
    ...(headers && Object.keys(headers).length > 0 && { headers }),
    entrance,
    ...(from !== undefined && { from }),
    ...(node !== undefined && { node }),
    ...(zone !== undefined && { zone }),
  };
}

function serviceOf(snapshot: Snapshot, decision: Decision): Explanation['service'] {
  const wanted = wantedService(snapshot, decision);
  if (wanted === undefined) return undefined;
  const { namespace, name } = wanted;
  const ports = findService(snapshot, `${namespace}/${name}`)?.ports ?? [];
  const port = ports.find((each) => each.name === wanted.port)?.port ?? wanted.port;
  return { namespace, name, ...(port !== undefined && { port }) };
}

/** A client that is turned away at a Service's own address wanted that Service, too. */
function wantedService(snapshot: Snapshot, decision: Decision): Explanation['service'] {
  if (decision.outcome === 'redirect') return undefined;
  if (decision.service) return decision.service;
  const knocked = frontendOf(snapshot, decision);
  const service = knocked && findService(snapshot, knocked.service);
  return service && { namespace: service.namespace, name: service.name, port: knocked.portName };
}

function frontendOf({ frontends }: Snapshot, { trace }: Decision): SnapshotFrontend | undefined {
  const record: Readonly<Record<string, SnapshotFrontend>> = frontends;
  return trace?.frontend === undefined ? undefined : record[trace.frontend];
}

function requestTarget({ path, query }: ForwardDecision): string {
  return query === '' ? path : `${path}?${query}`;
}

function explainedEndpoint(
  { address, port, target, nodeName, zone }: Endpoint,
  standIns: ReadonlySet<ObjectKey>,
): ExplainedEndpoint {
  const pod = target?.kind === 'Pod' ? target : undefined;
  return {
    address,
    port,
    ...(pod && { pod: pod.name }),
    ...(nodeName !== undefined && { node: nodeName }),
    ...(zone !== undefined && { zone }),
    ...(pod && standIns.has(`${pod.namespace}/${pod.name}`) && { standIn: true }),
  };
}

function keepsToOne(
  snapshot: Snapshot,
  { facts }: ReceivedRequest,
  decision: Decision,
): decision is ForwardDecision {
  if (decision.outcome !== 'forward' || facts.clientAddress === undefined) return false;
  const { namespace, name } = decision.service;
  return findService(snapshot, `${namespace}/${name}`)?.sessionAffinity === 'ClientIP';
}

function settingsOf(snapshot: Snapshot, decision: ForwardDecision): Pick<Explanation, 'settings'> {
  const settings = explainedSettings(snapshot, decision);
  return settings.length === 0 ? {} : { settings };
}

function excludedOf(
  { trace }: Decision,
  explained: (endpoint: Endpoint) => ExplainedEndpoint,
): Explanation['excluded'] {
  return (trace?.excluded ?? []).map(({ endpoint, reason }) => ({
    ...explained(endpoint),
    reason,
  }));
}

/** Stands for the id that each request gets. */
const REQUEST_ID = '<new for each request>';

function headersOf(
  { facts, headers }: ReceivedRequest,
  decision: ForwardDecision,
  target: Target,
): Pick<Explanation, 'headers' | 'unreachable'> {
  const sent = { method: facts.method, headers };
  const seen = endpointHeaders(sent, decision, facts, target, REQUEST_ID);
  return 'unreachable' in seen
    ? { unreachable: seen.message }
    : { headers: Object.fromEntries(seen) };
}

function remedyOf(
  snapshot: Snapshot,
  { facts }: ReceivedRequest,
  decision: Decision,
): Pick<Explanation, 'remedy'> {
  const remedy = decision.outcome === 'respond' ? remedyFor(snapshot, facts, decision) : undefined;
  return remedy === undefined ? {} : { remedy };
}

function candidatesOf({ trace }: Decision): Explanation['candidates'] {
  return (trace?.routing?.candidates ?? []).map(explainedCandidate);
}

function explainedCandidate({ source, field, ...candidate }: Candidate): ExplainedCandidate {
  const { host, path, pathType, outcome, reason, detail } = candidate;
  return {
    kind: source.kind,
    namespace: source.namespace,
    name: source.name,
    rule: field,
    ...(path !== undefined && { path }),
    ...(host !== undefined && { host }),
    ...(pathType !== undefined && { pathType }),
    outcome,
    ...(reason !== undefined && { reason }),
    detail,
  };
}
