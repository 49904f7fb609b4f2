import type { Endpoint } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { contextOf } from '../../test/context.ts';
import { endpointsOf } from '../../test/endpoints.ts';
import { countsOf, distance, picks } from '../../test/spread.ts';
import { MAGLEV } from './maglev.ts';

const REQUESTS = 10_000;

/** The share of the requests to endpoints that stay which go to another one when the first endpoint leaves. */
function disruption(weights: readonly number[]): number {
  const [gone, ...remaining] = endpointsOf(weights);
  const endpoints = gone === undefined ? remaining : [gone, ...remaining];
  const before = picks(MAGLEV, endpoints, contextOf(), REQUESTS);
  const after = picks(MAGLEV, remaining, contextOf(), REQUESTS);
  const stayed = before.filter((endpoint) => endpoint !== gone).length;
  const moved = before.filter(
    (endpoint, request) => endpoint !== gone && endpoint !== after[request],
  ).length;
  return moved / stayed;
}

describe('the endpoint by Maglev hashing', () => {
  it.each([
    ['three endpoints', [1, 1, 1]],
    ['ten endpoints', Array.from({ length: 10 }, () => 1)],
    ['a hundred endpoints', Array.from({ length: 100 }, () => 1)],
    ['endpoints with weights', [2, 1, 5, 3, 2, 4]],
  ])('of %s changes, when one leaves, for few keys of the others', (_, weights) => {
    expect(disruption(weights)).toBeLessThan(0.02);
  });

  it('has the keys of one that left spread over the others', () => {
    const endpoints = endpointsOf(Array.from({ length: 10 }, () => 1));
    const [gone, ...remaining] = endpoints;
    const before = picks(MAGLEV, endpoints, contextOf(), REQUESTS);
    const after = picks(MAGLEV, remaining, contextOf(), REQUESTS);
    const moved = after.filter((_, request) => before[request] === gone);
    expect(
      distance(
        countsOf(remaining, moved),
        remaining.map(() => 1),
      ),
    ).toBeLessThan(1);
  });

  it('is asked alone for its availability', () => {
    const endpoints = endpointsOf(Array.from({ length: 100 }, () => 1));
    const asked: Endpoint[] = [];
    const isAvailable = (endpoint: Endpoint): boolean => asked.push(endpoint) > 0;
    expect(picks(MAGLEV, endpoints, contextOf({ isAvailable }), 100)).toEqual(asked);
  });
});
