import { signalOf } from '../abort/abort-source.ts';
import {
  headersOf,
  isWholeBody,
  webStream,
  type Answer,
  type ByteStream,
  type RequestMessage,
} from './message.ts';

/**
 * The message as a new Request.
 *
 * @param init What else is told to the constructor.
 * @throws TypeError where no Request can say the same.
 */
export function toRequest(message: RequestMessage, init: RequestInit = {}): Request {
  return new Request(message.url, toRequestInit(message, init));
}

/** What `fetch`, or the constructor of Request, is told of the message beside its URL. */
export function toRequestInit(
  { method, headers, body, signal }: RequestMessage,
  init: RequestInit,
): RequestInit {
  const all: RequestInit & { readonly duplex: 'half' } = {
    ...init,
    method,
    headers: headersOf(headers),
    body: toWebStream(body),
    duplex: 'half',
    signal: signalOf(signal),
  };
  return all;
}

/** @param init What else is told to the constructor. */
export function toResponse(
  { status, statusText, headers, body }: Answer,
  init: ResponseInit = {},
): Response {
  return new Response(isWholeBody(body) ? body : toWebStream(body), {
    ...init,
    status,
    statusText,
    headers: headersOf(headers),
  });
}

/** Content as a `ReadableStream`: the very same where it is one. */
export function toWebStream(body: ByteStream | null): ReadableStream<Uint8Array> | null {
  if (body === null || body instanceof ReadableStream) return body;
  const reader = body.getReader();
  return webStream({
    pull: async (controller) => {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
