import type { EndpointStates } from '@portolan/balancing';
import type { Endpoint, ObjectKey, TrafficClient } from '@portolan/core';
import type { TrafficSettings } from '@portolan/settings';

import type {
  DecidedRoute,
  DecisionTrace,
  ForwardDecision,
  RequestFacts,
  RespondDecision,
} from '../decision/decision.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { chooseEndpoint } from './choose-endpoint.ts';

/** What every step of deciding is given. */
export interface Deciding<Facts = RequestFacts> {
  readonly snapshot: Snapshot;
  readonly facts: Facts;
  readonly random: () => number;
  readonly trace: boolean;
  readonly states: EndpointStates;
  readonly settings: SettingsOptions;
}

/** Settings for what no annotation says. */
export interface SettingsOptions {
  /** For every Service. */
  readonly defaults?: TrafficSettings;
  /** For one Service, by `namespace/name`; these come before `defaults`. */
  readonly services?: Readonly<Record<ObjectKey, TrafficSettings>>;
}

/** A Service's port that a request is for, and how the request came to it. */
export interface Destination {
  readonly service: ObjectKey;
  /** By number or by name. */
  readonly port: number | string | undefined;
  readonly client: TrafficClient;
  readonly route?: DecidedRoute;
  readonly path: string;
  readonly hostname?: string;
  readonly filters: ForwardDecision['filters'];
}

/**
 * Finds the endpoint that answers, or says why nobody does.
 *
 * @param considered What the trace holds so far; absent where none is asked for.
 */
export function forwardToService(
  deciding: Deciding,
  destination: Destination,
  considered: Omit<DecisionTrace, 'excluded'> | undefined,
): ForwardDecision | RespondDecision {
  const { facts } = deciding;
  const { route, path, filters } = destination;
  const chosen = chooseEndpoint(deciding, { ...destination, protocol: 'TCP' });
  const traced = considered && { trace: { ...considered, excluded: chosen.excluded } };
  if ('reason' in chosen) {
    const { reason, message, retryAfter } = chosen;
    const [namespace = '', name = ''] = destination.service.split('/');
    const { port } = destination;
    return {
      outcome: 'respond',
      status: 503,
      reason,
      message,
      ...(retryAfter !== undefined && { retryAfter }),
      ...(route && { route }),
      service: { namespace, name, ...(port !== undefined && { port }) },
      ...traced,
    };
  }
  const { service, settings, hashKey, isSession, endpoint, endpoints } = chosen;
  const hostname = destination.hostname ?? ownHost(endpoint);
  return {
    outcome: 'forward',
    ...(route && { route }),
    service,
    settings,
    ...(hashKey !== undefined && { hashKey }),
    ...(isSession && { isSession: true }),
    endpoint,
    endpoints,
    path,
    query: facts.query,
    ...(hostname !== undefined && { hostname }),
    filters,
    ...traced,
  };
}

/** The same Decision for another of its endpoints, which is called by its own name where that holds for the one picked. */
export function atEndpoint(decision: ForwardDecision, endpoint: Endpoint): ForwardDecision {
  if (endpoint === decision.endpoint) return decision;
  const { isSession: _, hostname, ...rest } = decision;
  const own = hostname === ownHost(decision.endpoint) ? ownHost(endpoint) : hostname;
  return { ...rest, endpoint, ...(own !== undefined && { hostname: own }) };
}

/** A server known by its name expects to be called by it. */
function ownHost(endpoint: Endpoint): string | undefined {
  return endpoint.addressType === 'FQDN' ? endpoint.address : undefined;
}
