import type { Column, Figure, Goal, Row, Table } from '../suite/suite.ts';
import type { Machine } from './machine.ts';
import type { Results, SuiteResults } from './results.ts';

const HEAD = `# Benchmarks

How fast Portolan is beside what people would use instead: the median of several rounds, in brackets the lowest and the highest, and how
many times our own figure (in bold, the last above it or else the first) that is. All rows of a table were taken by turns in one run on one
machine, so their ratios say more than their figures. \`pnpm bench\` takes all of them anew and writes this page and
[the same as JSON](../../packages/bench/results.json); \`pnpm bench matching\` takes one part of it.
`;

/** The page of the results, in Markdown that is yet to be formatted. */
export function formatResults({ suites }: Results): string {
  return [HEAD, formatOverview(suites), ...suites.map(formatSuite)].join('\n');
}

function formatOverview(suites: readonly SuiteResults[]): string {
  const lines = suites.map(({ title, tables }) => {
    const goals = tables.flatMap((table) => table.goals ?? []);
    const reached = goals.filter((goal) => goal.reached).length;
    return `| ${title} | ${goals.length === 0 ? 'none set' : `${reached} of ${goals.length}`} |`;
  });
  return `| Suite | Goals reached |\n| --- | --- |\n${lines.join('\n')}\n`;
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
    `| Subject | ${heads.join(' | ')} |`,
    `| --- | ${columns.map(() => '---:').join(' | ')} |`,
    ...rows.map((row, at) => formatRow(row, columns, oursFor(rows, at))),
  ];
  const away = absent.map(({ subject, why }) => `- ${subject}: ${why}`);
  return [
    `### ${title}\n`,
    ...(note === undefined ? [] : [`${note}\n`]),
    `${lines.join('\n')}\n`,
    ...(goals.length === 0 ? [] : [formatGoals(goals)]),
    ...(away.length === 0 ? [] : [`Not measured here:\n\n${away.join('\n')}\n`]),
  ].join('\n');
}

/** The row of ours that a row is compared with: the last above it, or the first. */
function oursFor(rows: readonly Row[], at: number): Row | undefined {
  const isOurs = ({ role }: Row): boolean => role === 'ours';
  return rows.slice(0, at).findLast(isOurs) ?? rows.find(isOurs);
}

function formatRow(
  { subject, role, version, figures }: Row,
  columns: readonly Column[],
  ours: Row | undefined,
): string {
  const name = version === undefined ? subject : `${subject} ${version}`;
  const cells = columns.map(({ unit }, at) => {
    const isCompared = role !== 'ours' && unit !== '';
    return formatFigure(figures[at], isCompared ? ours?.figures[at] : undefined);
  });
  return `| ${role === 'ours' ? `**${name}**` : name}${role === 'limit' ? ' (the limit)' : ''} | ${cells.join(' | ')} |`;
}

/** `12.3 (12.1–12.9) × 0.82` */
function formatFigure(figure: Figure | null | undefined, ours: Figure | null | undefined): string {
  if (!figure) return '–';
  const { median, lowest, highest } = figure;
  const spread = lowest === highest ? '' : ` (${number(lowest)}–${number(highest)})`;
  const ratio = !ours ? '' : ` × ${number(median / ours.median)}`;
  return number(median) + spread + ratio;
}

/** With three digits that say something. */
function number(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en', {
    minimumFractionDigits: Math.min(digits, 3),
    maximumFractionDigits: Math.min(digits, 3),
  });
}

function formatGoals(goals: readonly Goal[]): string {
  const lines = goals.map(
    ({ wanted, measured, reached }) =>
      `| ${wanted} | ${number(measured)} | ${reached ? 'reached' : '**not reached**'} |`,
  );
  return `| Goal | Measured | Verdict |\n| --- | ---: | --- |\n${lines.join('\n')}\n`;
}
