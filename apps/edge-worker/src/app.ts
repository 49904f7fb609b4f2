import { SNAPSHOT_FORMAT } from '@portolan/engine';
import type { Metrics } from '@portolan/telemetry';
import { bearerAuth } from 'hono/bearer-auth';
import { HonoBase } from 'hono/hono-base';
import { TrieRouter } from 'hono/router/trie-router';
import { getPath } from 'hono/utils/url';

import type { SnapshotStatus } from './live/live-snapshot.ts';
import { snapshotHeader } from './live/snapshot-header.ts';
import { addMap, withoutPassword, type OperatorMap } from './map.ts';

/** What operators may see, and by which token they are known. */
interface Admin {
  /** A b64token: RFC 6750 section 2.1. */
  readonly token: string;
  readonly metrics: Pick<Metrics, 'contentType' | 'text'>;
  /** Cluster DNS over HTTPS. */
  readonly dns: (request: Request) => Promise<Response>;
  /** Without it there is no map. */
  readonly map?: OperatorMap;
}

/** What the Worker answers for itself. */
export interface Operations {
  /** Without a trailing slash; empty: nothing is reserved. */
  readonly reservedPath: string;
  readonly status: () => SnapshotStatus;
  /** Seconds since the last check after which `readyz` says that the Snapshot is stale. */
  readonly staleAfter: number;
  /** Without it there is no admin side: its paths do not exist. */
  readonly admin?: Admin;
  /** What the resource API is asked by; it has tokens of its own. Without it `/kube/` does not exist. */
  readonly controlPlane?: Pick<Fetcher, 'fetch'>;
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number;
}

/** The external entrance: what the Worker answers for itself under the reserved path, and the gateway for everything else. */
export function createApp(
  gateway: { readonly fetch: (request: Request) => Promise<Response> },
  operations: Operations,
): { readonly fetch: (request: Request) => Promise<Response> | Response } {
  const { reservedPath, admin } = operations;
  const own = routed().route(reservedPath, answersOf(operations));
  const isReserved = (path: string): boolean =>
    reservedPath !== '' && (path === reservedPath || path.startsWith(`${reservedPath}/`));
  return {
    fetch: async (request) => {
      if (isReserved(getPath(request))) return own.fetch(request);
      try {
        const passed = admin?.map ? await withoutPassword(admin.token, request) : request;
        return await gateway.fetch(passed);
      } catch (error) {
        // oxlint-disable-next-line no-console -- a Worker has no other log
        console.error(error);
        return new Response('Internal Server Error', { status: 500 });
      }
    },
  };
}

/** With one router: several for every kind of path take bytes that a Worker has better use for. */
function routed(): HonoBase {
  return new HonoBase({ router: new TrieRouter() });
}

function answersOf({
  status,
  staleAfter,
  admin,
  controlPlane,
  now = Date.now,
}: Operations): HonoBase {
  const app = routed();
  app.use(async (context, next) => {
    await next();
    context.header('Cache-Control', 'no-store');
  });
  app.get('/healthz', (context) => context.text('ok'));
  app.get('/readyz', (context) => {
    const { checkedAt = Infinity } = status();
    const age = Math.floor((now() - checkedAt) / 1000);
    // What was good last serves on: no reason to take the Worker out of service.
    return context.text(age > staleAfter ? `stale: no source answered for ${age} s` : 'ok');
  });
  if (admin !== undefined) {
    const { token, metrics, dns, map } = admin;
    const authorized = bearerAuth({ token, realm: 'portolan' });
    app.use('/:name{snapshot|metrics|dns-query}', authorized, async (context, next) => {
      context.header('Portolan-Snapshot', snapshotHeader(status(), now()));
      await next();
    });
    app.get('/snapshot', (context) => context.json({ format: SNAPSHOT_FORMAT, ...status() }));
    app.get('/metrics', (context) =>
      context.body(metrics.text(), 200, { 'Content-Type': metrics.contentType }),
    );
    app.all('/dns-query', (context) => dns(context.req.raw));
    if (map !== undefined) addMap(app, token, map);
  }
  if (controlPlane !== undefined) {
    app.all('/kube/*', (context) => controlPlane.fetch(context.req.raw));
  }
  app.all('*', (context) => context.notFound());
  return app;
}
