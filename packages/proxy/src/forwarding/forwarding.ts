import type { Connection } from '../connection/connection.ts';
import type { HeaderFields } from '../message/message.ts';
import { isClaim } from './claims.ts';
import { formatForwarded } from './forwarded-elements.ts';
import { appendVia } from './via.ts';

/** What the endpoint is told besides what the connection tells. */
export interface Forwarding {
  /** The value of `X-Forwarded-Host`; `''` for none. */
  readonly host: string;
  readonly requestId: string;
  /** W3C Trace Context. */
  readonly traceparent?: string;
  readonly tracestate?: string;
}

/**
 * Says to the endpoint on whose behalf the request is sent: `X-Forwarded-For`, `-Proto`, `-Host`, `-Port`, `Forwarded` (RFC
 * 7239), `Via` (RFC 9110 section 7.6.3), `X-Request-Id`, and `traceparent` and `tracestate` (W3C Trace Context). Whatever
 * else the request says of that is removed: what a trusted proxy says is in the connection, and nobody else is believed.
 * Only of Via the sender's own is kept.
 */
export function setForwarding(
  headers: HeaderFields,
  connection: Connection,
  { host, requestId, traceparent, tracestate }: Forwarding,
): void {
  for (const name of Array.from(headers.keys())) {
    if (isClaim(name)) headers.delete(name);
  }
  const { clientAddress, forwarded } = connection;
  const hops = forwarded?.hops ?? (clientAddress === undefined ? [] : [clientAddress]);
  if (hops.length > 0) headers.set('x-forwarded-for', hops.join(', '));
  headers.set('x-forwarded-proto', connection.scheme);
  if (host !== '') headers.set('x-forwarded-host', host);
  headers.set('x-forwarded-port', String(forwarded?.port ?? connection.port));
  headers.set('forwarded', forwardedField(hops, connection));
  appendVia(headers, connection.httpVersion);
  headers.set('x-request-id', requestId);
  if (traceparent === undefined) return;
  headers.set('traceparent', traceparent);
  if (tracestate !== undefined) headers.set('tracestate', tracestate);
}

/**
 * One element for each hop. The first says what the client asked for, the last what our peer asked us for; where they are the
 * same element, the first.
 */
function forwardedField(hops: readonly string[], { scheme, host, forwarded }: Connection): string {
  const first = { host: forwarded?.host ?? host, proto: scheme };
  const last = { host, proto: forwarded?.scheme ?? scheme };
  if (hops.length < 2) return formatForwarded({ for: node(hops[0]), ...first });
  return hops
    .map((hop, index) =>
      formatForwarded({
        for: node(hop),
        ...(index === 0 ? first : index === hops.length - 1 && last),
      }),
    )
    .join(', ');
}

/** Source: RFC 7239 section 6. */
function node(address: string = 'unknown'): string {
  return address.includes(':') ? `[${address}]` : address;
}
