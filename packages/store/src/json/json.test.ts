import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { freeze, frozenCopy } from './frozen-copy.ts';
import { sameJSON } from './same-json.ts';

/** Values whose fields may be `undefined`, or called what objects have already. */
const value = fc.object({
  key: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'a', 'b'), fc.string()),
  values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined)],
  maxDepth: 3,
});

/** With the keys of every object the other way round, the naive way. */
function reversed(item: unknown): unknown {
  if (Array.isArray(item)) return item.map(reversed);
  if (typeof item !== 'object' || item === null) return item;
  return Object.fromEntries(
    Object.entries(item)
      .toReversed()
      .map(([key, each]) => [key, reversed(each)]),
  );
}

describe('the equality of JSON values', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(value, (item) => {
        expect(sameJSON(item, reversed(item))).toBe(true);
      }),
    );
  });

  it('is that of their text, once keys are in one order', () => {
    const text = (item: unknown): string =>
      JSON.stringify(item, (_, each: unknown) =>
        typeof each === 'object' && each !== null && !Array.isArray(each)
          ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
          : each,
      );
    const small = fc.jsonValue({ maxDepth: 2 }).filter((item) => !Object.is(item, -0));
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(sameJSON(a, b)).toBe(text(a) === text(b));
        expect(sameJSON([a, { b }], [a, { b }])).toBe(true);
      }),
    );
  });

  it('tells a list from an object, and null from nothing', () => {
    expect(sameJSON([], {})).toBe(false);
    expect(sameJSON({ a: null }, {})).toBe(false);
    expect(sameJSON({ a: undefined }, {})).toBe(true);
    expect(sameJSON({ toString: undefined, a: 1 }, { a: 1 })).toBe(true);
    expect(sameJSON([undefined], [])).toBe(false);
    expect(sameJSON([undefined], [null])).toBe(true);
  });
});

describe('a frozen copy', () => {
  it('is equal, shares nothing, and can’t be changed anywhere', () => {
    fc.assert(
      fc.property(value, (item) => {
        const copy = frozenCopy(item);
        expect(sameJSON(copy, JSON.parse(JSON.stringify(item)))).toBe(true);
        expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
        expectFrozen(copy);
      }),
    );
    const nested = { list: [{ a: 1 }] };
    const copy = frozenCopy(nested);
    nested.list.push({ a: 2 });
    expect(copy).toEqual({ list: [{ a: 1 }] });
    expect(Object.isFrozen(nested)).toBe(false);
  });

  it('is equal too where it may share what was there before', () => {
    fc.assert(
      fc.property(value, value, (before, item) => {
        const copy = frozenCopy(item, frozenCopy(before));
        expect(sameJSON(copy, JSON.parse(JSON.stringify(item)))).toBe(true);
        expectFrozen(copy);
        expect(frozenCopy(item, copy)).toBe(copy);
      }),
      // Beside an empty list, one whose only item is nothing.
      { examples: [[{}, { a: [[], [undefined]] }]] },
    );
  });

  it('shares all that is as it was, beside an item that came, went or changed', () => {
    const endpoint = (name: string, ready = true): object => ({ name, conditions: { ready } });
    const before = frozenCopy({
      labels: { a: 'b' },
      list: ['a', 'b', 'c', 'd'].map((name) => endpoint(name)),
    });
    const [a, b, c, d] = before.list;
    const after = (...list: readonly object[]): readonly unknown[] =>
      frozenCopy({ labels: { a: 'b' }, list }, before).list;
    const made = {
      went: after(endpoint('a'), endpoint('c'), endpoint('d')),
      came: after(endpoint('a'), endpoint('new'), endpoint('b'), endpoint('c'), endpoint('d')),
      changed: after(endpoint('a'), endpoint('b', false), endpoint('c'), endpoint('d')),
    };
    const shared = (list: readonly unknown[]): readonly number[] =>
      list.map((item) => [a, b, c, d].findIndex((each) => each === item));
    expect(shared(made.went)).toEqual([0, 2, 3]);
    expect(shared(made.came)).toEqual([0, -1, 1, 2, 3]);
    expect(shared(made.changed)).toEqual([0, -1, 2, 3]);
    expect(frozenCopy({ ...before, more: 1 }, before).labels).toBe(before.labels);
  });

  it('is what `freeze` makes without a copy', () => {
    const nested = { list: [{ a: 1 }] };
    expect(freeze(nested)).toBe(nested);
    expectFrozen(nested);
  });
});

function expectFrozen(item: unknown): void {
  if (typeof item !== 'object' || item === null) return;
  expect(Object.isFrozen(item)).toBe(true);
  for (const each of Object.values(item)) expectFrozen(each);
}
