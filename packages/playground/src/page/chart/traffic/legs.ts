import type { Chart, Link } from '../../../protocol/chart.ts';

/** A link that a request goes along. */
export interface Leg {
  /** As `linkKey` has it. */
  readonly link: string;
  /** It comes back along it. */
  readonly back: boolean;
}

export function linkKey({ from, to, label }: Link): string {
  return JSON.stringify([from, to, label]);
}

/**
 * The links that a request went along, for each endpoint that was tried; one list where none was tried. An endpoint that
 * isn't drawn is one that it only set out for.
 *
 * @param tried Ids of endpoints' cards.
 */
export function legsOf(chart: Chart, tried: readonly string[]): readonly (readonly Leg[])[] {
  const endpoints = new Set(chart.columns[3].cards.map(({ id }) => id));
  const before = chart.links.filter(({ lit, to }) => lit && !endpoints.has(to));
  const common = chain(before).map(forth);
  const into = tried.map((card) => lastLink(chart.links, card));
  if (into.length === 0) return [common];
  return into.map((link, index) => {
    const previous = into[index - 1];
    const start = index === 0 ? common : previous === undefined ? [] : [back(previous)];
    return link === undefined ? start : [...start, forth(link)];
  });
}

function forth(link: Link): Leg {
  return { link: linkKey(link), back: false };
}

function back(link: Link): Leg {
  return { link: linkKey(link), back: true };
}

/** From the one that nothing leads to, as far as it goes. */
function chain(links: readonly Link[]): readonly Link[] {
  const reached = new Set(links.map(({ to }) => to));
  const found: Link[] = [];
  let next = links.find(({ from }) => !reached.has(from));
  while (next !== undefined && !found.includes(next)) {
    const { to } = next;
    found.push(next);
    next = links.find(({ from }) => from === to);
  }
  return found;
}

/** A lit one where there is one. */
function lastLink(links: readonly Link[], card: string): Link | undefined {
  const into = links.filter(({ to }) => to === card);
  return into.find(({ lit }) => lit) ?? into[0];
}
