import stringWidth from 'string-width';

import type { Terminal } from '../style/style.ts';
import { wrap } from '../wrap/wrap.ts';

const GAP = 2;

/**
 * Rows in columns as wide as their widest cell, two blanks between them. Cells may be coloured. What is too wide for the
 * terminal is wrapped in the last column.
 *
 * @returns one text for each row, which has several lines where it was wrapped
 */
export function table(rows: readonly (readonly string[])[], terminal: Terminal): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    rows.reduce((widest, row) => Math.max(widest, stringWidth(row[column] ?? '')), 0),
  );
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP, 0);
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === columns - 1
          ? wrap(cell, terminal, before)
          : cell + ' '.repeat((widths[column] ?? 0) - stringWidth(cell) + GAP),
      )
      .join('')
      .trimEnd(),
  );
}
