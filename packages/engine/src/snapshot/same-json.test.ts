import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isSameJSON } from './same-json.ts';

/** Few and small, so that two are often the same. */
const values = fc.jsonValue({ maxDepth: 2, stringUnit: fc.constantFrom('a', 'b') });

describe('what is the same JSON', () => {
  it('has the same text', () => {
    fc.assert(
      fc.property(values, values, (one, other) => {
        // A text has no negative zero.
        const [first, second] = [one, other].map((each) => JSON.stringify(each));
        expect(isSameJSON(JSON.parse(first ?? ''), JSON.parse(second ?? ''))).toBe(
          first === second,
        );
        expect(isSameJSON(one, structuredClone(one))).toBe(true);
      }),
    );
  });

  it.each<[string, unknown, unknown]>([
    ['members in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['a list and a record', [1], { 0: 1 }],
    ['a member more', { a: 1 }, { a: 1, b: null }],
    ['null and a record', null, {}],
    ['a number and its text', 1, '1'],
  ])('is not %s', (_, one, other) => {
    expect(isSameJSON(one, other)).toBe(false);
    expect(isSameJSON(other, one)).toBe(false);
  });
});
