import { authority, type Endpoint } from '@portolan/core';

/** Endpoints with weights, none of which is 0. */
export interface Weighted {
  readonly endpoints: readonly Endpoint[];
  /** Whole numbers above 0, without a common divisor: all 1 where all are equal. */
  readonly weights: readonly number[];
  /** The sum of the weights before each. */
  readonly starts: readonly number[];
  /** The sum of all weights. */
  readonly total: number;
}

/** Endpoints among which one is chosen. */
export interface Candidates extends Weighted {
  /** `address:port` of each, IPv6 in brackets. */
  readonly names: readonly string[];
}

const known = new WeakMap<readonly Endpoint[], readonly Candidates[]>();

/**
 * The endpoints with a weight, then those with weight 0: the latter are asked only where none of the former is available,
 * and then all alike.
 */
export function candidatesAmong(endpoints: readonly Endpoint[]): readonly Candidates[] {
  let candidates = known.get(endpoints);
  if (candidates === undefined) {
    const isWeighted = ({ weight }: Endpoint) => weight !== 0;
    candidates = [
      endpoints.filter(isWeighted),
      endpoints.filter((endpoint) => !isWeighted(endpoint)),
    ]
      .filter((some) => some.length > 0)
      .map((some) => ({
        ...weigh(some),
        names: some.map(({ address, port }) => authority(address, port)),
      }));
    known.set(endpoints, candidates);
  }
  return candidates;
}

/** @param endpoints All with a weight above 0, or all with weight 0. */
export function weigh(endpoints: readonly Endpoint[]): Weighted {
  const given = endpoints.map(({ weight }) => weight || 1);
  const divisor = given.reduce(greatestCommonDivisor, 0);
  const weights = given.map((weight) => weight / divisor);
  let total = 0;
  const starts = weights.map((weight) => {
    const start = total;
    total += weight;
    return start;
  });
  return { endpoints, weights, starts, total };
}

/**
 * The endpoint that holds a position, each as many in a row as its weight; `undefined` where there is no endpoint.
 *
 * @param position A whole number from 0 to below the total.
 */
export function endpointAt(
  { endpoints, starts, total }: Weighted,
  position: number,
): Endpoint | undefined {
  if (total === endpoints.length) return endpoints[position];
  let low = 0;
  for (let high = endpoints.length; high - low > 1;) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? total) <= position) low = middle;
    else high = middle;
  }
  return endpoints[low];
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
