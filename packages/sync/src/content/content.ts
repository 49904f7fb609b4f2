/** UTF-16 code units of what others say in a line. */
const LONGEST_LINE = 1000;

/**
 * Content as text. No more of it is taken than `limit` bytes.
 *
 * @throws {RangeError} where there is more.
 */
export async function textOf(
  content: AsyncIterable<Uint8Array> | null,
  limit: number,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of content ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw new RangeError(`it is larger than ${limit} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** What others say, for a log that people read: nobody else writes lines of theirs, or moves the cursor. */
export function lineOf(text: string): string {
  return text.slice(0, LONGEST_LINE).replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
