import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findFree } from './find-free.ts';
import { portPool } from './port-pool.ts';

describe('finding a free value', () => {
  const range = fc
    .tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 60 }))
    .map(([first, size]) => portPool('ports', first, first + size - 1));

  it('gives every value of the pool once, and then none', () => {
    fc.assert(
      fc.property(range, fc.string(), (pool, key) => {
        const taken = new Set<string>();
        for (let count = 0; count < pool.size; count += 1) {
          const value = findFree(pool, taken, `${key} ${count}`) ?? '';
          expect(taken).not.toContain(value);
          expect(pool.canonical(value)).toBe(value);
          taken.add(value);
        }
        expect(findFree(pool, taken, key)).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it('goes to the static band only when all else is taken', () => {
    const pool = portPool('ports', 1, 40);
    const dynamic = Array.from({ length: 24 }, (_, index) => String(17 + index));
    for (const key of ['a', 'b', 'c', 'd']) {
      expect(Number(findFree(pool, new Set(), key))).toBeGreaterThan(16);
      expect(Number(findFree(pool, new Set(dynamic.slice(1)), key))).toBe(17);
      expect(Number(findFree(pool, new Set(dynamic), key))).toBeLessThanOrEqual(16);
    }
  });
});
