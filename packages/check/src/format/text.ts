import type { ManifestSource } from '@portolan/manifests';
import { styleOf, wrap, type Style, type Terminal } from '@portolan/terminal';

import type { Finding, Severity } from '../finding/finding.ts';
import { objectText } from '../finding/object-text.ts';
import { counted, listed } from '../sentence/sentence.ts';
import { excerpt, linesOf } from './excerpt.ts';
import { printable } from './printable.ts';
import { besideSecret, type IsBesideSecret } from './secret.ts';

export interface FormatFindingsOptions {
  /** The texts that were checked: lines that findings are about are shown. */
  readonly sources?: readonly ManifestSource[];
}

/**
 * Findings for people, grouped by file in the order given, with a line at the end that counts them. Without a newline at the end.
 */
export function formatFindings(
  findings: readonly Finding[],
  terminal: Terminal,
  { sources = [] }: FormatFindingsOptions = {},
): string {
  const style = styleOf(terminal);
  const texts = new Map(sources.map(({ name, text }) => [name, text]));
  const files = Map.groupBy(findings, ({ file }) => file);
  const places = findings.map(({ line, column }) => `${line}:${column}`.length);
  const layout: Layout = {
    terminal,
    style,
    placeWidth: places.reduce((widest, width) => Math.max(widest, width), 0),
  };
  const groups = Array.from(files, ([file, own]) => {
    const text = texts.get(file);
    const lines = text === undefined ? [] : linesOf(text);
    const isBesideSecret = besideSecret(lines);
    const blocks = own.map((finding) =>
      block(finding, mayBeShown(finding, isBesideSecret) ? lines : [], layout),
    );
    return [style.bold(printable(file)), ...blocks].join('\n\n');
  });
  return [...groups, countLine(findings, files.size, style)].join('\n\n');
}

interface Layout {
  readonly terminal: Terminal;
  readonly style: Style;
  /** Of the widest place, in columns. */
  readonly placeWidth: number;
}

/**
 * The place, then everything else in a column of its own.
 *
 * @param lines Of the file; empty where none may be shown.
 */
function block(finding: Finding, lines: readonly string[], layout: Layout): string {
  const { terminal, style, placeWidth } = layout;
  const { severity, code, line, column, message, remedy, related = [] } = finding;
  const indent = placeWidth + 4;
  const wrapped = (text: string, hanging = 0): string => wrap(text, terminal, indent + hanging);
  const subject = objectText(finding);
  const paragraphs = [
    `${COLOURS[severity](style)(severity)} ${style.dim(code)}${subject === '' ? '' : `  ${printable(subject)}`}`,
    wrapped(style.bold(printable(message))),
    ...excerpt(lines, finding, terminal.width - indent).map(style.dim),
    ...(remedy === undefined ? [] : [wrapped(`${style.green('help:')} ${printable(remedy)}`, 6)]),
    ...related.map((place) => {
      const where = printable(`${place.file}:${place.line}:${place.column}`);
      return wrapped(`${style.cyan('see:')}  ${where}  ${printable(place.message)}`, 6);
    }),
  ];
  const place = `${line}:${column}`.padStart(placeWidth);
  return `  ${place}  ${paragraphs.join(`\n${' '.repeat(indent)}`)}`;
}

/** What is in a Secret is not for logs. */
function mayBeShown({ object, line }: Finding, isBesideSecret: IsBesideSecret): boolean {
  return object?.kind !== 'Secret' && !isBesideSecret(line);
}

const COLOURS: Readonly<Record<Severity, (style: Style) => Style['red']>> = {
  error: ({ red }) => red,
  warning: ({ yellow }) => yellow,
  notice: ({ cyan }) => cyan,
};

function countLine(findings: readonly Finding[], files: number, style: Style): string {
  const severities: readonly Severity[] = ['error', 'warning', 'notice'];
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [COLOURS[severity](style)(counted(count, severity))];
  });
  return counts.length === 0
    ? style.green('nothing wrong or doubtful')
    : `${listed(counts)} in ${counted(files, 'file')}`;
}
