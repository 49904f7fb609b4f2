import { formatIP, parseIP, unmapIP } from '@portolan/core';

/**
 * The client's address as the platform that called `fetch` tells it, from the arguments that follow the request:
 *
 * - Deno.serve passes `{ remoteAddr }`,
 * - Bun.serve passes the server, which answers `requestIP(request)`,
 * - @hono/node-server passes `{ incoming }`, Node's own request,
 * - on Workers the platform sets `CF-Connecting-IP` itself, whatever the client sent.
 *
 * No header is trusted anywhere else. `undefined` where the platform doesn't tell an IP address.
 */
export function clientAddress(request: Request, platform: unknown): string | undefined {
  const ip = parseIP(toldBy(platform, request)?.replace(/%.*$/, '') ?? '');
  // A dual-stack socket tells an IPv4 client's address as ::ffff:192.0.2.1.
  return ip && formatIP(unmapIP(ip));
}

function toldBy(platform: unknown, request: Request): string | undefined {
  if (isObject(platform)) {
    if (isObject(platform['remoteAddr'])) return text(platform['remoteAddr']['hostname']);
    if (typeof platform['requestIP'] === 'function') {
      const address: unknown = platform['requestIP'](request);
      return isObject(address) ? text(address['address']) : undefined;
    }
    if (isObject(platform['incoming']) && isObject(platform['incoming']['socket'])) {
      return text(platform['incoming']['socket']['remoteAddress']);
    }
  }
  if (typeof navigator !== 'undefined' && navigator.userAgent === 'Cloudflare-Workers') {
    return request.headers.get('cf-connecting-ip') ?? undefined;
  }
  return undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
