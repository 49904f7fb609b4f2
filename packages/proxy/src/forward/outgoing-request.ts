import type { ForwardDecision } from '@portolan/engine';

import type { Connection } from '../connection/connection.ts';
import type { Reachable, Unreachable } from '../dialer/dialer.ts';
import { fetchBase } from '../dialer/fetch-base.ts';
import { setForwarding } from '../forwarding/forwarding.ts';
import { modifyHeaders } from '../header-modifier/header-modifier.ts';
import { dropHopByHop } from '../hop-by-hop/hop-by-hop.ts';
import { TARGETS, type Target } from '../target/target.ts';
import { isWebSocketUpgrade } from '../websocket/websocket.ts';

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
  request: Pick<Request, 'headers' | 'method'>,
  decision: ForwardDecision,
  connection: Connection,
  { keepsHost, base }: Pick<Reachable, 'base' | 'keepsHost'>,
  requestId: string,
): Headers {
  const headers = new Headers(request.headers);
  dropHopByHop(headers);
  headers.delete('host');
  const host = decision.hostname ?? connection.host;
  const shown = keepsHost || new URL(base).hostname === host;
  if (keepsHost && host !== '') headers.set('host', host);
  setForwarding(headers, connection, shown ? connection.host : host, requestId);
  modifyHeaders(headers, decision.filters, 'RequestHeaderModifier');
  if (isWebSocketUpgrade(request)) headers.set('upgrade', 'websocket');
  return headers;
}

/**
 * The header fields that an endpoint would get to see if plain `fetch` called it on the given target, Host among them: for
 * those who only want to know. What `fetch` adds on its own account (Accept-Encoding, User-Agent and the like) is not among
 * them.
 *
 * @returns why no `fetch` can address the endpoint, where that is so
 */
export function endpointHeaders(
  request: Pick<Request, 'headers' | 'method'>,
  decision: ForwardDecision,
  connection: Connection,
  target: Target,
  requestId: string,
): Headers | Unreachable {
  const { endpoint, service } = decision;
  const found = fetchBase({ endpoint, service });
  if ('unreachable' in found) return found;
  const { base } = found;
  const { keepsHost } = TARGETS[target];
  const headers = outgoingHeaders(request, decision, connection, { keepsHost, base }, requestId);
  if (!keepsHost || !headers.has('host')) headers.set('host', new URL(base).host);
  return headers;
}
