import type { EndpointStates } from '@portolan/balancing';
import {
  excludedEndpoints,
  type Endpoint,
  type ObjectKey,
  type TrafficClient,
} from '@portolan/core';
import type { TrafficSettings } from '@portolan/settings';

import type {
  DecidedRoute,
  DecisionTrace,
  ForwardDecision,
  RequestFacts,
  RespondDecision,
} from '../decision/decision.ts';
import { findPort } from '../snapshot/find-port.ts';
import { findService } from '../snapshot/services.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { eligible } from './eligible.ts';
import { pickEndpoint, servicePort } from './pick-endpoint.ts';
import { resolveSettings } from './resolve-settings.ts';

/** What every step of deciding is given. */
export interface Deciding {
  readonly snapshot: Snapshot;
  readonly facts: RequestFacts;
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
  const { snapshot, facts } = deciding;
  const { client, route, path, filters } = destination;
  const [namespace = '', name = ''] = destination.service.split('/');
  const refuse = (reason: string, message: string): RespondDecision => ({
    outcome: 'respond',
    status: 503,
    reason,
    message,
    ...(route && { route }),
    service: {
      namespace,
      name,
      ...(destination.port !== undefined && { port: destination.port }),
    },
    ...(considered && { trace: { ...considered, excluded: [] } }),
  });

  const service = findService(snapshot, destination.service);
  if (service === undefined) {
    return refuse('BackendNotFound', `Service ${destination.service} does not exist`);
  }
  if (service.refusal !== undefined)
    return refuse(service.refusal.refused, service.refusal.message);
  const port = findPort(service, destination.port);
  if (port === undefined) {
    return refuse(
      'PortNotFound',
      `Service ${destination.service} has no port ${String(destination.port)}`,
    );
  }
  if (port.protocol !== 'TCP') {
    return refuse(
      'UnsupportedProtocol',
      `port ${port.port} of Service ${destination.service} carries ${port.protocol}`,
    );
  }

  const reach = { families: service.ipFamilies, ...client };
  const endpoints = eligible(port.endpoints, reach);
  const traced = considered && {
    trace: { ...considered, excluded: excludedEndpoints(port.endpoints, reach) },
  };
  if (endpoints.length === 0) {
    return {
      ...refuse('NoReadyEndpoints', `nobody is ready to answer for Service ${destination.service}`),
      ...traced,
    };
  }
  const settings = resolveSettings(deciding, destination.service, service, route);
  const picked = pickEndpoint(deciding, {
    port: servicePort({ namespace, name, port: port.port }),
    endpoints,
    settings,
    keepsClients: service.sessionAffinity === 'ClientIP',
  });
  if (picked === undefined) {
    const message = `everybody who answers for Service ${destination.service} has as many requests as they may`;
    return { ...refuse('Overloaded', message), retryAfter: RETRY_AFTER, ...traced };
  }
  const hostname = destination.hostname ?? ownHost(picked.endpoint);
  return {
    outcome: 'forward',
    ...(route && { route }),
    service: {
      namespace,
      name,
      port: port.port,
      portName: port.name,
      ...(port.appProtocol !== undefined && { appProtocol: port.appProtocol }),
    },
    settings: picked.settings,
    ...(picked.hashKey !== undefined && { hashKey: picked.hashKey }),
    ...(picked.isSession && { isSession: true }),
    endpoint: picked.endpoint,
    endpoints,
    path,
    query: facts.query,
    ...(hostname !== undefined && { hostname }),
    filters,
    ...traced,
  };
}

/** Seconds after which it is worth trying again: requests under way end at any time. */
const RETRY_AFTER = 1;

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
