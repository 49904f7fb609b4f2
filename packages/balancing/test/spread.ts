import type { PickContext, Policy } from '@portolan/balancing';
import type { Endpoint } from '@portolan/core';

/** Which endpoint each of many requests gets, each from a client of its own. */
export function picks(
  { pick }: Policy,
  endpoints: readonly Endpoint[],
  context: PickContext,
  requests: number,
): readonly (Endpoint | undefined)[] {
  return Array.from({ length: requests }, (_, index) =>
    pick(endpoints, { ...context, hashKey: `192.168.${index >> 8}.${index & 255}` }),
  );
}

/** How often each endpoint was picked. */
export function countsOf(
  endpoints: readonly Endpoint[],
  picked: readonly (Endpoint | undefined)[],
): readonly number[] {
  return endpoints.map((endpoint) => picked.filter((each) => each === endpoint).length);
}

/**
 * How far counts are from shares: Pearson's test, as a multiple of the value that chance exceeds once in a thousand times.
 * What is above 1 is no chance.
 */
export function distance(counts: readonly number[], shares: readonly number[]): number {
  const total = sum(counts);
  const whole = sum(shares);
  const chiSquare = counts.reduce((distances, count, index) => {
    const expected = (total * (shares[index] ?? 0)) / whole;
    if (expected === 0) return count === 0 ? distances : Infinity;
    return distances + (count - expected) ** 2 / expected;
  }, 0);
  return chiSquare / quantile(shares.filter((share) => share > 0).length - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/** The 99.9 % quantile of the chi-square distribution: Wilson and Hilferty, The Distribution of Chi-Square, 1931. */
function quantile(degrees: number): number {
  return degrees * (1 - 2 / (9 * degrees) + 3.0902 * Math.sqrt(2 / (9 * degrees))) ** 3;
}
