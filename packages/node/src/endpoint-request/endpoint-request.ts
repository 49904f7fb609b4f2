import http, { type ClientRequest } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

import { toRawFields } from '../field-lines/field-lines.ts';
import type { NameOptions } from '../guarded-lookup/guarded-lookup.ts';

/** How endpoints are connected to. */
export interface EndpointOptions extends NameOptions {
  /** Milliseconds that connecting may take, name resolution and TLS included; 10 000 by default. */
  readonly connectTimeout?: number;
  /** For endpoints that speak TLS: `ca`, `cert`, `key`, `servername`, `rejectUnauthorized` and the like. */
  readonly tls?: ConnectionOptions;
}

export const CONNECT_TIMEOUT = 10_000;

export interface EndpointRequestOptions {
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
  request: Request,
  { agent, lookup, fields = [], tls, allowHalfOpen = false }: EndpointRequestOptions,
): ClientRequest {
  const url = new URL(request.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'https:';
  const headers = [...toRawFields(request.headers), ...fields];
  if (!request.headers.has('host')) headers.push('host', url.host);
  if (!request.headers.has('content-length')) {
    if (request.body !== null) headers.push('transfer-encoding', 'chunked');
    else if (EXPECTED_WITH_CONTENT.has(request.method)) headers.push('content-length', '0');
  }
  const options = {
    agent,
    lookup,
    allowHalfOpen,
    hostname: host,
    port: url.port || (secure ? 443 : 80),
    method: request.method,
    // As it was written: `search` does not tell `/p?` from `/p`.
    path: url.href.slice(url.origin.length),
    headers,
    setDefaultHeaders: false,
  };
  const sent = secure
    ? https.request({ servername: isIP(host) === 0 ? host : '', ...tls, ...options })
    : http.request(options);
  // Otherwise fields beyond 2000 would be dropped.
  sent.maxHeadersCount = 0;
  return sent;
}
