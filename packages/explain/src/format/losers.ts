import { normalizeHost, normalizePath, type LossReason } from '@portolan/routing';
import { styleOf, type Terminal } from '@portolan/terminal';

import type {
  ExplainedCandidate,
  ExplainedRequest,
  Explanation,
} from '../explanation/explanation.ts';
import { sharedStart } from '../nearness/shared-start.ts';
import { matchOf, pathOf } from './match.ts';
import { counted, fitAsTable, indented, line, section } from './section.ts';

const MOST_SHOWN = 5;

/** The rules that might have taken the request, those that came closest first, and how many others there are. */
export function formatLosers(
  { request, candidates = [] }: Explanation,
  terminal: Terminal,
  all: boolean,
): readonly string[] {
  const winner = candidates.find(({ outcome }) => outcome === 'won');
  const won = winner?.path !== undefined;
  // Where a rule takes the request no default backend is asked.
  const losers = candidates.filter(
    ({ outcome, path }) => outcome === 'lost' && (all || !won || path !== undefined),
  );
  const near = nearest(losers, request);
  const shown = all ? losers : near.slice(0, MOST_SHOWN);
  const heading = won ? 'Rules that lost' : 'Rules that do not fit';
  const more = near.length - shown.length;
  const others = losers.length - near.length;
  const rest = all || more + others === 0 ? [] : [restInWords(shown.length, more, others)];
  const lines = [...linesOf(shown, winner, terminal), ...rest.map((text) => line(text, terminal))];
  return section(heading, lines, terminal);
}

function restInWords(shown: number, more: number, others: number): string {
  if (shown === 0) return `${counted(others, 'rule')} for other hosts`;
  const rest = [
    ...(more > 0 ? [`${more} more for this host`] : []),
    ...(others > 0 ? [`${others} for other hosts`] : []),
  ];
  return `and ${rest.join(', ')}`;
}

/** Those whose host fits the request. */
function nearest(
  losers: readonly ExplainedCandidate[],
  request: ExplainedRequest,
): readonly ExplainedCandidate[] {
  const { host, pathname } = receivedURL(request);
  const parent = host.replace(/^[^.]+/, '*');
  const path = normalizePath(pathname) ?? pathname;
  return losers
    .filter((loser) => loser.host === undefined || loser.host === host || loser.host === parent)
    .toSorted(
      (a, b) =>
        distance(a) - distance(b) ||
        sharedStart(b.path ?? '', path) - sharedStart(a.path ?? '', path),
    );
}

function receivedURL({ url, headers = {} }: ExplainedRequest): {
  readonly host: string;
  readonly pathname: string;
} {
  const { host, pathname } = new URL(url);
  const sent = Object.entries(headers).find(([name]) => name.toLowerCase() === 'host')?.[1];
  return { host: normalizeHost(sent ?? host) ?? '', pathname };
}

/** How far a loser was from taking the request, by its reason. Those that fit and were only not first were closest. */
const DISTANCE: Readonly<Record<LossReason, number>> = {
  precedence: 0,
  olderObject: 0,
  earlierRule: 0,
  method: 1,
  header: 1,
  query: 1,
  path: 2,
  host: 3,
};

function distance({ reason }: ExplainedCandidate): number {
  return reason === undefined ? 0 : DISTANCE[reason];
}

/** A rule, why it lost, and where it is. */
type Cells = readonly [string, string, string];

/** On one line each where the terminal is wide enough, otherwise on two or three. */
function linesOf(
  losers: readonly ExplainedCandidate[],
  winner: ExplainedCandidate | undefined,
  terminal: Terminal,
): readonly string[] {
  const { dim } = styleOf(terminal);
  const cells = losers.map((loser): Cells => {
    const inSameObject = winner && objectOf(loser) === objectOf(winner);
    return [
      loser.reason === 'host' ? matchOf(loser) : pathOf(loser),
      loser.detail,
      inSameObject ? loser.rule : `${objectOf(loser)}, ${loser.rule}`,
    ];
  });
  const coloured = cells.map(([match, detail, where]): Cells => [match, detail, dim(where)]);
  if (fitAsTable(cells, terminal)) return indented(coloured, terminal);
  if (fitAsTable(cells.flatMap(onTwoRows), terminal)) {
    return indented(coloured.flatMap(onTwoRows), terminal);
  }
  return coloured.flatMap(([match, detail, where]) => [
    line(match, terminal),
    line(detail, terminal, 2),
    line(where, terminal, 2),
  ]);
}

function onTwoRows([match, detail, where]: Cells): readonly (readonly string[])[] {
  return [
    [match, detail],
    ['', where],
  ];
}

function objectOf({ kind, namespace, name }: ExplainedCandidate): string {
  return `${kind} ${namespace}/${name}`;
}
