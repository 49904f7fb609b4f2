import { WorkerEntrypoint } from 'cloudflare:workers';
import { createGateway, type Gateway, type Report } from 'portolan';

import snapshot from '#snapshot';

import { createApp } from './app.ts';
import { configure } from './configuration.ts';

type Environment = Readonly<Record<string, unknown>>;

/** Wires the entrances up once for an isolate: its environment never changes. */
function once<Wired>(
  wire: (environment: Environment) => Wired,
): (environment: Environment) => Wired {
  let wired: Wired | undefined;
  return (environment) => (wired ??= wire(environment));
}

/** Tells the operator: what a Worker writes to its console is its log. */
function report(told: Report): void {
  // oxlint-disable-next-line no-console -- a Worker has no other log
  console.error(JSON.stringify(told));
}

const external = once((environment) => {
  const { reservedPath, ...options } = configure(environment);
  return createApp(
    createGateway(snapshot, { ...options, report, entrance: 'external' }),
    reservedPath,
  );
});

const internal = once((environment): Gateway => {
  const { dialers, timeToFirstByte } = configure(environment);
  return createGateway(snapshot, {
    dialers,
    timeToFirstByte,
    report,
    entrance: 'internal',
    // What another Worker hands on is its own word: only the platform tells a client's address.
    clientAddress: () => undefined,
  });
});

/** The internal entrance: cluster IPs and Services' DNS names, for Workers that bind to it. */
export class Internal extends WorkerEntrypoint<Environment> {
  override fetch(request: Request): Promise<Response> {
    return internal(this.env).fetch(request);
  }
}

/** The external entrance: Ingress, node ports and load balancer addresses. */
export default {
  fetch: (request: Request, environment: Environment): Promise<Response> | Response =>
    external(environment).fetch(request, environment),
};
