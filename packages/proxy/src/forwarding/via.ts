import type { HeaderFields } from '../message/message.ts';

/** What we are called in Via: a pseudonym, RFC 9110 section 7.6.3. */
const NAME = 'portolan';

/** Received protocol and our name; a comment may follow. */
const OURS = /(?:^|,)[ \t]*[^\s,]+[ \t]+portolan(?=[\s,(]|$)/gi;

/** A request may pass through several of us on its way, but hardly through this many. */
const LIMIT = 5;

/** Whether the request has been here so often that it goes round in circles. */
export function isLooping(headers: HeaderFields): boolean {
  const via = headers.get('via');
  return via !== null && (via.match(OURS)?.length ?? 0) >= LIMIT;
}

/**
 * Adds us to those that the request came through: RFC 9110 section 7.6.3.
 *
 * @param httpVersion The version of HTTP that we received it in.
 */
export function appendVia(headers: HeaderFields, httpVersion: string = '1.1'): void {
  headers.append('via', `${httpVersion} ${NAME}`);
}
