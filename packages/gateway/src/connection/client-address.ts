import { formatIP, parseIP, unmapIP } from '@portolan/core';
import type { RequestMessage } from '@portolan/proxy';

/** How an IPv4 address is written, and nothing else. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/**
 * The address at the other end of the connection as the platform that called `fetch` tells it, from the arguments that follow
 * the request:
 *
 * - a host of ours passes a `HostRequest`, with `remoteAddress`,
 * - Deno.serve passes `{ remoteAddr }`,
 * - Bun.serve passes the server, which answers `requestIP(request)`,
 * - @hono/node-server passes `{ incoming }`, Node's own request,
 * - on Workers the platform sets `CF-Connecting-IP` itself, whatever the client sent: who called Cloudflare.
 *
 * No header is trusted anywhere else. `undefined` where the platform doesn't tell an IP address.
 */
export function clientAddress(
  request: Pick<RequestMessage, 'headers'>,
  platform: unknown,
): string | undefined {
  const told = toldBy(platform, request);
  if (told === undefined || IPV4.test(told)) return told;
  const ip = parseIP(told.replace(/%.*$/, ''));
  // A dual-stack socket tells an IPv4 client's address as ::ffff:192.0.2.1.
  return ip && formatIP(unmapIP(ip));
}

function toldBy(platform: unknown, request: Pick<RequestMessage, 'headers'>): string | undefined {
  if (isObject(platform)) {
    if (typeof platform['remoteAddress'] === 'string') return platform['remoteAddress'];
    if (isObject(platform['remoteAddr'])) return text(platform['remoteAddr']['hostname']);
    if (typeof platform['requestIP'] === 'function') {
      const address: unknown = platform['requestIP'](request);
      return isObject(address) ? text(address['address']) : undefined;
    }
    if (isObject(platform['incoming']) && isObject(platform['incoming']['socket'])) {
      return text(platform['incoming']['socket']['remoteAddress']);
    }
  }
  return IS_ON_WORKERS ? (request.headers.get('cf-connecting-ip') ?? undefined) : undefined;
}

/** Whether the platform is Cloudflare Workers, or a local one of the kind. */
export const IS_ON_WORKERS: boolean =
  typeof navigator !== 'undefined' && navigator.userAgent === 'Cloudflare-Workers';

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
