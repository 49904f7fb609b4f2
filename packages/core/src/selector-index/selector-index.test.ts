import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseSelector } from '../selector/parse-selector.ts';
import type { Requirement, Selector } from '../selector/selector.ts';
import { matchesSelector } from '../selector/selector.ts';
import { SelectorIndex } from './selector-index.ts';

const labelKey = fc.constantFrom('a', 'b', 'c', '__proto__');
const labelValue = fc.constantFrom('', '1', '2');
const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({
    key: labelKey,
    operator: fc.constantFrom('In', 'In', 'NotIn'),
    values: fc.array(labelValue, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    key: labelKey,
    operator: fc.constantFrom('Exists', 'DoesNotExist'),
    values: fc.constant([]),
  }),
  fc.record({
    key: labelKey,
    operator: fc.constantFrom('Gt', 'Lt'),
    values: fc.constant(['1']),
  }),
  fc.record({
    key: labelKey,
    operator: fc.constant('In'),
    values: fc.constant(Array.from({ length: 20 }, (_, index) => `${index + 1}`)),
  }),
);
/** Null takes the key's selector away. */
const change = fc.tuple(
  fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5'),
  fc.option(fc.array(requirement, { maxLength: 4 })),
);
const podLabels = fc
  .uniqueArray(fc.tuple(labelKey, labelValue), { selector: ([key]) => key })
  .map((entries) => Object.fromEntries(entries));

function indexOf(selectors: Readonly<Record<string, string>>): SelectorIndex<string> {
  const index = new SelectorIndex<string>();
  for (const [key, text] of Object.entries(selectors)) index.set(key, parseSelector(text));
  return index;
}

describe('an index of selectors', () => {
  it('finds the keys of those that match, in ascending order', () => {
    const index = indexOf({
      'shop/web': 'app=shop,tier=web',
      'shop/all': 'app=shop',
      'shop/api': 'app=shop,tier=api',
      'shop/any': 'tier',
      'shop/not': 'tier!=api',
      'shop/two': 'tier in (api,web)',
      'shop/old': 'version<3',
    });
    expect(index.matching({ app: 'shop', tier: 'web', version: '2' })).toEqual([
      'shop/all',
      'shop/any',
      'shop/not',
      'shop/old',
      'shop/two',
      'shop/web',
    ]);
    expect(index.matching({ app: 'cart' })).toEqual(['shop/not']);
  });

  it('replaces the selector of a key', () => {
    const index = indexOf({ a: 'app=shop' });
    index.set('a', parseSelector('app=cart'));
    expect(index.matching({ app: 'shop' })).toEqual([]);
    expect(index.matching({ app: 'cart' })).toEqual(['a']);
  });

  it('forgets a key, and says whether there was one', () => {
    const index = indexOf({ a: 'app=shop', b: 'app=shop' });
    expect([index.delete('a'), index.delete('a')]).toEqual([true, false]);
    expect(index.matching({ app: 'shop' })).toEqual(['b']);
  });

  it('answers as trying every selector would, through any changes', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 12 }),
        fc.array(podLabels, { minLength: 1, maxLength: 4 }),
        (changes, pods) => {
          const index = new SelectorIndex<string>();
          const naive = new Map<string, Selector>();
          for (const [key, selector] of changes) {
            if (selector === null) {
              index.delete(key);
              naive.delete(key);
            } else {
              index.set(key, selector);
              naive.set(key, selector);
            }
          }
          for (const pod of pods) {
            expect(index.matching(pod)).toEqual(
              [...naive]
                .filter(([, selector]) => matchesSelector(selector, pod))
                .map(([key]) => key)
                .toSorted(),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
