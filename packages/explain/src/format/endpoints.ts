import { authority } from '@portolan/core';
import { PLAIN, styleOf, type Style, type Terminal } from '@portolan/terminal';

import type {
  ExcludedEndpoint,
  ExplainedEndpoint,
  Explanation,
} from '../explanation/explanation.ts';
import { exclusionText } from './exclusion.ts';
import { fitAsTable, indented, line, section } from './section.ts';

const MOST_SHOWN = 10;

/** Who may answer, and who may not and why. */
export function formatEndpoints(
  { endpoints, excluded = [] }: Explanation,
  terminal: Terminal,
  all: boolean,
): readonly string[] {
  const { dim } = styleOf(terminal);
  const total = endpoints.length + excluded.length;
  if (total === 0) return [];
  const most = all ? total : MOST_SHOWN;
  const shown = [...endpoints.slice(0, most), ...excluded.slice(0, most)];
  const heading =
    excluded.length === 0 ? 'Endpoints' : `Endpoints: ${endpoints.length} of ${total} may answer`;
  const more = total - shown.length;
  const lines = [
    ...linesOf(shown, terminal),
    ...(more > 0 ? [line(`and ${more} more`, terminal)] : []),
    ...(shown.some(({ standIn }) => standIn) ? [dim(line(STAND_INS, terminal))] : []),
  ];
  return section(heading, lines, terminal);
}

const STAND_INS =
  'Stand-ins: the manifests only announce these Pods. A cluster gives them addresses, nodes and, where a workload makes them, names of its own.';

type Listed = ExcludedEndpoint | ExplainedEndpoint;

const COLUMNS = ['', 'ADDRESS', 'POD', 'NODE', 'ZONE', ''];

/** As a table where the terminal is wide enough, otherwise on two lines each. */
function linesOf(endpoints: readonly Listed[], terminal: Terminal): readonly string[] {
  const { dim } = styleOf(terminal);
  const rows = (style: Style): readonly (readonly string[])[] =>
    endpoints.map((endpoint) => cellsOf(endpoint, style));
  const plain = [COLUMNS, ...rows(styleOf(PLAIN))];
  const filled = COLUMNS.map((_, column) => plain.slice(1).some((row) => row[column] !== ''));
  const onlyFilled = (row: readonly string[]): readonly string[] =>
    row.filter((_, column) => filled[column]);
  if (fitAsTable(plain.map(onlyFilled), terminal)) {
    const header = COLUMNS.map((name) => (name === '' ? name : dim(name)));
    return indented([header, ...rows(styleOf(terminal))].map(onlyFilled), terminal);
  }
  return rows(styleOf(terminal)).flatMap(([mark = '', address = '', pod, node, zone, remarks]) => {
    const first = [`${mark} ${address}`, remarks].filter(Boolean).join('  ');
    const second = [pod, node, zone].filter(Boolean).join(', ');
    return [line(first, PLAIN), ...(second === '' ? [] : [line(second, terminal, 2)])];
  });
}

function cellsOf(endpoint: Listed, { green, red, yellow }: Style): readonly string[] {
  const { address, port, pod = '', node = '', zone = '', standIn } = endpoint;
  const reason = 'reason' in endpoint ? endpoint.reason : undefined;
  const remarks = [
    ...(reason === undefined ? [] : [red(exclusionText(reason))]),
    ...(standIn ? [yellow('stand-in')] : []),
  ];
  const mark = reason === undefined ? green('✓') : red('✗');
  return [mark, authority(address, port), pod, node, zone, remarks.join(', ')];
}
