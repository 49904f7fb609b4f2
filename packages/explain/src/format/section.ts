import { PLAIN, styleOf, table, wrap, type Terminal } from '@portolan/terminal';

const INDENT = '  ';

/** A heading and the lines below it. Nothing where there are none. */
export function section(
  heading: string,
  lines: readonly string[],
  terminal: Terminal,
): readonly string[] {
  return lines.length === 0 ? [] : [styleOf(terminal).bold(heading), ...lines];
}

/** Rows as a table, indented. */
export function indented(
  rows: readonly (readonly string[])[],
  terminal: Terminal,
): readonly string[] {
  const inner = { ...terminal, width: terminal.width - INDENT.length };
  return table(rows, inner).map((row) => INDENT + row.replaceAll('\n', `\n${INDENT}`));
}

/** A line, indented by so many steps, and what doesn't fit on it below. */
export function line(text: string, terminal: Terminal, steps: number = 1): string {
  const indent = INDENT.repeat(steps);
  return indent + wrap(text, terminal, indent.length);
}

/** Whether rows fit as a table, none of them wrapped. Cells without colours. */
export function fitAsTable(rows: readonly (readonly string[])[], { width }: Terminal): boolean {
  return indented(rows, PLAIN).every((row) => row.length <= width);
}

/** `1 endpoint`, `2 endpoints`. */
export function counted(count: number, singular: string): string {
  return `${count} ${singular}${count === 1 ? '' : 's'}`;
}
