import wrapAnsi from 'wrap-ansi';

import type { Terminal } from '../style/style.ts';

/**
 * `text` in lines that fit the terminal, all but the first indented by `indent` columns. A word that is too long for a line
 * is left whole: it may be a path that somebody wants to copy.
 */
export function wrap(text: string, { width }: Terminal, indent = 0): string {
  if (!Number.isFinite(width)) return text;
  const columns = Math.max(width - indent, 20);
  return wrapAnsi(text, columns).replaceAll('\n', `\n${' '.repeat(indent)}`);
}
