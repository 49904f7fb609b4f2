import { createHash, timingSafeEqual } from 'node:crypto';

import { SNAPSHOT_FORMAT, type Snapshot } from '@portolan/engine';
import type { Metrics } from '@portolan/telemetry';

export interface AdminOptions {
  readonly snapshot: () => Snapshot;
  /** Why requests had better not be sent here now; `undefined`: they may. */
  readonly unready: () => string | undefined;
  readonly metrics: Pick<Metrics, 'contentType' | 'text'>;
  /** Without it metrics and snapshot don't exist. */
  readonly token?: string;
  /** The resource API: it has tokens of its own. */
  readonly api: (request: Request) => Promise<Response>;
  /** What stands before `/api` in its paths. */
  readonly apiPrefix: string;
}

/** A b64token in the scheme Bearer, whose name is case-insensitive: RFC 6750 section 2.1, RFC 9110 section 11.1. */
const BEARER = /^bearer +([a-z0-9\-._~+/]+=*)$/i;

/**
 * What operators are answered: `/healthz`, `/readyz`, `/metrics`, `/snapshot`, and the resource API below its prefix. The first
 * four are below `/.portolan`, too, as the edge worker has them.
 */
export function adminHandler(options: AdminOptions): (request: Request) => Promise<Response> {
  const { apiPrefix, api, snapshot, unready, metrics } = options;
  const answer = (name: string, request: Request): Response => {
    if (name === '/healthz') return text('ok');
    if (name === '/readyz') {
      const reason = unready();
      return reason === undefined ? text('ok') : text(reason, 503);
    }
    const isGuarded = name === '/metrics' || name === '/snapshot';
    if (!isGuarded || options.token === undefined) return text('404 Not Found', 404);
    if (!isAuthorized(request, options.token)) {
      return text('401 Unauthorized', 401, { 'www-authenticate': 'Bearer realm="portolan"' });
    }
    return name === '/metrics'
      ? text(metrics.text(), 200, { 'content-type': metrics.contentType })
      : text(JSON.stringify({ format: SNAPSHOT_FORMAT, version: snapshot().version }), 200, {
          'content-type': 'application/json',
        });
  };
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === apiPrefix || pathname.startsWith(`${apiPrefix}/`)) return api(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return text('405 Method Not Allowed', 405, { allow: 'GET, HEAD' });
    }
    return answer(pathname.replace(/^\/\.portolan(?=\/)/, ''), request);
  };
}

function text(
  body: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    },
  });
}

/** Compares digests, so that the time it takes tells nothing of the token. */
function isAuthorized({ headers }: Request, token: string): boolean {
  const [, given] = BEARER.exec(headers.get('authorization') ?? '') ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
