import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { areSimilar, similarNames } from './similar-name.ts';

describe('names that may have been meant', () => {
  it.each([
    ['cart', 'crat', 'two letters swapped'],
    ['cart', 'carts', 'one letter too many'],
    ['cart', 'car', 'one letter too few'],
    ['cart', 'card', 'one letter wrong'],
    ['cart', 'cart-svc', 'a usual ending'],
    ['cart-service', 'cart', 'the usual ending left out'],
    ['cart-service', 'cart-svc', 'another ending'],
  ])('%s for %s: %s', (name, written) => {
    expect(similarNames([name, 'something-else']).to(written)).toEqual([name]);
  });

  it.each([
    ['cart', 'cart'],
    ['cart', 'trac'],
    ['cart', 'ca'],
    ['web', 'api'],
    ['db', 'dc'],
  ])('not %s for %s', (name, written) => {
    expect(similarNames([name]).to(written)).toEqual([]);
  });

  it('at most three of them, in order', () => {
    expect(similarNames(['app-4', 'app-2', 'app-1', 'app-3']).to('app-0')).toEqual([
      'app-1',
      'app-2',
      'app-3',
    ]);
  });

  it('are found alike one by one and among many', () => {
    const name = string({ unit: constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 });
    assert(
      property(name, array(name, { maxLength: 4 }), (written, names) => {
        const alike = [...new Set(names)].filter((each) => areSimilar(each, written)).toSorted();
        expect(similarNames(names).to(written)).toEqual(alike.slice(0, 3));
      }),
      { numRuns: 1000 },
    );
  });
});
