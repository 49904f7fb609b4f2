import { badRequest } from '../status/faults.ts';
import { StatusError } from '../status/status.ts';
import { startDeadline } from './deadline.ts';

/** Milliseconds: as long as the API server takes for a request. */
const PATIENCE = 60_000;

/**
 * A request's content.
 *
 * @param limit In bytes; one byte more is 413, as soon as it is there or announced.
 * @param patience Milliseconds within which all of it has to be there; then it is 408, whatever has come.
 * @throws {StatusError}
 */
export async function readBody(
  request: Request,
  limit: number,
  patience: number = PATIENCE,
): Promise<Uint8Array> {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new StatusError(415, 'UnsupportedMediaType', 'the content encoding must be identity');
  }
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  if (request.body === null) return new Uint8Array();
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  const chunks: Uint8Array[] = [];
  const deadline = startDeadline(patience);
  let size = 0;
  try {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- one chunk after the other
      const { done, value } = await deadline.orLater(reader.read());
      if (done) return concatenated(chunks, size);
      size += value.byteLength;
      if (size > limit) throw tooLarge(limit);
      chunks.push(value);
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    throw error instanceof StatusError ? error : badRequest('the content broke off');
  } finally {
    deadline.end();
  }
}

/**
 * Content as text.
 *
 * @throws {StatusError} 400 where it is no UTF-8.
 */
export function textOf(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body);
  } catch {
    throw badRequest('the content is no UTF-8');
  }
}

function tooLarge(limit: number): StatusError {
  const message = `Request entity too large: limit is ${limit}`;
  return new StatusError(413, 'RequestEntityTooLarge', message);
}

function concatenated(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = chunks;
  if (only !== undefined && chunks.length === 1) return only;
  const all = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return all;
}
