import { compareText } from '@portolan/core';

import type { Graph, GraphEdge } from '../graph/graph.ts';
import { linksOf, spotFinder } from './anchors.ts';
import type { Card } from './card.ts';
import { cardsOf } from './cards.ts';
import { components } from './components.ts';
import {
  BAND_HEADING,
  BAND_PADDING,
  cardHeight,
  COLUMN_HEADING,
  columnWidth,
  GAP,
  GUTTER,
  MARGIN,
} from './metrics.ts';
import { orderCards } from './order.ts';
import { placeCards } from './place.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedCard extends Box {
  readonly card: Card;
}

/** A namespace, as a box around all that is in it. */
export interface Band extends Box {
  readonly namespace: string;
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
}

/** Where everything stands; in user units, from the top left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly { readonly title: string; readonly x: number }[];
  readonly bands: readonly Band[];
  readonly cards: readonly PlacedCard[];
  readonly edges: readonly PlacedEdge[];
}

const COLUMNS: readonly [Card['column'], string][] = [
  [0, 'Requests'],
  [1, 'Services'],
  [2, 'Endpoints'],
];

/**
 * Places the drawing: a band for each namespace, in it what hangs together one below the other, and in that three columns
 * from left to right.
 */
export function layOut(graph: Graph): Layout {
  const cards = cardsOf(graph);
  const columns = columnsOf(cards);
  const byNamespace = Map.groupBy(cards, ({ namespace }) => namespace);
  const byFrom = Map.groupBy(graph.edges, ({ from }) => from);
  const width = Math.max(0, ...columns.map(({ x, width: own }) => x + own)) + BAND_PADDING + MARGIN;

  const bands: Band[] = [];
  const placed: PlacedCard[] = [];
  let y = MARGIN + COLUMN_HEADING;
  for (const [namespace, within] of [...byNamespace].toSorted(([a], [b]) => compareText(a, b))) {
    const top = y;
    y += namespace === '' ? BAND_PADDING : BAND_HEADING;
    const edges = within.flatMap((card) => edgesFrom(card, byFrom));
    for (const group of groupsOf(within, edges)) {
      const groupEdges = group.flatMap((card) => edgesFrom(card, byFrom));
      const ordered = orderCards(group, groupEdges);
      const all = [...ordered.left, ...ordered.middle, ...ordered.right];
      const tops = placeCards(ordered, linksOf(all, groupEdges));
      const boxes = all.map((card): PlacedCard => {
        const { x = 0, width: cardWidth = 0 } =
          columns.find((each) => each.column === card.column) ?? {};
        const height = cardHeight(card);
        return { card, x, y: y + (tops.get(card.id) ?? 0), width: cardWidth, height };
      });
      for (const box of boxes) placed.push(box);
      y = boxes.reduce((bottom, box) => Math.max(bottom, box.y + box.height), y) + GAP;
    }
    y += BAND_PADDING - GAP;
    bands.push({ namespace, x: MARGIN, y: top, width: width - 2 * MARGIN, height: y - top });
    y += GAP;
  }
  return {
    width,
    height: Math.max(y - GAP, 0) + MARGIN,
    columns,
    bands,
    cards: placed,
    edges: placeEdges(placed, graph.edges),
  };
}

function columnsOf(cards: readonly Card[]): readonly {
  readonly column: Card['column'];
  readonly title: string;
  readonly x: number;
  readonly width: number;
}[] {
  let x = MARGIN + BAND_PADDING;
  return COLUMNS.flatMap(([column, title]) => {
    if (cards.every((card) => card.column !== column)) return [];
    const width = columnWidth(cards, column);
    const placed = { column, title, x, width };
    x += width + GUTTER;
    return [placed];
  });
}

/** The edges that begin at a card, at its heading or at one of its rows. */
function edgesFrom(
  { id, rows }: Card,
  byFrom: ReadonlyMap<string, readonly GraphEdge[]>,
): readonly GraphEdge[] {
  return [id, ...rows.flatMap(({ anchor }) => anchor ?? [])].flatMap(
    (from) => byFrom.get(from) ?? [],
  );
}

/** What hangs together; what requests come in at before what they don't. */
function groupsOf(
  cards: readonly Card[],
  edges: readonly GraphEdge[],
): readonly (readonly Card[])[] {
  const pairs = linksOf(cards, edges).map(({ from, to }) => [from.card, to.card] as const);
  const groups = components(cards, pairs);
  const isEntered = (group: readonly Card[]): boolean => group.some(({ column }) => column === 0);
  return [...groups.filter(isEntered), ...groups.filter((group) => !isEntered(group))];
}

function placeEdges(
  placed: readonly PlacedCard[],
  edges: readonly GraphEdge[],
): readonly PlacedEdge[] {
  const boxes = new Map(placed.map((box) => [box.card.id, box]));
  const spotOf = spotFinder(placed.map(({ card }) => card));
  return edges.flatMap((edge) => {
    const [start, end] = [spotOf(edge.from, edge.port), spotOf(edge.to, edge.port)];
    const from = boxes.get(start?.card ?? '');
    const to = boxes.get(end?.card ?? '');
    if (!from || !to || !start || !end) return [];
    return [
      {
        edge,
        from: { x: from.x + from.width, y: from.y + start.below },
        to: { x: to.x, y: to.y + end.below },
      },
    ];
  });
}
