import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { components } from './components.ts';

it('groups what is connected, in the order given', () => {
  const items = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
  const ids = components(items, [
    ['d', 'a'],
    ['b', 'nobody'],
  ]).map((group) => group.map(({ id }) => id));
  expect(ids).toEqual([['a', 'd'], ['b'], ['c']]);
});

it('has two items in one group exactly where a way leads from one to the other', () => {
  const pairs = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 12 });
  fc.assert(
    fc.property(pairs, (links) => {
      const items = Array.from({ length: 10 }, (_, index) => ({ id: String(index) }));
      const groups = components(
        items,
        links.map(([a, b]) => [String(a), String(b)]),
      );
      for (const { id } of items) {
        const reached = new Set([Number(id)]);
        for (let size = 0; size !== reached.size;) {
          size = reached.size;
          for (const [a, b] of links) if (reached.has(a) || reached.has(b)) reached.add(a).add(b);
        }
        const group = groups.find((each) => each.some((item) => item.id === id)) ?? [];
        expect(group.map((item) => Number(item.id))).toEqual(
          [...reached].toSorted((a, b) => a - b),
        );
      }
    }),
  );
});
