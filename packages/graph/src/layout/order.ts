import type { GraphEdge } from '../graph/graph.ts';
import { linksOf, spotFinder, type Link, type Spot } from './anchors.ts';
import type { Card, Row } from './card.ts';
import { cardHeight } from './metrics.ts';

/** The cards of each column, from above. */
export interface Columns {
  readonly left: readonly Card[];
  readonly middle: readonly Card[];
  readonly right: readonly Card[];
}

const ROUNDS = 3;

/**
 * Orders the cards of each column, and the rules of each Ingress, so that few edges cross: each stands about as high as what
 * it is connected with does on average (the barycentre method). What that leaves open stays in the order given.
 */
export function orderCards(cards: readonly Card[], edges: readonly GraphEdge[]): Columns {
  const inColumn = (column: Card['column']): readonly Card[] =>
    cards.filter((card) => card.column === column);
  let columns: Columns = { left: inColumn(0), middle: inColumn(1), right: inColumn(2) };
  for (let round = 0; round < ROUNDS; round += 1) columns = improve(columns, edges);
  return columns;
}

function improve({ left, middle, right }: Columns, edges: readonly GraphEdge[]): Columns {
  const links = linksOf([...left, ...middle, ...right], edges);
  const inFlow = byBarycentre(middle, links, stack(left));
  const answerers = byBarycentre(right, links, stack(inFlow));
  const services = byBarycentre(inFlow, links, new Map([...stack(left), ...stack(answerers)]));
  const tops = stack(services);
  const targets = targetsOf(services, edges);
  const sources = left.map((card) => ({ ...card, rows: sortRows(card.rows, targets, tops) }));
  return {
    left: byBarycentre(sources, linksOf([...sources, ...services], edges), tops),
    middle: services,
    right: byBarycentre(answerers, links, tops),
  };
}

/** By the id of a card. */
type Tops = ReadonlyMap<string, number>;

/** The tops of cards that stand one right below the other. */
function stack(cards: readonly Card[]): Tops {
  const tops = new Map<string, number>();
  let top = 0;
  for (const card of cards) {
    tops.set(card.id, top);
    top += cardHeight(card);
  }
  return tops;
}

/** @param tops Of the cards that these are to stand level with. */
function byBarycentre(cards: readonly Card[], links: readonly Link[], tops: Tops): readonly Card[] {
  const heights = new Map<string, number[]>();
  const meet = ({ card }: Spot, other: Spot): void => {
    const top = tops.get(other.card);
    if (top === undefined) return;
    const known = heights.get(card);
    if (known === undefined) heights.set(card, [top + other.below]);
    else known.push(top + other.below);
  };
  for (const { from, to } of links) {
    meet(from, to);
    meet(to, from);
  }
  const own = stack(cards);
  return sortBy(cards, ({ id }) => mean(heights.get(id) ?? []) ?? own.get(id) ?? 0);
}

/** Where the edges of each rule and frontend lead to. */
function targetsOf(
  services: readonly Card[],
  edges: readonly GraphEdge[],
): ReadonlyMap<string, readonly Spot[]> {
  const spotOf = spotFinder(services);
  const targets = new Map<string, Spot[]>();
  for (const { from, to, port } of edges) {
    const spot = spotOf(to, port);
    if (spot === undefined) continue;
    const known = targets.get(from);
    if (known === undefined) targets.set(from, [spot]);
    else known.push(spot);
  }
  return targets;
}

/** The paths of each host, and the hosts; a default backend stays the last. */
function sortRows(
  rows: readonly Row[],
  targets: ReadonlyMap<string, readonly Spot[]>,
  tops: Tops,
): readonly Row[] {
  const heightOf = ({ anchor }: Row): number | undefined =>
    mean((targets.get(anchor ?? '') ?? []).map(({ card, below }) => (tops.get(card) ?? 0) + below));
  const hosts: Row[][] = [];
  for (const row of rows) {
    const host = hosts.at(-1);
    if (host === undefined || row.style === 'host') hosts.push([row]);
    else host.push(row);
  }
  const isDefault = ([first]: readonly Row[]): boolean =>
    first?.style === 'host' && first.anchor !== undefined;
  const sorted = hosts
    .filter((host) => !isDefault(host))
    .map((host) => {
      const heads = host.filter(({ style }) => style === 'host');
      const others = host.filter(({ style }) => style !== 'host');
      return [...heads, ...sortBy(others, (row) => heightOf(row) ?? 0)];
    });
  return [
    ...sortBy(sorted, (host) => mean(host.flatMap((row) => heightOf(row) ?? [])) ?? 0),
    ...hosts.filter(isDefault),
  ].flat();
}

function mean(numbers: readonly number[]): number | undefined {
  if (numbers.length === 0) return undefined;
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** Equal ones stay as they are. */
function sortBy<Item>(items: readonly Item[], keyOf: (item: Item) => number): readonly Item[] {
  return items
    .map((item) => ({ item, key: keyOf(item) }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
