import type { RequestMessage } from '@portolan/proxy';

import type { EndpointBase } from '../endpoint-connection/endpoint-base.ts';
import { isFieldName, isFieldValue, rawFields } from '../field-lines/field-lines.ts';

/** Methods of which it is to be said that there is no content: RFC 9110 section 8.6. */
const EXPECTED_WITH_CONTENT: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** What a request target may be made of. A fragment is no part of it: RFC 9112 section 3.2. */
const TARGET = /^[\x21\x22\x24-\xff]+$/;

/** RFC 9110 section 8.6. */
const CONTENT_LENGTH = /^\d+$/;

/** Request line and header section, as they are written in Latin-1. */
export interface RequestHead {
  readonly text: string;
  /** Whether the content is to be written in chunks. */
  readonly isChunked: boolean;
}

/**
 * The head of a request for an endpoint. The header fields are those of the request and nothing is added, but for Host where there
 * is none, and for what frames content.
 *
 * @param more Fields besides those of the request, name and value by turns.
 * @throws {TypeError} where a method, target or field is none, or fields frame the content in another way than it is written: whoever
 *   reads it might take it for another.
 */
export function requestHead(
  { method, url, headers, body }: RequestMessage,
  { base, host }: EndpointBase,
  more: readonly string[] = [],
): RequestHead {
  // As it was written: `search` does not tell `/p?` from `/p`.
  const target = url.slice(base.length);
  if (!isFieldName(method) || !TARGET.test(target)) {
    throw new TypeError('the request has a method or a target that is none');
  }
  const length = headers.get('content-length');
  if (headers.has('transfer-encoding')) {
    throw new TypeError('the request has a Transfer-Encoding, which is for the dialer to say');
  }
  if (length !== null && !isLengthOf(length, body)) {
    throw new TypeError('the request has a Content-Length that is not that of its content');
  }
  let text = `${method} ${target} HTTP/1.1\r\n`;
  const add = (name: string, value: string): void => {
    // Names have been looked at by whatever holds them: neither `Headers` nor a `FieldList` takes any other.
    if (!isFieldValue(value)) {
      throw new TypeError(`the request has a field ${name} with a value that is none`);
    }
    text += `${name}: ${value}\r\n`;
  };
  const lines = rawFields(headers);
  for (let at = 0; at < lines.length; at += 2) add(lines[at] ?? '', lines[at + 1] ?? '');
  for (let at = 0; at < more.length; at += 2) add(more[at] ?? '', more[at + 1] ?? '');
  if (!headers.has('host')) add('host', host);
  const isChunked = body !== null && length === null;
  if (isChunked) add('transfer-encoding', 'chunked');
  else if (body === null && EXPECTED_WITH_CONTENT.has(method) && length === null) {
    add('content-length', '0');
  }
  return { text: `${text}\r\n`, isChunked };
}

/** Whether a value of Content-Length is one, and can be true. That a stream is as long is seen when it is sent. */
function isLengthOf(length: string, body: RequestMessage['body']): boolean {
  return CONTENT_LENGTH.test(length) && (body !== null || Number(length) === 0);
}
