import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { graphs } from '../../test/arbitrary.ts';
import { deployment, draw, ingress, service } from '../../test/manifests.ts';
import { layOut, type Layout, type PlacedCard } from './layout.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

function column(layout: Layout, wanted: number): readonly string[] {
  return layout.cards
    .filter(({ card }) => card.column === wanted)
    .toSorted((a, b) => a.y - b.y)
    .map(({ card }) => card.title);
}

/** How many pairs of edges cross between two columns. */
function crossings({ edges }: Layout): number {
  let count = 0;
  for (const a of edges) {
    for (const b of edges) {
      if (a.from.x === b.from.x && a.from.y < b.from.y && a.to.y > b.to.y) count += 1;
    }
  }
  return count;
}

function overlaps(a: PlacedCard, b: PlacedCard): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('a layout', () => {
  it('has requests, Services and Pods from left to right', () => {
    const graph = draw([ingress('web', 'a.example', [['/', 'a']]), service('a'), deployment('a')]);
    const { columns, cards, edges } = layOut(graph);
    expect(columns.map(({ title }) => title)).toEqual(['Requests', 'Services', 'Endpoints']);
    expect(cards.toSorted((a, b) => a.x - b.x).map(({ card }) => card.icon)).toEqual([
      'Rule',
      'Service',
      'Pods',
    ]);
    for (const { from, to } of edges) expect(from.x).toBeLessThan(to.x);
  });

  it('leaves out a column that nothing stands in', () => {
    expect(layOut(draw([service('a'), deployment('a')])).columns.map(({ title }) => title)).toEqual(
      ['Services', 'Endpoints'],
    );
  });

  it('draws a single way straight', () => {
    const graph = draw([service('a'), deployment('a')]);
    const [edge] = layOut(graph).edges;
    expect(edge?.from.y).toBe(edge?.to.y);
  });

  it('orders rules and cards so that nothing crosses, where that can be', () => {
    const permutation = fc.shuffledSubarray(NAMES, { minLength: NAMES.length });
    fc.assert(
      fc.property(permutation, (names) => {
        const paths = names.map((name, index) => [`/${NAMES[index]}`, name] as const);
        const graph = draw([
          ingress('web', 'a.example', paths),
          ...NAMES.flatMap((name) => [service(name), deployment(name)]),
        ]);
        const layout = layOut(graph);
        expect(crossings(layout)).toBe(0);
        expect(column(layout, 1)).toEqual(column(layout, 2));
      }),
      { numRuns: 20 },
    );
  });

  it('puts each namespace into a band of its own', () => {
    const shop = [service('a'), deployment('a')];
    const other = shop.map((text) => text.replaceAll('namespace: shop', 'namespace: other'));
    const { bands, cards } = layOut(draw([...shop, ...other]));
    expect(bands.map(({ namespace }) => namespace)).toEqual(['other', 'shop']);
    for (const { card, y, height } of cards) {
      const band = bands.find(({ namespace }) => namespace === card.namespace);
      expect(y).toBeGreaterThan(band?.y ?? Infinity);
      expect(y + height).toBeLessThan((band?.y ?? 0) + (band?.height ?? 0));
    }
  });

  it('has no card on another or outside, whatever is drawn', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const layout = layOut(graph);
        for (const [index, card] of layout.cards.entries()) {
          expect(layout.cards.slice(index + 1).some((other) => overlaps(card, other))).toBe(false);
          expect(card.x).toBeGreaterThan(0);
          expect(card.y).toBeGreaterThan(0);
          expect(card.x + card.width).toBeLessThan(layout.width);
          expect(card.y + card.height).toBeLessThan(layout.height);
        }
        expect(layout.edges.length).toBeLessThanOrEqual(graph.edges.length);
      }),
    );
  });
});
