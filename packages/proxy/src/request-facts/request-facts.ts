import type { Entrance } from '@portolan/core';
import type { RequestFacts } from '@portolan/engine';

import { urlParts, type RequestMessage } from '../message/message.ts';

/** What is known of where a request came in, apart from the request itself. */
export interface Arrival {
  readonly entrance: Entrance;
  readonly clientAddress?: string;
  /** The node and zone that we run in, where that means something. */
  readonly node?: string;
  readonly zone?: string;
}

/**
 * Reads off a fetch Request, or what would become one, what deciding needs. Host and port are those of its URL, where every
 * runtime puts them; the URL is read as the URL standard has it, so that dot segments and backslashes are resolved.
 *
 * @throws TypeError where the URL is none.
 */
export function requestFacts(
  request: Pick<RequestMessage, 'headers' | 'method' | 'parts' | 'url'>,
  arrival: Arrival,
): RequestFacts {
  const url = urlParts(request);
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  return {
    method: request.method,
    scheme,
    host: url.host,
    port: url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port),
    path: url.pathname,
    query: url.search.slice(1),
    headers: request.headers,
    ...arrival,
  };
}
