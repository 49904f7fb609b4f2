import type { RequestFacts } from '@portolan/engine';
import { requestFacts } from '@portolan/proxy';

import type { DescribedRequest } from './described-request.ts';
import { parseRequest } from './parse-request.ts';

/** A request as whoever receives it sees it. */
export interface ReceivedRequest {
  readonly facts: RequestFacts;
  /** With Host among them. */
  readonly headers: Headers;
}

/**
 * What a runtime would tell of a request: as theirs, its URL has the authority that Host names, and methods that `fetch`
 * knows are in capitals (Fetch standard, "normalize a method").
 *
 * @throws {RequestFault} as `parseRequest` does
 */
export function receivedRequest(described: DescribedRequest): ReceivedRequest {
  const { url, from, entrance = 'external', node, zone, ...sent } = parseRequest(described);
  const headers = new Headers(Object.entries(sent.headers ?? {}));
  const host = headers.get('host') ?? new URL(url).host;
  headers.set('host', host);
  const named = urlAt(url, host);
  const facts = requestFacts(
    { method: normalizeMethod(sent.method ?? 'GET'), headers, url: named ?? url },
    {
      entrance,
      ...(from !== undefined && { clientAddress: from }),
      ...(node !== undefined && { node }),
      ...(zone !== undefined && { zone }),
    },
  );
  // A Host that no URL can have is for the engine to refuse.
  return { facts: named === undefined ? { ...facts, host } : facts, headers };
}

/**
 * What deciding needs of a request.
 *
 * @throws {RequestFault} as `parseRequest` does
 */
export function requestFactsOf(request: DescribedRequest): RequestFacts {
  return receivedRequest(request).facts;
}

/** Host: RFC 9110 section 7.2. Anything else in it would become another part of the URL. */
const HOST = /^(?:\[[^\]]*\]|[^\s/?#@\\:[\]]+)(?::\d*)?$/;

function urlAt(url: string, host: string): string | undefined {
  if (!HOST.test(host)) return undefined;
  const { protocol, pathname, search } = new URL(url);
  const named = `${protocol}//${host}${pathname}${search}`;
  return URL.canParse(named) ? named : undefined;
}

const NORMALIZED: ReadonlySet<string> = new Set('DELETE GET HEAD OPTIONS POST PUT'.split(' '));

function normalizeMethod(method: string): string {
  const capitals = method.toUpperCase();
  return NORMALIZED.has(capitals) ? capitals : method;
}
