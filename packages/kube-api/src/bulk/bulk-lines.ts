import { startDeadline } from '../content/deadline.ts';
import { badRequest } from '../status/faults.ts';
import { StatusError } from '../status/status.ts';

/** How much a bulk write's content may be. */
export interface BulkLimits {
  /** Bytes of one line, unpacked. */
  readonly maxLine: number;
  /** Bytes of all lines, unpacked. */
  readonly maxContent: number;
  /** Milliseconds within which all of it has to be there. */
  readonly patience: number;
}

const LF = 0x0a;

/**
 * The lines of newline-delimited content, as they come: empty ones are left out, and the last needs no newline.
 *
 * @param encoding `Content-Encoding`; null or empty for none.
 * @throws {StatusError} for another encoding than gzip, what is no gzip or no UTF-8, and what goes beyond a limit.
 */
export async function* bulkLines(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  encoding: string | null,
  limits: BulkLimits,
): AsyncGenerator<string, undefined, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  let pending: Uint8Array[] = [];
  let length = 0;
  const take = (rest: Uint8Array): string => {
    const text = [...pending, rest].map((part) => decodePart(decoder, part)).join('');
    pending = [];
    length = 0;
    return text + decodePart(decoder);
  };
  for await (const chunk of unpacked(body, encoding, limits)) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      const isEmpty = length + end - start === 0;
      if (length + end - start > limits.maxLine)
        throw tooLarge(`a line is longer than ${limits.maxLine} bytes`);
      if (!isEmpty) {
        const line = take(chunk.subarray(start, end));
        if (line.trim() !== '') yield line;
      }
      start = end + 1;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > limits.maxLine) throw tooLarge(`a line is longer than ${limits.maxLine} bytes`);
  }
  const last = take(new Uint8Array());
  if (last.trim() !== '') yield last;
}

async function* unpacked(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  encoding: string | null,
  { maxContent, patience }: BulkLimits,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  const coding = (encoding ?? '').trim().toLowerCase();
  if (!['', 'gzip', 'identity'].includes(coding)) {
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      `the content encoding must be gzip or identity, not ${coding}`,
    );
  }
  const content = coding === 'gzip' ? body.pipeThrough(new DecompressionStream('gzip')) : body;
  const reader = content.getReader();
  const deadline = startDeadline(patience);
  let total = 0;
  try {
    for (;;) {
      // One chunk after another: that is the backpressure.
      // oxlint-disable-next-line no-await-in-loop
      const { done, value } = await deadline.orLater(reader.read()).catch((error: unknown) => {
        throw error instanceof StatusError
          ? error
          : badRequest(`the content can't be read: ${String(error)}`);
      });
      if (done) return undefined;
      total += value.length;
      if (total > maxContent) {
        throw tooLarge(`the content is longer than ${maxContent} bytes`);
      }
      yield value;
    }
  } finally {
    deadline.end();
    // Nobody waits for whom to heed this: who sends no content may not do that either.
    void reader.cancel().catch(() => undefined);
  }
}

function decodePart(decoder: TextDecoder, part?: Uint8Array): string {
  try {
    return part === undefined ? decoder.decode() : decoder.decode(part, { stream: true });
  } catch {
    throw badRequest('the content is not UTF-8');
  }
}

function tooLarge(message: string): StatusError {
  return new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: ${message}`);
}
