import { InvalidResponseError } from '@portolan/proxy';

import { isFieldName, isFieldValue, valuesOf, type RawFields } from '../field-lines/field-lines.ts';

/** Status line and header section of a response. */
export interface ResponseHead {
  readonly httpVersion: '1.0' | '1.1';
  readonly status: number;
  readonly statusText: string;
  /** As they came. */
  readonly fields: RawFields;
}

/** How the end of a response's content is found: RFC 9112 section 6.3. A number: its bytes. */
export type Framing = number | 'chunked' | 'close';

const STATUS_LINE = /^HTTP\/(\d\.\d) (\d{3})(?: (.*))?$/;

/**
 * Reads what comes before the empty line of a response, without the line end before that. Nothing is forgiven that two recipients
 * might read differently: RFC 9112 sections 2.2, 4 and 5.
 *
 * @throws {InvalidResponseError} where it is none that HTTP/1.1 or HTTP/1.0 has.
 */
export function parseHead(text: string): ResponseHead {
  const [first = '', ...lines] = text.split('\r\n');
  const [, httpVersion, digits, statusText = ''] = STATUS_LINE.exec(first) ?? [];
  if (httpVersion === undefined || !isFieldValue(statusText)) {
    throw new InvalidResponseError('the endpoint answered with what is no HTTP');
  }
  if (httpVersion !== '1.1' && httpVersion !== '1.0') {
    throw new InvalidResponseError(`the endpoint answered in HTTP/${httpVersion}`);
  }
  return { httpVersion, status: Number(digits), statusText, fields: parseFields(lines) };
}

/** @throws {InvalidResponseError} where a line is no field. */
export function parseFields(lines: readonly string[]): RawFields {
  const fields: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0));
    if (!isFieldName(name) || !isFieldValue(line)) {
      throw new InvalidResponseError('the endpoint answered with a line that is no field');
    }
    fields.push(name, withoutSpace(line, colon + 1));
  }
  return fields;
}

/** What of a line comes from there on, without spaces and tabs at its ends: RFC 9112 section 5.1. */
function withoutSpace(line: string, from: number): string {
  let start = from;
  let end = line.length;
  while (start < end && isSpace(line.charCodeAt(start))) start += 1;
  while (end > start && isSpace(line.charCodeAt(end - 1))) end -= 1;
  return line.slice(start, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/**
 * @param method Of the request.
 * @throws {InvalidResponseError} where it can't be told, or could be told in two ways.
 */
export function framingOf({ httpVersion, status, fields }: ResponseHead, method: string): Framing {
  const codings = valuesOf(fields, 'transfer-encoding');
  const lengths = valuesOf(fields, 'content-length');
  if (codings.length > 0) {
    const coding = codings.join(', ').toLowerCase();
    // Only `chunked` is undone, and no other was asked for: RFC 9112 section 6.1.
    if (coding !== 'chunked') {
      throw new InvalidResponseError(`the endpoint answered with the transfer coding ${coding}`);
    }
    if (httpVersion === '1.0') {
      throw new InvalidResponseError('the endpoint answered with a transfer coding in HTTP/1.0');
    }
    if (lengths.length > 0) {
      throw new InvalidResponseError('the endpoint answered with a length and a transfer coding');
    }
  }
  const [length] = lengths;
  if (lengths.length > 1 || (length !== undefined && !/^\d{1,15}$/.test(length))) {
    throw new InvalidResponseError('the endpoint answered with a Content-Length that is none');
  }
  if (method === 'HEAD' || status === 204 || status === 304) return 0;
  if (codings.length > 0) return 'chunked';
  return length === undefined ? 'close' : Number(length);
}

/** Whether the connection can be used again: RFC 9112 section 9.3. */
export function isPersistent({ httpVersion, fields }: ResponseHead): boolean {
  const options = valuesOf(fields, 'connection');
  if (options.length === 0) return httpVersion === '1.1';
  const named = new Set(
    options
      .join(',')
      .toLowerCase()
      .split(',')
      .map((option) => option.trim()),
  );
  return !named.has('close') && (httpVersion === '1.1' || named.has('keep-alive'));
}
