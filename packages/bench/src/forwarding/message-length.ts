/** The characters of the first message of a text, framed by Content-Length or by one chunk; 0 where it is not whole yet. */
export function messageLength(text: string): number {
  const end = text.indexOf('\r\n\r\n') + 4;
  if (end < 4) return 0;
  const [, announced] = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end)) ?? [];
  if (announced === undefined && /\r\ntransfer-encoding: chunked/i.test(text.slice(0, end))) {
    const last = text.indexOf('0\r\n\r\n', end);
    return last < 0 ? 0 : last + 5;
  }
  const length = end + Number(announced ?? 0);
  return text.length < length ? 0 : length;
}
