import { styleOf, type Terminal } from '@portolan/terminal';

import type { ExplainedCandidate, Explanation } from '../explanation/explanation.ts';
import { nearestLosers } from '../nearness/nearest-losers.ts';
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
  const near = nearestLosers(losers, request);
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
