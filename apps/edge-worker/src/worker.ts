import { createEndpointStates } from '@portolan/proxy';
import { accessLog, createMetrics, endpointGauges } from '@portolan/telemetry';
import { WorkerEntrypoint } from 'cloudflare:workers';
import { createGateway, type GatewayOptions } from 'portolan';

import snapshot from '#snapshot';

import { createApp } from './app.ts';
import { configure, type Configuration } from './configuration.ts';

type Environment = Readonly<Record<string, unknown>>;

/** Wires the entrances up once for an isolate: its environment never changes. */
function once<Wired>(
  wire: (environment: Environment) => Wired,
): (environment: Environment) => Wired {
  let wired: Wired | undefined;
  return (environment) => (wired ??= wire(environment));
}

const entrances = once((environment) => {
  const { reservedPath, adminToken, trust, ...configuration } = configure(environment, snapshot);
  // An endpoint that fails does so for both entrances.
  const states = createEndpointStates({ random: Math.random });
  const metrics = createMetrics({
    snapshotVersion: () => snapshot.version,
    endpoints: () => endpointGauges(snapshot, states),
  });
  const log = logOf(configuration);
  const observers = [...(log ? [log] : []), ...(adminToken === undefined ? [] : [metrics.observe])];
  const options: GatewayOptions = {
    ...configuration,
    states,
    ...(observers.length > 0 && {
      observe: (exchange) => {
        for (const observe of observers) observe(exchange);
      },
    }),
  };
  const external = createGateway(snapshot, { ...options, trust, entrance: 'external' });
  const internal = createGateway(snapshot, {
    ...options,
    entrance: 'internal',
    // What another Worker hands on is its own word: only the platform tells a client's address.
    clientAddress: () => undefined,
  });
  const admin = adminToken === undefined ? undefined : { token: adminToken, metrics };
  return { app: createApp(external, reservedPath, admin), internal };
});

/** What a Worker writes to its console is its log. */
function logOf({ accessLog: only }: Pick<Configuration, 'accessLog'>) {
  switch (only) {
    case 'off':
      return undefined;
    case 'failures':
      // oxlint-disable-next-line no-console -- a Worker has no other log
      return accessLog({ only, write: (line) => console.error(line) });
    case 'all':
      // oxlint-disable-next-line no-console -- a Worker has no other log
      return accessLog({ only, write: (line) => console.log(line) });
  }
}

/** The internal entrance: cluster IPs and Services' DNS names, for Workers that bind to it. */
export class Internal extends WorkerEntrypoint<Environment> {
  override fetch(request: Request): Promise<Response> {
    return entrances(this.env).internal.fetch(request);
  }
}

/** The external entrance: Ingress, node ports and load balancer addresses. */
export default {
  fetch: (request: Request, environment: Environment): Promise<Response> | Response =>
    entrances(environment).app.fetch(request, environment),
};
