const MOST = 300;

/**
 * Text as a code span inside a table of GitHub Flavored Markdown: nothing in it is taken for Markdown, HTML or a mention. What
 * is very long is cut.
 *
 * Source: GitHub Flavored Markdown Spec, sections 4.10 (tables) and 6.3 (code spans).
 */
export function codeSpan(text: string): string {
  const line = text.replaceAll(/[\r\n]+/g, ' ');
  const short = line.length > MOST ? `${line.slice(0, MOST).toWellFormed()}…` : line;
  const runs = short.match(/`+/g) ?? [];
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map(({ length }) => length)));
  const padding = /^`|`$|^ .* $/.test(short) ? ' ' : '';
  // A table takes `|` for the end of a cell even in code, and undoes the backslash. One that is there already stays one.
  const content = short.replaceAll(/(\\*)\|/g, '$1$1\\|');
  return `${fence}${padding}${content}${padding}${fence}`;
}
