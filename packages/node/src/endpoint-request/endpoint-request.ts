import http, { type ClientRequest } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

import type { RequestMessage } from '@portolan/proxy';

import { rawFields } from '../field-lines/field-lines.ts';
import type { NameOptions } from '../guarded-lookup/guarded-lookup.ts';

/** How endpoints are connected to. */
export interface EndpointOptions extends NameOptions {
  /** Milliseconds that connecting may take, name resolution and TLS included; 10 000 by default. */
  readonly connectTimeout?: number;
  /** For endpoints that speak TLS: `ca`, `cert`, `key`, `servername`, `rejectUnauthorized` and the like. */
  readonly tls?: ConnectionOptions;
}

export const CONNECT_TIMEOUT = 10_000;

/** Where requests to an endpoint are addressed to. */
export interface EndpointBase {
  /** Scheme and authority. */
  readonly base: string;
  readonly isSecure: boolean;
  /** As in a URL, without a port that is the scheme's own. */
  readonly host: string;
  /** IPv6 without brackets. */
  readonly hostname: string;
  readonly port: number;
}

export function endpointBase(base: string): EndpointBase {
  const { protocol, host, hostname, port } = new URL(base);
  const isSecure = protocol === 'https:';
  return {
    base,
    isSecure,
    host,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (isSecure ? 443 : 80),
  };
}

export interface EndpointRequestOptions {
  /** Where the URLs of requests lead that begin with it. */
  readonly at?: EndpointBase;
  /** Keeps connections for later requests; `false` for one that no other request may use. */
  readonly agent: http.Agent | false;
  readonly lookup: LookupFunction;
  /** Fields besides those of the request. */
  readonly fields?: readonly string[];
  readonly tls?: ConnectionOptions | undefined;
  /** The connection may stay open in one direction. */
  readonly allowHalfOpen?: boolean;
}

/** Methods of which it is to be said that there is no content: RFC 9110 section 8.6. */
const EXPECTED_WITH_CONTENT: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Begins a request at the endpoint that its URL names. The header fields are those of the request and nothing is added, but
 * for Host where there is none, and for what frames content. TLS is verified against the host of the URL, as with `fetch`.
 */
export function endpointRequest(
  request: RequestMessage,
  { at, agent, lookup, fields = [], tls, allowHalfOpen = false }: EndpointRequestOptions,
): ClientRequest {
  const { url } = request;
  const isThere = at !== undefined && url.startsWith(at.base) && url[at.base.length] === '/';
  const { base, host, hostname, port, isSecure } = isThere ? at : endpointBase(new URL(url).origin);
  const headers = [...rawFields(request.headers), ...fields];
  if (!request.headers.has('host')) headers.push('host', host);
  if (!request.headers.has('content-length')) {
    if (request.body !== null) headers.push('transfer-encoding', 'chunked');
    else if (EXPECTED_WITH_CONTENT.has(request.method)) headers.push('content-length', '0');
  }
  const options = {
    agent,
    lookup,
    allowHalfOpen,
    hostname,
    port,
    method: request.method,
    // As it was written: `search` does not tell `/p?` from `/p`.
    path: url.slice(base.length),
    headers,
    setDefaultHeaders: false,
  };
  const sent = isSecure
    ? https.request({ servername: isIP(hostname) === 0 ? hostname : '', ...tls, ...options })
    : http.request(options);
  // Otherwise fields beyond 2000 would be dropped.
  sent.maxHeadersCount = 0;
  return sent;
}
