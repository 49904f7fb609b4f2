import { describe, expect, it } from 'vitest';

import { maglevTable, tableSize } from './maglev-table.ts';

function countsOf(weights: readonly number[]): readonly number[] {
  const names = weights.map((_, index) => `10.0.${index >> 8}.${index & 255}:80`);
  const counts = weights.map(() => 0);
  for (const index of maglevTable({ names, weights })) counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) {
    if (number % divisor === 0) return false;
  }
  return true;
}

describe('a Maglev table', () => {
  it.each([1, 512, 513, 4096])(
    'for %i endpoints has a prime size, 31 for each or more',
    (count) => {
      expect(isPrime(tableSize(count))).toBe(true);
      expect(tableSize(count) / count).toBeGreaterThan(31);
    },
  );

  it.each([1, 2, 10, 512, 1000])('has as many entries for each of %i alike endpoints', (count) => {
    const counts = countsOf(Array.from({ length: count }, () => 1));
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    expect(counts.reduce((a, b) => a + b)).toBe(tableSize(count));
  });

  it('is the same whatever the order of the endpoints', () => {
    const names = Array.from({ length: 50 }, (_, index) => `10.0.0.${index}:80`);
    const weights = names.map((_, index) => 1 + (index % 3));
    const table = maglevTable({ names, weights });
    const reversed = maglevTable({ names: names.toReversed(), weights: weights.toReversed() });
    expect(reversed.map((index) => 49 - index)).toEqual(table);
  });

  it('has entries for each endpoint by its weight', () => {
    const weights = [1, 10, 100, 250, 1000, 639];
    for (const [index, count] of countsOf(weights).entries()) {
      expect(Math.abs(count - ((weights[index] ?? 0) / 2000) * tableSize(6))).toBeLessThan(2);
    }
  });

  it('has an entry even for an endpoint whose share is less', () => {
    expect(countsOf([...Array.from({ length: 200 }, () => 1000), 1]).at(-1)).toBe(1);
  });
});
