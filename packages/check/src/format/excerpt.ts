import { printable } from './printable.ts';

/** How much of a long line is shown before the place. */
const BEFORE = 20;

export function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/u, '').split(/\r?\n/u);
}

/**
 * The line that a place is in, and marks below what begins there; nothing where the file has no such line.
 *
 * @param width Columns; a longer line is cut.
 */
export function excerpt(
  lines: readonly string[],
  { line, column }: { readonly line: number; readonly column: number },
  width: number,
): readonly string[] {
  const text = lines[line - 1]?.trimEnd() ?? '';
  if (text === '') return [];
  const number = String(line);
  const room = Math.max(width - number.length - 3, BEFORE * 2);
  const blank = text.length - text.trimStart().length;
  const from = text.length - blank <= room ? blank : Math.max(blank, column - 1 - BEFORE);
  const shown = text.slice(from, from + room);
  const at = Math.max(0, column - 1 - from);
  const marks = '^'.repeat(Math.max(1, shown.length - at));
  return [
    `${number} | ${printable(shown)}`,
    `${' '.repeat(number.length)} | ${' '.repeat(at)}${marks}`,
  ];
}
