import type { Link, Spot } from './anchors.ts';
import type { Card } from './card.ts';
import { cardHeight, GAP } from './metrics.ts';
import type { Columns } from './order.ts';
import { spread } from './spread.ts';

/** Tops of cards, by their ids; the least is 0. */
export type Tops = ReadonlyMap<string, number>;

/** Moves the cards of each column as near as can be to the height of what they are connected with. */
export function placeCards({ left, middle, right }: Columns, links: readonly Link[]): Tops {
  const wishesOf = wishFinder(links);
  const place = (cards: readonly Card[], around: Tops): Tops => {
    const tops = spread(
      cards.map((card) => ({ height: cardHeight(card), ...wishesOf(card, around) })),
      GAP,
    );
    return new Map(cards.map(({ id }, index) => [id, tops[index] ?? 0]));
  };
  let services = place(middle, new Map());
  let sources = place(left, services);
  let answerers = place(right, services);
  services = place(middle, new Map([...sources, ...answerers]));
  sources = place(left, services);
  answerers = place(right, services);
  const all = [...sources, ...services, ...answerers];
  const least = all.reduce((lowest, [, top]) => Math.min(lowest, top), Infinity);
  return new Map(all.map(([id, top]) => [id, Math.round(top - least)]));
}

function wishFinder(
  links: readonly Link[],
): (card: Card, around: Tops) => { readonly top?: number } {
  const ends = new Map<string, { readonly own: Spot; readonly other: Spot }[]>();
  const add = (own: Spot, other: Spot): void => {
    const known = ends.get(own.card);
    if (known === undefined) ends.set(own.card, [{ own, other }]);
    else known.push({ own, other });
  };
  for (const { from, to } of links) {
    add(from, to);
    add(to, from);
  }
  return ({ id }, around) => {
    // Level with the other end of the edge.
    const wishes = (ends.get(id) ?? []).flatMap(({ own, other }) => {
      const top = around.get(other.card);
      return top === undefined ? [] : top + other.below - own.below;
    });
    if (wishes.length === 0) return {};
    return { top: wishes.reduce((sum, wish) => sum + wish, 0) / wishes.length };
  };
}
