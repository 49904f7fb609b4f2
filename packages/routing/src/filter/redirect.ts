import { authority } from '@portolan/core';

import type { Filter } from '../route/route.ts';
import { modifyPath } from './path-modifier.ts';

export type RequestRedirect = Extract<Filter, { readonly type: 'RequestRedirect' }>;

/** What a redirect keeps of the request where the filter doesn't say otherwise. */
export interface RedirectedRequest {
  readonly scheme: 'http' | 'https';
  /** As `normalizeHost` gives it; empty where the client sent none. */
  readonly host: string;
  /** The port that the client knocked at: the listener's. */
  readonly port: number;
  /** Normalised. */
  readonly path: string;
  /** Without the leading `?`. */
  readonly query: string;
  /** Of the match. */
  readonly matchedPrefix?: string;
}

const WELL_KNOWN_PORT = { http: 80, https: 443 } as const;

/**
 * The status and the `Location` of a redirect. The query is kept. A filter that names a scheme and no port means the
 * scheme's well-known port; one that names neither keeps the listener's port. The well-known port of the resulting
 * scheme is left out. Without any host the location is the path alone.
 *
 * Source: Gateway API v1, HTTPRequestRedirectFilter.
 */
export function redirect(
  filter: RequestRedirect,
  request: RedirectedRequest,
): { readonly status: 301 | 302 | 303 | 307 | 308; readonly location: string } {
  const path = filter.path
    ? modifyPath(filter.path, request.path, request.matchedPrefix)
    : request.path;
  const target = request.query === '' ? path : `${path}?${request.query}`;
  return {
    status: filter.statusCode ?? 302,
    location: `${origin(filter, request)}${target}`,
  };
}

function origin(filter: RequestRedirect, request: RedirectedRequest): string {
  const host = filter.hostname ?? request.host;
  if (host === '') return '';
  const scheme = filter.scheme ?? request.scheme;
  const port = filter.port ?? (filter.scheme ? WELL_KNOWN_PORT[filter.scheme] : request.port);
  return `${scheme}://${authority(host, port === WELL_KNOWN_PORT[scheme] ? undefined : port)}`;
}
