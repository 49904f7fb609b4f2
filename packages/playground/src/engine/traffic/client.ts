import { requestFactsOf, type DescribedRequest } from '@portolan/explain';
import type { HeaderFields, RequestMessage } from '@portolan/proxy';

/** Methods whose requests have content: RFC 9110 section 9.3, and PATCH: RFC 5789. */
const WITH_CONTENT: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** What such a request holds. */
const CONTENT = new TextEncoder().encode('{}');

/** Nobody leaves before the answer. */
const { signal } = new AbortController();

/** Somebody who sends requests, and keeps cookies as a browser does. */
export interface Client {
  readonly address: string;
  /** By their name. */
  readonly cookies: Map<string, string>;
}

/**
 * The request as this client sends it. One that says itself which cookies it has gets no others.
 *
 * @throws {RequestFault} where nobody could send it.
 */
export function messageOf(request: DescribedRequest, { cookies }: Client): RequestMessage {
  const { method, scheme, host, port, path, query, ...facts } = requestFactsOf(request);
  const headers = new Headers(request.headers);
  headers.set('host', facts.headers.get('host') ?? host);
  if (cookies.size > 0 && !headers.has('cookie')) {
    headers.set('cookie', Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; '));
  }
  const search = query === '' ? '' : `?${query}`;
  return {
    method,
    url: `${scheme}://${host}${path}${search}`,
    // A Host that no URL can have is for the proxy to refuse.
    parts: { protocol: `${scheme}:`, host, port: String(port), pathname: path, search },
    headers,
    body: WITH_CONTENT.has(method) ? new Blob([CONTENT]).stream() : null,
    signal,
  };
}

/** Keeps the cookies of an answer: of each the name and the value, for as long as the client is there. */
export function keepCookies({ cookies }: Client, answer: HeaderFields): void {
  for (const line of answer.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
    if (name !== '') cookies.set(name, value);
  }
}
