import type { ForwardDecision } from '@portolan/engine';

import type { Connection } from '../connection/connection.ts';
import type { Reachable, Unreachable } from '../dialer/dialer.ts';
import { fetchBase } from '../dialer/fetch-base.ts';
import { setForwarding, type Forwarding } from '../forwarding/forwarding.ts';
import { modifyHeaders } from '../header-modifier/header-modifier.ts';
import { dropHopByHop } from '../hop-by-hop/hop-by-hop.ts';
import { toldHosts } from '../host-policy/host-policy.ts';
import { copyFields, type HeaderFields, type RequestMessage } from '../message/message.ts';
import type { Failure } from '../own-response/failure.ts';
import { TARGETS, type Target } from '../target/target.ts';
import { isWebSocketUpgrade } from '../websocket/websocket.ts';

/** By what a request is known, here and at the endpoint. */
export type RequestIdentity = Omit<Forwarding, 'host'>;

/** Paths and queries that the URL standard leaves as they are. What has a dot at the beginning of a segment is not among them. */
const PLAIN_PATH = /^(?:\/(?![.]|%2e)[\w.~!$&'()*+,;=:@%-]*)+$/i;
const PLAIN_QUERY = /^[\w.~!$&()*+,;=:@%/?-]*$/;

/**
 * What the request asks for at the endpoint: the path of the Decision, and the query as received, also where it is but a `?`,
 * as a URL writes them.
 *
 * @returns `undefined` where a URL can't carry the path as it is, such as one with dot segments.
 */
export function outgoingTarget(
  { path, query }: Pick<ForwardDecision, 'path' | 'query'>,
  received: Pick<RequestMessage, 'url'>,
): string | undefined {
  const search = query !== '' || received.url.endsWith('?') ? `?${query}` : '';
  if (PLAIN_PATH.test(path) && PLAIN_QUERY.test(query)) return path + search;
  const url = new URL('http://endpoint.invalid');
  url.pathname = path;
  url.search = search;
  return url.pathname === path ? url.href.slice(url.origin.length) : undefined;
}

/**
 * The header fields that the endpoint gets to see: the request's own, without those of its connection; which Host, the
 * Decision's host policy says; on whose behalf it is sent, the connection.
 *
 * @returns a failure where the host policy can't be met
 */
export function outgoingHeaders(
  request: Pick<RequestMessage, 'headers' | 'method'>,
  decision: ForwardDecision,
  connection: Connection,
  by: Pick<Reachable, 'base' | 'keepsHost'>,
  identity: RequestIdentity,
): Failure | HeaderFields {
  const told = toldHosts(decision, connection, by);
  if ('reason' in told) return told;
  const headers = copyFields(request.headers);
  dropHopByHop(headers);
  headers.delete('host');
  if (told.host !== undefined) headers.set('host', told.host);
  setForwarding(headers, connection, { ...identity, host: told.forwardedHost });
  modifyHeaders(headers, decision.filters, 'RequestHeaderModifier');
  if (isWebSocketUpgrade(request)) headers.set('upgrade', 'websocket');
  return headers;
}

/**
 * The header fields that an endpoint would get to see if plain `fetch` called it on the given target, Host among them: for
 * those who only want to know. What `fetch` adds on its own account (Accept-Encoding, User-Agent and the like) is not among
 * them.
 *
 * @param traceparent Stands for the one that each request gets; absent: left out.
 * @returns why no `fetch` can address the endpoint, or not with the Host that it is to see, where that is so
 */
export function endpointHeaders(
  request: Pick<Request, 'headers' | 'method'>,
  decision: ForwardDecision,
  connection: Connection,
  target: Target,
  requestId: string,
  traceparent?: string,
): HeaderFields | Unreachable {
  const { endpoint, service } = decision;
  const found = fetchBase({ endpoint, service });
  if ('unreachable' in found) return found;
  const by = { base: found.base, keepsHost: TARGETS[target].keepsHost };
  const headers = outgoingHeaders(request, decision, connection, by, { requestId, traceparent });
  if ('reason' in headers) {
    return { unreachable: headers.reason, message: headers.message };
  }
  if (!by.keepsHost || !headers.has('host')) headers.set('host', new URL(by.base).host);
  return headers;
}
