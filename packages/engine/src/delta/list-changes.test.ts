import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { listChanges, newPlaces, withListChanges } from './list-changes.ts';

const lists = fc.array(fc.nat({ max: 9 }).map((number) => ({ number })));

describe('the changes of a list', () => {
  it('make the later list of the earlier one, whichever they are', () => {
    fc.assert(
      fc.property(lists, lists, (from, to) => {
        expect(withListChanges(from, listChanges(from, to))).toEqual(to);
      }),
    );
  });

  it.each([
    [2, 2],
    [4, 1],
  ])('are refused by a list without the rows they keep: %d, %d', (first, count) => {
    expect(() => withListChanges(['a', 'b', 'c'], [{ kept: [first, count] }])).toThrow(RangeError);
  });

  it('say where a row that is there once has gone', () => {
    const sets = fc.uniqueArray(fc.nat({ max: 20 }));
    fc.assert(
      fc.property(sets, sets, (from, to) => {
        const placeOf = newPlaces(from.length, listChanges(from, to));
        expect(from.map((_, place) => placeOf(place))).toEqual(from.map((row) => to.indexOf(row)));
      }),
    );
  });

  it.each<[string, readonly string[], unknown]>([
    ['nothing', ['a', 'b', 'c'], undefined],
    ['one put between', ['a', 'x', 'b', 'c'], [{ kept: [0, 1] }, { put: ['x'] }, { kept: [1, 2] }]],
    ['one changed', ['a', 'x', 'c'], [{ kept: [0, 1] }, { put: ['x'] }, { kept: [2, 1] }]],
    ['one gone', ['a', 'c'], [{ kept: [0, 1] }, { kept: [2, 1] }]],
    [
      'one moved, and two put',
      ['c', 'x', 'y', 'a', 'b'],
      [{ kept: [2, 1] }, { put: ['x', 'y'] }, { kept: [0, 2] }],
    ],
    ['all gone', [], []],
  ])('are as few runs as tell of %s', (_, to, changes) => {
    expect(listChanges(['a', 'b', 'c'], to)).toEqual(changes);
  });
});
