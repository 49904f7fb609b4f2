/**
 * All bytes of a stream; `undefined` as soon as they turn out to be more than `maximumSize`, and then the stream is closed
 * and what is left of it is not read.
 *
 * @param onBytes Called with the length of each part.
 */
export async function readAtMost(
  stream: AsyncIterable<Uint8Array>,
  maximumSize: number,
  onBytes: (length: number) => void,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.length;
    if (size > maximumSize) return undefined;
    parts.push(part);
    onBytes(part.length);
  }
  return Buffer.concat(parts, size);
}
