import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Backends } from '../route/route.ts';
import { pickBackend } from './backend.ts';

function weighted(...weights: readonly number[]): Backends {
  return weights.map((weight, index) => ({
    group: '',
    kind: 'Service',
    namespace: 'default',
    name: `s${index}`,
    weight,
  }));
}

describe('pickBackend', () => {
  it('shares by weight', () => {
    const counts = new Map<string | undefined, number>();
    for (let index = 0; index < 100; index++) {
      const name = pickBackend(weighted(1, 0, 3), index / 100)?.name;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({ s0: 25, s2: 75 });
  });

  it('picks none where there is none, or only such of weight 0', () => {
    expect(pickBackend([], 0)).toBeUndefined();
    expect(pickBackend(weighted(0, 0), 0.5)).toBeUndefined();
  });

  it('always picks one of a weight greater than 0 where there is one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (weights, unit) => {
          const picked = pickBackend(weighted(0, ...weights, 0), unit);
          expect((picked?.weight ?? 0) > 0).toBe(weights.some((weight) => weight > 0));
        },
      ),
      { numRuns: 200 },
    );
  });
});
