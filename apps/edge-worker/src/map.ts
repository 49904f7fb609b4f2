import type { Snapshot } from '@portolan/engine';
import type { MiddlewareHandler } from 'hono';
import type { HonoBase } from 'hono/hono-base';
import { auth } from 'hono/utils/basic-auth';
import { timingSafeEqual } from 'hono/utils/buffer';

/** A page that draws the Snapshot that is served. */
export interface OperatorMap {
  /** Holds the page's files; nobody else asks it. */
  readonly assets: Pick<Fetcher, 'fetch'>;
  readonly snapshot: () => Snapshot;
}

/** The page and what belongs to it. The page works with what it is given here alone, and no other page may hold it. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Serves the map at `/map`, and below it what it loads, to whoever brings the token. */
export function addMap(app: HonoBase, token: string, { assets, snapshot }: OperatorMap): void {
  const authorized = tokenOrPassword(token);

  const file = async (name: string): Promise<Response> => {
    const asset = await assets.fetch(`http://assets/${name}`);
    const type = asset.headers.get('content-type') ?? '';
    return new Response(asset.body, {
      status: asset.status,
      headers: { ...HEADERS, 'Content-Type': type },
    });
  };

  app.get('/map', authorized, () => file('index.html'));
  app.get('/map/:file{map\\.js|map\\.css|engine\\.js}', authorized, (context) =>
    file(context.req.param('file')),
  );
  app.get('/map/snapshot', authorized, (context) => {
    const current = snapshot();
    const headers = { ...HEADERS, ETag: `"${current.version}"` };
    return isOneOf(headers.ETag, context.req.header('If-None-Match'))
      ? context.body(null, 304, headers)
      : context.json(current, 200, headers);
  });
}

/**
 * A request as a Pod may see it. A browser that has the password sends it, within its origin, to whoever asks for it by the
 * name of the same realm (RFC 9110 section 11.5), and Pods may: such a password is left out.
 */
export async function withoutPassword(token: string, request: Request): Promise<Request> {
  const password = auth(request)?.password;
  if (password === undefined || !(await timingSafeEqual(token, password))) return request;
  const bare = new Request(request);
  bare.headers.delete('Authorization');
  return bare;
}

/** Whether `If-None-Match` names the tag: a proxy that compresses makes it a weak one (RFC 9110 section 13.1.2). */
function isOneOf(tag: string, given = ''): boolean {
  return given.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}

/**
 * Takes the token as a bearer token, or as the password of any user: a browser that opens a page can bring nothing else
 * (RFC 7617).
 */
function tokenOrPassword(token: string): MiddlewareHandler {
  return async (context, next) => {
    const [, bearer] = /^Bearer +(\S+)$/i.exec(context.req.header('Authorization') ?? '') ?? [];
    const given = bearer ?? auth(context.req.raw)?.password;
    if (given !== undefined && (await timingSafeEqual(token, given))) return next();
    return context.text('Unauthorized', 401, { 'WWW-Authenticate': 'Basic realm="portolan"' });
  };
}
