import {
  authority,
  eligibleEndpoints,
  excludedEndpoints,
  rendezvous,
  type Endpoint,
  type ObjectKey,
  type TrafficClient,
} from '@portolan/core';

import type {
  DecidedRoute,
  DecisionTrace,
  ForwardDecision,
  RequestFacts,
  RespondDecision,
} from '../decision/decision.ts';
import { findPort } from '../snapshot/find-port.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** What every step of deciding is given. */
export interface Deciding {
  readonly snapshot: Snapshot;
  readonly facts: RequestFacts;
  readonly random: () => number;
  readonly trace: boolean;
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
  { snapshot, facts, random }: Deciding,
  destination: Destination,
  considered: Omit<DecisionTrace, 'excluded'> | undefined,
): ForwardDecision | RespondDecision {
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

  const service = snapshot.services[destination.service];
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
  const endpoints = eligibleEndpoints(port.endpoints, reach);
  const traced = considered && {
    trace: { ...considered, excluded: excludedEndpoints(port.endpoints, reach) },
  };
  const affinity = service.sessionAffinity === 'ClientIP' ? facts.clientAddress : undefined;
  const endpoint =
    affinity === undefined
      ? endpoints[Math.floor(random() * endpoints.length)]
      : rendezvous(endpoints, ({ address, port: at }) => authority(address, at), affinity);
  if (endpoint === undefined) {
    return {
      ...refuse('NoReadyEndpoints', `nobody is ready to answer for Service ${destination.service}`),
      ...traced,
    };
  }
  const hostname = destination.hostname ?? ownHost(endpoint);
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
    endpoint,
    endpoints,
    path,
    query: facts.query,
    ...(hostname !== undefined && { hostname }),
    filters,
    ...traced,
  };
}

/** A server known by its name expects to be called by it. */
function ownHost(endpoint: Endpoint): string | undefined {
  return endpoint.addressType === 'FQDN' ? endpoint.address : undefined;
}
