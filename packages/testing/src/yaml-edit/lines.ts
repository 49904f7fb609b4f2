export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where the line begins that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where that line ends, before the line break. */
export function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  if (found < 0) return text.length;
  return text[found - 1] === '\r' ? found - 1 : found;
}

/** The line break that this text has. */
export function lineBreak(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}

/** A line break, and blanks as far as `offset` is into its line. */
export function nextLine(text: string, offset: number): string {
  return lineBreak(text) + ' '.repeat(offset - lineStart(text, offset));
}

/** The range with whole lines where nothing else is on them, and with the blanks before a comment that stays alone. */
export function withBlanks(text: string, range: Range): Range {
  const start = lineStart(text, range.start);
  const end = lineEnd(text, range.end);
  if (text.slice(start, range.start).trim() !== '') return range;
  const rest = text.slice(range.end, end);
  if (rest.trim() === '') {
    return { start, end: Math.min(end + lineBreak(text).length, text.length) };
  }
  return rest.trimStart().startsWith('#')
    ? { ...range, end: end - rest.trimStart().length }
    : range;
}
