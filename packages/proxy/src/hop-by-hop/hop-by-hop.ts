import type { HeaderFields } from '../message/message.ts';

/**
 * The header fields that speak of one connection and not of the message.
 *
 * Those of RFC 9110 section 7.6.1; Trailer and all of TE, since `fetch` forwards no trailers; the fields by which a
 * client and its proxy authenticate each other (section 11.7); Expect, which whoever received the request has already
 * met (section 10.1.1); HTTP2-Settings (RFC 7540 section 3.2.1); and Proxy, which means nothing in HTTP, but to a CGI
 * program the proxy that it is to use (CVE-2016-5385).
 */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** `name` in any case. */
export function isHopByHop(name: string): boolean {
  return HOP_BY_HOP.has(name.toLowerCase());
}

/** A field name: RFC 9110 section 5.1. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Removes the fields that belong to one connection, and those that Connection names. */
export function dropHopByHop(headers: HeaderFields): void {
  for (const option of headers.get('connection')?.split(',') ?? []) {
    const name = option.trim();
    if (TOKEN.test(name)) headers.delete(name);
  }
  // To be asked for thirteen names costs a runtime's own Headers less than to tell all of theirs.
  for (const name of HOP_BY_HOP) if (headers.has(name)) headers.delete(name);
}
