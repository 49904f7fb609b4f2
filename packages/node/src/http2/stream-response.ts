import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';

import { refusalMessage, type Refusal } from '../refusal/refusal.ts';

/** RFC 9113 section 8.2.2. */
const CONNECTION_FIELDS = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
];

/**
 * Writes a response. One that can't be written to its end resets the stream; one that can't even begin is 500.
 *
 * @param method Of the request.
 */
export async function respondOn(
  stream: ServerHttp2Stream,
  { status, headers, body }: Response,
  method: string,
): Promise<void> {
  const length = headers.get('content-length');
  const contentless = method === 'HEAD' || status === 304;
  try {
    if (body === null && !contentless && length !== null && Number(length) !== 0) {
      throw new Error('there is no content, but Content-Length says so');
    }
    const endStream = body === null || contentless;
    stream.respond({ ...fieldsOf(headers, status), ':status': status }, { endStream });
    if (!endStream) await pourInto(stream, body, length);
    else await body?.cancel();
  } catch {
    if (stream.headersSent) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    else refuseOn(stream, { status: 500, reason: 'InternalError' }, method);
  }
}

export function refuseOn(stream: ServerHttp2Stream, refusal: Refusal, method: string): void {
  if (stream.destroyed) return;
  const { status, fields, body } = refusalMessage(refusal, crypto.randomUUID());
  const headers = new Headers();
  for (let at = 0; at + 1 < fields.length; at += 2) {
    headers.set(fields[at] ?? '', fields[at + 1] ?? '');
  }
  stream.respond({ ...fieldsOf(headers, status), ':status': status });
  stream.end(method === 'HEAD' ? undefined : body);
}

/** Sends a 103. Hints that Node doesn't know the form of are left out, as RFC 8297 allows. */
export function hintOn(stream: ServerHttp2Stream, hints: Headers): void {
  if (stream.headersSent || stream.destroyed) return;
  try {
    stream.additionalHeaders({ ...fieldsOf(hints, 103), ':status': 103 });
  } catch {
    // Only a hint.
  }
}

function fieldsOf(headers: Headers, status: number): OutgoingHttpHeaders {
  const fields = new Headers(headers);
  for (const name of CONNECTION_FIELDS) fields.delete(name);
  // These have no content: RFC 9110 sections 8.6 and 15.3.6.
  if (status === 204 || status === 205) fields.delete('content-length');
  const cookies = fields.getSetCookie();
  return { ...Object.fromEntries(fields), ...(cookies.length > 0 && { 'set-cookie': cookies }) };
}

/**
 * Sends a body as the content of a stream, no faster than the client takes it.
 *
 * @throws what it broke with, or that it is not as long as Content-Length says.
 */
async function pourInto(
  stream: ServerHttp2Stream,
  body: ReadableStream<Uint8Array>,
  contentLength: string | null,
): Promise<void> {
  let missing = contentLength === null ? undefined : Number(contentLength);
  const reader = body.getReader();
  const leave = (): void => {
    reader.cancel(new Error('the stream was closed')).catch(() => undefined);
  };
  stream.once('close', leave);
  try {
    let result = await reader.read();
    while (!result.done && !stream.destroyed) {
      if (missing !== undefined) missing -= result.value.length;
      if (missing !== undefined && !(missing >= 0)) throw new Error('the content is too long');
      // oxlint-disable-next-line no-await-in-loop -- one chunk after another
      if (!stream.write(result.value)) await drained(stream);
      // oxlint-disable-next-line no-await-in-loop
      result = await reader.read();
    }
    if (stream.destroyed) return;
    if (missing !== undefined && missing !== 0) throw new Error('the content is too short');
    stream.end();
  } catch (error) {
    leave();
    throw error;
  } finally {
    stream.off('close', leave);
  }
}

function drained(stream: ServerHttp2Stream): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      stream.off('drain', go);
      stream.off('close', go);
      resolve();
    };
    stream.on('drain', go);
    stream.on('close', go);
    if (stream.destroyed) go();
  });
}
