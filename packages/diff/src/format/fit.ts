import { counted } from './words.ts';

/** A heading, and a table under it. */
export interface Section {
  readonly heading: string;
  readonly columns: readonly string[];
  /** Cells, in Markdown. */
  readonly rows: readonly (readonly string[])[];
}

/** So many rows of a table are open, and the others folded away. */
const MOST_OPEN = 10;

/** Sections one after another, with as many rows as fit, and a sentence on how many don't. */
export function fitSections(sections: readonly Section[], most: number): string {
  const count = sections.reduce((sum, { rows }) => sum + rows.length, 0);
  const whole = render(sections, count, count);
  if (whole.length <= most) return whole;
  // The most rows that fit: `fits` do, and `tooMany` don't.
  let [fits, tooMany] = [0, count];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (render(sections, middle, count).length <= most) fits = middle;
    else tooMany = middle;
  }
  return render(sections, fits, count);
}

function render(sections: readonly Section[], most: number, count: number): string {
  const parts: string[] = [];
  let left = most;
  for (const { rows, ...section } of sections) {
    const shown = rows.slice(0, left);
    left -= shown.length;
    if (shown.length > 0) parts.push(renderSection({ ...section, rows: shown }));
  }
  if (count > most) {
    parts.push(
      `_${counted(count - most, 'more row is', 'more rows are')} left out: they don't fit in a comment._`,
    );
  }
  return parts.join('\n\n');
}

function renderSection({ heading, columns, rows }: Section): string {
  const open = rows.slice(0, MOST_OPEN);
  const folded = rows.slice(MOST_OPEN);
  return [
    `### ${heading}`,
    renderTable(columns, open),
    ...(folded.length === 0
      ? []
      : [
          `<details><summary>${folded.length} more</summary>`,
          renderTable(columns, folded),
          '</details>',
        ]),
  ].join('\n\n');
}

function renderTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
