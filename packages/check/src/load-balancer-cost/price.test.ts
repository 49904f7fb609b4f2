import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { costOf, withPrices, type Price } from './price.ts';

const each: Price = { name: 'Each', monthly: 0.0225 * 730, currency: 'USD' };
const tiered: Price = { ...each, name: 'Tiered', monthly: 18.25, included: 5, additional: 7.3 };

describe('a price', () => {
  it('is paid for each, and a sum is rounded once', () => {
    expect([0, 1, 2, 5].map((units) => costOf(each, units))).toEqual([0, 16.43, 32.85, 82.13]);
  });

  it('may be for the first few together', () => {
    expect([0, 1, 5, 6, 8].map((units) => costOf(tiered, units))).toEqual([
      0, 18.25, 18.25, 25.55, 40.15,
    ]);
  });

  it('never falls with the number, and none is less than nothing', () => {
    const price = fc.record({
      monthly: fc.integer({ min: 0, max: 100_000 }).map((cents) => cents / 100),
      included: fc.integer({ min: 1, max: 9 }),
      additional: fc.integer({ min: 0, max: 100_000 }).map((cents) => cents / 100),
    });
    fc.assert(
      fc.property(price, fc.nat(20), (given, units) => {
        const cost = costOf({ ...each, ...given }, units);
        expect(cost).toBeGreaterThanOrEqual(0);
        expect(costOf({ ...each, ...given }, units + 1)).toBeGreaterThanOrEqual(cost);
      }),
    );
  });
});

describe("prices of somebody's own", () => {
  it('take the place of those of the same name, whole, and others are added', () => {
    const own = { name: 'tiered', monthly: 1, currency: 'EUR' };
    const added = { name: 'Mine', monthly: 2, currency: 'EUR' };
    expect(withPrices([each, tiered], [own, added])).toEqual([each, own, added]);
  });

  it('are not two of the same name', () => {
    const again = { ...each, name: 'EACH' };
    expect(() => withPrices([], [each, tiered, again])).toThrow('there are two prices of Each');
  });
});
