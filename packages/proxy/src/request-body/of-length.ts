import type { ByteStream, HeaderFields } from '../message/message.ts';

declare const FixedLengthStream:
  | (new (length: number) => TransformStream<Uint8Array, Uint8Array>)
  | undefined;

/** The same stream, of the length that the header announces: Workers send Content-Length only for one that vouches for it. */
export function ofLength(stream: ByteStream, headers: HeaderFields): ByteStream {
  if (!(stream instanceof ReadableStream) || typeof FixedLengthStream === 'undefined') {
    return stream;
  }
  const announced = headers.get('content-length') ?? '';
  const length = Number(announced);
  if (!/^\d+$/.test(announced) || !Number.isSafeInteger(length)) return stream;
  return stream.pipeThrough(new FixedLengthStream(length));
}
