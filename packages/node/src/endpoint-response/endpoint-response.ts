import type { IncomingMessage } from 'node:http';

import { InvalidResponseError } from '@portolan/proxy';

import { toHeaders, valuesOf } from '../field-lines/field-lines.ts';
import { messageBody } from '../message-body/message-body.ts';

/** Statuses of which a Response has no body: Fetch standard section 2.2.3. */
const CONTENTLESS: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * What an endpoint answered, its body coded as it came.
 *
 * @throws {InvalidResponseError} where it is no response that can be passed on; the connection is closed then.
 */
export function endpointResponse(message: IncomingMessage, method: string): Response {
  try {
    return toResponse(message, method);
  } catch (error) {
    message.destroy();
    throw error;
  }
}

function toResponse(message: IncomingMessage, method: string): Response {
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
  const init = { status, statusText, headers: toHeaders(rawHeaders) };
  if (contentless) {
    const response = new Response(null, init);
    // Nobody reads it, and only then is the connection free.
    message.resume();
    return response;
  }
  const { stream } = messageBody(message, { cancel: () => message.destroy() });
  return new Response(stream, init);
}

/** What went wrong with a request, told apart from an answer that is no HTTP. */
export function endpointError(error: Error): Error {
  const isUnreadable = 'code' in error && String(error.code).startsWith('HPE_');
  return isUnreadable ? new InvalidResponseError(error.message, { cause: error }) : error;
}
