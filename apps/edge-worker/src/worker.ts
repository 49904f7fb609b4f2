import { dnsOverHTTPS } from '@portolan/dns-server/https';
import { createEndpointStates } from '@portolan/proxy';
import { accessLog, createMetrics, endpointGauges } from '@portolan/telemetry';
import { WorkerEntrypoint } from 'cloudflare:workers';
import { affinityCookies, createGateway, type GatewayOptions } from 'portolan';

import snapshot from '#snapshot';

import { createApp } from './app.ts';
import { configure, type Configuration } from './configuration.ts';
import { liveSnapshot } from './live/live-snapshot.ts';

type Environment = Readonly<Record<string, unknown>>;

/** Wires the entrances up once for an isolate: its environment never changes. */
function once<Wired>(
  wire: (environment: Environment) => Wired,
): (environment: Environment) => Wired {
  let wired: Wired | undefined;
  return (environment) => (wired ??= wire(environment));
}

const entrances = once((environment) => {
  const { reservedPath, adminToken, trust, live, assets, ...configuration } = configure(
    environment,
    snapshot,
  );
  const current = liveSnapshot({
    ...live,
    bundled: snapshot,
    onSnapshot: (next) => {
      const cookies = affinityCookies(next, configuration.settings);
      if (cookies.size > 0 && configuration.sessionSecret === undefined) {
        warn('SESSION_SECRET is missing: affinity cookies hold within an isolate only');
      }
      external.swap(next);
      internal.swap(next);
    },
    warn,
  });
  // An endpoint that fails does so for both entrances.
  const states = createEndpointStates({ random: Math.random });
  const metrics = createMetrics({
    snapshot: current.status,
    endpoints: () => endpointGauges(current.snapshot(), states),
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
  const dns = dnsOverHTTPS({ snapshot: current.snapshot, random: Math.random });
  const app = createApp(external, {
    reservedPath,
    status: current.status,
    staleAfter: live.staleAfter,
    controlPlane: live.controlPlane,
    ...(adminToken !== undefined && {
      admin: {
        token: adminToken,
        metrics,
        dns,
        ...(assets && { map: { assets, snapshot: current.snapshot } }),
      },
    }),
  });
  return { app, internal, dns, current };
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

function warn(message: string): void {
  // oxlint-disable-next-line no-console -- a Worker has no other log
  console.warn(message);
}

/** The internal entrance: cluster IPs and Services' DNS names, for Workers that bind to it. */
export class Internal extends WorkerEntrypoint<Environment> {
  override async fetch(request: Request): Promise<Response> {
    const { internal, current } = entrances(this.env);
    await current.touch((promise) => this.ctx.waitUntil(promise));
    return internal.fetch(request);
  }
}

/**
 * Cluster DNS over HTTPS (RFC 8484), for Workers that bind to it: an entrypoint of its own, since every host and path of the
 * internal entrance belongs to the Services.
 */
export class DNS extends WorkerEntrypoint<Environment> {
  override async fetch(request: Request): Promise<Response> {
    const { dns, current } = entrances(this.env);
    await current.touch((promise) => this.ctx.waitUntil(promise));
    return dns(request);
  }
}

/** The external entrance: Ingress, node ports and load balancer addresses. */
export default {
  fetch: (
    request: Request,
    environment: Environment,
    context: Pick<ExecutionContext, 'waitUntil'>,
  ): Promise<Response> | Response => {
    const { app, current } = entrances(environment);
    const first = current.touch((promise) => context.waitUntil(promise));
    return first ? first.then(() => app.fetch(request)) : app.fetch(request);
  },
};
