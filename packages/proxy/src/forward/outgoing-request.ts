import type { ForwardDecision } from '@portolan/engine';

import type { Connection } from '../connection/connection.ts';
import type { Reachable } from '../dialer/dialer.ts';
import { setForwarding } from '../forwarding/forwarding.ts';
import { modifyHeaders } from '../header-modifier/header-modifier.ts';
import { dropHopByHop } from '../hop-by-hop/hop-by-hop.ts';

/**
 * Where the request goes: the path of the Decision, and the query as received.
 *
 * @returns `undefined` where a URL can't carry the path as it is, such as one with dot segments.
 */
export function outgoingURL(base: string, { path, query }: ForwardDecision): URL | undefined {
  const url = new URL(base);
  url.pathname = path;
  url.search = query;
  return url.pathname === path ? url : undefined;
}

/**
 * The header fields that the endpoint gets to see.
 *
 * Host is the one that the Decision sets, otherwise the client's. Where the endpoint can't be shown it,
 * `X-Forwarded-Host` carries it; else that has the client's.
 */
export function outgoingHeaders(
  received: Headers,
  decision: ForwardDecision,
  connection: Connection,
  { keepsHost, base }: Reachable,
  requestId: string,
): Headers {
  const headers = new Headers(received);
  dropHopByHop(headers);
  headers.delete('host');
  const host = decision.hostname ?? connection.host;
  const shown = keepsHost || new URL(base).hostname === host;
  if (keepsHost && host !== '') headers.set('host', host);
  setForwarding(headers, connection, shown ? connection.host : host, requestId);
  modifyHeaders(headers, decision.filters, 'RequestHeaderModifier');
  return headers;
}
