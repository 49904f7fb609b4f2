import type { IncomingMessage } from 'node:http';

import { InvalidResponseError, type ResponseMessage } from '@portolan/proxy';

import { valuesOf } from '../field-lines/field-lines.ts';
import { FieldList } from '../field-lines/field-list.ts';
import { messageBody } from '../message-body/message-body.ts';

/** Statuses of which there is no content: RFC 9110 sections 15.3.5, 15.3.6, 15.4.5. */
const CONTENTLESS: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * What an endpoint answered, its body coded as it came.
 *
 * @throws {InvalidResponseError} where it is no response that can be passed on; the connection is closed then.
 */
export function endpointResponse(message: IncomingMessage, method: string): ResponseMessage {
  try {
    return toResponse(message, method);
  } catch (error) {
    message.destroy();
    throw error;
  }
}

function toResponse(message: IncomingMessage, method: string): ResponseMessage {
  const {
    statusCode: status = 0,
    statusMessage: statusText = '',
    rawHeaders,
    httpVersion,
  } = message;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') {
    throw new InvalidResponseError(`the endpoint answered in HTTP/${httpVersion}`);
  }
  if (status < 200 || status > 599)
    throw new InvalidResponseError(`the endpoint answered with status ${status}`);
  const coding = valuesOf(rawHeaders, 'transfer-encoding').join(', ').toLowerCase();
  // Only `chunked` is undone, and no other was asked for: RFC 9112 section 6.1.
  if (coding !== '' && coding !== 'chunked') {
    throw new InvalidResponseError(`the endpoint answered with the transfer coding ${coding}`);
  }
  if (coding !== '' && httpVersion === '1.0') {
    throw new InvalidResponseError('the endpoint answered with a transfer coding in HTTP/1.0');
  }
  const contentless = method === 'HEAD' || CONTENTLESS.has(status);
  const head = { status, statusText, headers: FieldList.of(rawHeaders) };
  if (contentless) {
    // Nobody reads it, and only then is the connection free.
    message.resume();
    return { ...head, body: null };
  }
  const { stream } = messageBody(message, { cancel: () => message.destroy() });
  return { ...head, body: stream };
}

/** What went wrong with a request, told apart from an answer that is no HTTP. */
export function endpointError(error: Error): Error {
  const isUnreadable = 'code' in error && String(error.code).startsWith('HPE_');
  return isUnreadable ? new InvalidResponseError(error.message, { cause: error }) : error;
}
