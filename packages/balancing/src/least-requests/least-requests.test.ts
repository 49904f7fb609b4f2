import type { Endpoint } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { contextOf, seeded } from '../../test/context.ts';
import { endpointsOf } from '../../test/endpoints.ts';
import { countsOf, distance, picks } from '../../test/spread.ts';
import type { Policy } from '../policy/policy.ts';
import { RANDOM } from '../random/random.ts';
import { LEAST_REQUESTS } from './least-requests.ts';

/** What is under way at each endpoint after many requests, of which always as many end by chance as start. */
function underWay(
  { pick }: Policy,
  endpoints: readonly Endpoint[],
  concurrency: number,
): readonly number[] {
  const random = seeded(7);
  const loads = new Map(endpoints.map((endpoint) => [endpoint, 0]));
  const context = contextOf({ load: (endpoint) => loads.get(endpoint) ?? 0 });
  const running: Endpoint[] = [];
  for (let request = 0; request < 100 * concurrency; request += 1) {
    const ended =
      running.length < concurrency
        ? undefined
        : running.splice(Math.floor(random() * running.length), 1)[0];
    if (ended !== undefined) loads.set(ended, (loads.get(ended) ?? 0) - 1);
    const started = pick(endpoints, context);
    if (started === undefined) throw new Error('nobody is available');
    running.push(started);
    loads.set(started, (loads.get(started) ?? 0) + 1);
  }
  return endpoints.map((endpoint) => loads.get(endpoint) ?? 0);
}

describe('the endpoint with the least requests', () => {
  it('is the idler one of two', () => {
    const endpoints = endpointsOf([undefined, undefined]);
    const context = contextOf({ load: (endpoint) => (endpoint === endpoints[0] ? 5 : 4) });
    expect(countsOf(endpoints, picks(LEAST_REQUESTS, endpoints, context, 50))).toEqual([0, 50]);
  });

  it('is the one that has fewer for its weight', () => {
    const endpoints = endpointsOf([1, 4]);
    const loads = new Map(endpoints.map((endpoint, index) => [endpoint, [5, 16][index] ?? 0]));
    const context = contextOf({ load: (endpoint) => loads.get(endpoint) ?? 0 });
    expect(countsOf(endpoints, picks(LEAST_REQUESTS, endpoints, context, 50))).toEqual([0, 50]);
  });

  it('is by chance and weight one of those that have equally few', () => {
    const endpoints = endpointsOf([1, 3]);
    const context = contextOf({ load: ({ weight = 1 }) => 10 * weight });
    const counts = countsOf(endpoints, picks(LEAST_REQUESTS, endpoints, context, 5000));
    expect(distance(counts, [1, 3])).toBeLessThan(1);
  });

  it('is the only other one where a pick is unavailable', () => {
    const endpoints = endpointsOf([1, 1, 1]);
    const context = contextOf({
      isAvailable: (endpoint) => endpoint === endpoints[2],
      load: () => 100,
    });
    expect(countsOf(endpoints, picks(LEAST_REQUESTS, endpoints, context, 50))).toEqual([0, 0, 50]);
  });

  it('keeps what is under way far more even than chance does', () => {
    const endpoints = endpointsOf(Array.from({ length: 50 }, () => 1));
    const most = (policy: Policy): number => Math.max(...underWay(policy, endpoints, 250));
    expect(most(LEAST_REQUESTS)).toBeLessThanOrEqual(8);
    expect(most(RANDOM)).toBeGreaterThanOrEqual(10);
  });

  it('brings what is under way to the weights', () => {
    const [one = 0, two = 0, five = 0] = underWay(LEAST_REQUESTS, endpointsOf([1, 2, 5]), 80);
    expect(Math.abs(one - 10)).toBeLessThanOrEqual(3);
    expect(Math.abs(two - 20)).toBeLessThanOrEqual(3);
    expect(Math.abs(five - 50)).toBeLessThanOrEqual(3);
  });
});
