import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { spread, type Wish } from './spread.ts';

const GAP = 10;

const wishes = fc.array(
  fc.record({ height: fc.integer({ min: 1, max: 50 }), top: fc.integer({ min: -200, max: 200 }) }),
  {
    minLength: 1,
    maxLength: 8,
  },
);

function cost(tops: readonly number[], wanted: readonly Wish[]): number {
  return tops.reduce((sum, top, index) => sum + (top - (wanted[index]?.top ?? top)) ** 2, 0);
}

function overlap(tops: readonly number[], wanted: readonly Wish[]): boolean {
  return tops.some((top, index) => {
    const above =
      index === 0 ? -Infinity : (tops[index - 1] ?? 0) + (wanted[index - 1]?.height ?? 0) + GAP;
    return top < above - 1e-9;
  });
}

describe('things that stand one below the other', () => {
  it('stand where they wish to, where there is room', () => {
    const tops = spread(
      [
        { height: 5, top: 0 },
        { height: 5, top: 100 },
      ],
      GAP,
    );
    expect(tops).toEqual([0, 100]);
  });

  it('share the way where there is none', () => {
    expect(
      spread(
        [
          { height: 10, top: 0 },
          { height: 10, top: 0 },
        ],
        GAP,
      ),
    ).toEqual([-10, 10]);
  });

  it('follow what is above them where they have no wish', () => {
    expect(spread([{ height: 10, top: 40 }, { height: 10 }, { height: 10 }], GAP)).toEqual([
      40, 60, 80,
    ]);
    expect(spread([{ height: 10 }, { height: 10 }], GAP)).toEqual([0, 20]);
  });

  it('never come closer than the gap', () => {
    fc.assert(
      fc.property(wishes, (wanted) => {
        expect(overlap(spread(wanted, GAP), wanted)).toBe(false);
      }),
    );
  });

  it('can’t be moved any nearer to their wishes', () => {
    fc.assert(
      fc.property(wishes, fc.array(fc.integer({ min: -20, max: 20 })), (wanted, moves) => {
        const tops = spread(wanted, GAP);
        const moved = tops.map((top, index) => top + (moves[index] ?? 0));
        fc.pre(!overlap(moved, wanted));
        expect(cost(moved, wanted)).toBeGreaterThanOrEqual(cost(tops, wanted) - 1e-6);
      }),
      { numRuns: 1000 },
    );
  });
});
