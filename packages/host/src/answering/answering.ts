import type { Snapshot } from '@portolan/engine';
import {
  createEndpointStates,
  startHealthChecks,
  type EndpointStateStore,
  type HealthChecks,
} from '@portolan/proxy';
import { accessLog, createMetrics, endpointGauges, type Metrics } from '@portolan/telemetry';

import { createGateways, type Gateways } from '../gateways/gateways.ts';
import type { HostOptions, Overrides } from '../host/host.ts';
import type { Whereabouts } from '../this-node/this-node.ts';

/** What requests are answered with, and what is known of endpoints. */
export interface Answering {
  readonly gateways: Gateways;
  readonly states: EndpointStateStore;
  readonly metrics: Metrics;
  /** Begins to ask endpoints how they are. */
  readonly startChecks: () => HealthChecks;
}

export interface AnsweringOptions extends Pick<
  HostOptions,
  'accessLog' | 'runtime' | 'sessionSecret' | 'settings' | 'trust'
> {
  readonly snapshot: () => Snapshot;
  readonly whereabouts: Whereabouts;
  readonly overrides: () => Overrides;
}

/** @throws {RangeError} where `trust` can't be read. */
export function createAnswering(options: AnsweringOptions): Answering {
  const { snapshot, settings, trust } = options;
  const states = createEndpointStates({ random: Math.random });
  const dialers = options.runtime.dialers(options.overrides);
  const metrics = createMetrics({
    snapshot: () => ({ version: snapshot().version }),
    endpoints: () => endpointGauges(snapshot(), states),
  });
  const log = options.accessLog && accessLog(options.accessLog);
  const gateways = createGateways(snapshot(), options.whereabouts, {
    dialers,
    states,
    settings,
    trust,
    sessionSecret: options.sessionSecret ?? crypto.randomUUID(),
    observe: (exchange) => {
      metrics.observe(exchange);
      log?.(exchange);
    },
  });
  const startChecks = (): HealthChecks =>
    startHealthChecks({ snapshot, settings, dialers, states });
  return { gateways, states, metrics, startChecks };
}
