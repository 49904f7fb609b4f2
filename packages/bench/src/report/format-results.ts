import type { Column, Figure, Goal, Row, Table } from '../suite/suite.ts';
import type { Machine } from './machine.ts';
import type { Results, SuiteResults } from './results.ts';

const HEAD = `# Benchmarks

How fast Portolan is beside what people would use instead: the median of several rounds, with the lowest and the highest. All rows of
a table were taken by turns in one run on one machine, so their ratios say more than their figures. \`pnpm bench\` takes all of them
anew and writes this page and [the same as JSON](../../packages/bench/results.json); \`pnpm bench matching\` takes one part of it.
`;

/** The page of the results, in Markdown. */
export function formatResults({ suites }: Results): string {
  return [HEAD, ...suites.map(formatSuite)].join('\n');
}

function formatSuite({ title, about, machine, tables }: SuiteResults): string {
  return [
    `## ${title}\n`,
    `${about}\n`,
    `${machineInWords(machine)}\n`,
    ...tables.map(formatTable),
  ].join('\n');
}

function machineInWords({ cpu, cores, memory, node, commit, day }: Machine): string {
  return `Taken on ${day} at commit ${commit}: ${cpu}, ${cores} cores, ${memory} GB, Node ${node}.`;
}

function formatTable({ title, columns, rows, absent = [], goals = [], note }: Table): string {
  const heads = columns.map(({ name, unit }) => (unit === '' ? name : `${name}, ${unit}`));
  const lines = [
    `| | ${heads.join(' | ')} |`,
    `| --- | ${columns.map(() => '---:').join(' | ')} |`,
    ...rows.map((row) => formatRow(row, columns)),
  ];
  const away = absent.map(({ subject, why }) => `- ${subject}: ${why}`);
  return [
    `### ${title}\n`,
    ...(note === undefined ? [] : [`${note}\n`]),
    `${lines.join('\n')}\n`,
    ...(goals.length === 0 ? [] : [`${goals.map(formatGoal).join('\n')}\n`]),
    ...(away.length === 0 ? [] : [`Not measured here:\n\n${away.join('\n')}\n`]),
  ].join('\n');
}

function formatRow({ subject, role, version, figures }: Row, columns: readonly Column[]): string {
  const name = version === undefined ? subject : `${subject} ${version}`;
  const cells = columns.map((_, at) => formatFigure(figures[at]));
  return `| ${role === 'ours' ? `**${name}**` : name}${role === 'limit' ? ' (the limit)' : ''} | ${cells.join(' | ')} |`;
}

/** `12.3 (12.1–12.9)` */
function formatFigure(figure: Figure | undefined): string {
  if (figure === undefined) return '–';
  const { median, lowest, highest } = figure;
  return lowest === highest
    ? number(median)
    : `${number(median)} (${number(lowest)}–${number(highest)})`;
}

/** With three digits that say something. */
function number(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en', {
    minimumFractionDigits: Math.min(digits, 3),
    maximumFractionDigits: Math.min(digits, 3),
  });
}

function formatGoal({ wanted, measured, reached }: Goal): string {
  return `- Wanted: ${wanted}. Measured: ${number(measured)}, ${reached ? 'reached' : 'not reached'}.`;
}
