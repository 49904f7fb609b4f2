import { parseRequest, type DescribedRequest } from '@portolan/explain';

/** A URL, a method and a URL (`POST https://shop.example/cart`), or everything that can be said of a request. */
export type RequestUnderTest = DescribedRequest | string;

/** @throws {RequestFault} as `parseRequest` does */
export function readRequest(request: RequestUnderTest): DescribedRequest {
  if (typeof request !== 'string') return parseRequest(request);
  const [, method, url] = /^(\S+) +(\S+)$/.exec(request) ?? [undefined, undefined, request];
  return parseRequest({ url, ...(method !== undefined && { method }) });
}

/** The request in one line: `GET https://shop.example/cart`. */
export function formatRequest({ method = 'GET', url, entrance }: DescribedRequest): string {
  return `${method} ${url}${entrance === 'internal' ? ' (internal)' : ''}`;
}
