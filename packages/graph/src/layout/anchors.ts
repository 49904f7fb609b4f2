import type { GraphEdge } from '../graph/graph.ts';
import { portAnchor, type Card } from './card.ts';
import { arrivalAt, rowMiddle } from './metrics.ts';

/** Where an edge meets a card. */
export interface Spot {
  readonly card: string;
  /** From the top of the card. */
  readonly below: number;
}

/** Finds where edges meet the cards, as their rows stand now. */
export function spotFinder(
  cards: readonly Card[],
): (node: string, port?: string) => Spot | undefined {
  const spots = new Map<string, Spot>();
  for (const card of cards) {
    spots.set(card.id, { card: card.id, below: arrivalAt(card) });
    for (const [index, { anchor }] of card.rows.entries()) {
      if (anchor !== undefined) spots.set(anchor, { card: card.id, below: rowMiddle(index) });
    }
  }
  return (node, port) =>
    (port === undefined ? undefined : spots.get(portAnchor(node, { id: port }))) ?? spots.get(node);
}

/** Both ends of an edge. */
export interface Link {
  readonly from: Spot;
  readonly to: Spot;
}

/** The edges that have both of their ends on these cards. */
export function linksOf(cards: readonly Card[], edges: readonly GraphEdge[]): readonly Link[] {
  const spotOf = spotFinder(cards);
  return edges.flatMap((edge) => {
    const from = spotOf(edge.from, edge.port);
    const to = spotOf(edge.to, edge.port);
    return from && to ? [{ from, to }] : [];
  });
}
