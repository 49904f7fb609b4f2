import type { ByteStream, HeaderFields } from './message.ts';

declare const FixedLengthStream:
  | (new (length: number) => TransformStream<Uint8Array, Uint8Array>)
  | undefined;

/** The same stream, of the length that the header announces: Workers send Content-Length only for one that vouches for it. */
export function ofLength(stream: ByteStream, headers: HeaderFields): ByteStream {
  const fixed = fixedLength(stream, headers);
  return fixed === undefined ? stream : fixed.stream.pipeThrough(fixed.through());
}

/**
 * Bodies of up to so many bytes are read before they are handed on, on Workers, where each chunk that goes through JavaScript costs
 * more than the whole body does in one piece. nginx reads by default 16 KiB of requests (`client_body_buffer_size`) and 32 KiB of answers
 * (`proxy_buffers`), and more.
 */
export const SMALL = 16_384;

/** A stream whose length is announced, where the runtime has streams that vouch for theirs. */
export interface FixedLength {
  readonly stream: ReadableStream<Uint8Array>;
  /** In bytes. */
  readonly length: number;
  /** What vouches for it: all that is piped through must be as long. */
  readonly through: () => TransformStream<Uint8Array, Uint8Array>;
}

/** @returns `undefined` where no length is announced, or the runtime is not Workers */
export function fixedLength(stream: ByteStream, headers: HeaderFields): FixedLength | undefined {
  if (!(stream instanceof ReadableStream) || typeof FixedLengthStream === 'undefined') {
    return undefined;
  }
  const announced = headers.get('content-length') ?? '';
  const length = Number(announced);
  if (!/^\d+$/.test(announced) || !Number.isSafeInteger(length)) return undefined;
  return { stream, length, through: () => new FixedLengthStream(length) };
}

/** All of its bytes. @throws {TypeError} where there are more or fewer than announced; whatever the stream fails with */
export async function readWhole({ stream, length }: FixedLength): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  if (bytes.byteLength !== length) {
    throw new TypeError(`${bytes.byteLength} bytes came, ${length} were announced`);
  }
  return bytes;
}
