import {
  excludedEndpoints,
  type Endpoint,
  type ObjectKey,
  type Protocol,
  type TrafficClient,
} from '@portolan/core';

import type {
  DecidedRoute,
  DecidedService,
  DecisionTrace,
  RefusalReason,
} from '../decision/decision.ts';
import { findPort } from '../snapshot/find-port.ts';
import { findService } from '../snapshot/services.ts';
import { eligible } from './eligible.ts';
import type { Deciding } from './forward-to-service.ts';
import { pickEndpoint, servicePort, type Picked, type PickFacts } from './pick-endpoint.ts';
import { resolveSettings } from './resolve-settings.ts';

/** A Service's port that somebody wants to reach. */
export interface Wanted {
  readonly service: ObjectKey;
  /** By number or by name. */
  readonly port: number | string | undefined;
  /** What the port has to carry. */
  readonly protocol: Protocol;
  readonly client: TrafficClient;
  /** The rule that leads there; absent where a Service's own frontend was knocked at. */
  readonly route?: DecidedRoute;
}

/** The endpoint that answers, and whoever else might. */
export interface Chosen extends Picked {
  readonly service: DecidedService;
  readonly endpoints: readonly Endpoint[];
  readonly excluded: DecisionTrace['excluded'];
}

/** Why nobody answers. */
export interface Refused {
  readonly reason: RefusalReason;
  readonly message: string;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number;
  readonly excluded: DecisionTrace['excluded'];
}

/** Chooses the endpoint that answers for a Service's port. With `trace`, those that may not are named. */
export function chooseEndpoint(
  deciding: Deciding<PickFacts>,
  { service: key, port: wanted, protocol, client, route }: Wanted,
): Chosen | Refused {
  const { snapshot, trace } = deciding;
  const refuse = (reason: RefusalReason, message: string): Refused => ({
    reason,
    message,
    excluded: [],
  });
  const service = findService(snapshot, key);
  if (service === undefined) return refuse('BackendNotFound', `Service ${key} does not exist`);
  if (service.refusal !== undefined) {
    return refuse(service.refusal.refused, service.refusal.message);
  }
  const port = findPort(service, wanted);
  if (port === undefined) {
    return refuse('PortNotFound', `Service ${key} has no port ${String(wanted)}`);
  }
  if (port.protocol !== protocol) {
    const message = `port ${port.port} of Service ${key} carries ${port.protocol}`;
    return refuse('UnsupportedProtocol', message);
  }

  const reach = { families: service.ipFamilies, ...client };
  const endpoints = eligible(port.endpoints, reach);
  const excluded = trace ? excludedEndpoints(port.endpoints, reach) : [];
  if (endpoints.length === 0) {
    const message = `nobody is ready to answer for Service ${key}`;
    return { ...refuse('NoReadyEndpoints', message), excluded };
  }
  const { namespace, name } = service;
  const picked = pickEndpoint(deciding, {
    port: servicePort({ namespace, name, port: port.port }),
    endpoints,
    settings: resolveSettings(deciding, key, service, route),
    keepsClients: service.sessionAffinity === 'ClientIP',
  });
  if (picked === undefined) {
    const message = `everybody who answers for Service ${key} has as many requests as they may`;
    return { ...refuse('Overloaded', message), retryAfter: RETRY_AFTER, excluded };
  }
  const { name: portName, appProtocol } = port;
  return {
    ...picked,
    service: {
      namespace,
      name,
      port: port.port,
      portName,
      ...(appProtocol !== undefined && { appProtocol }),
    },
    endpoints,
    excluded,
  };
}

/** Seconds after which it is worth trying again: requests under way end at any time. */
const RETRY_AFTER = 1;
