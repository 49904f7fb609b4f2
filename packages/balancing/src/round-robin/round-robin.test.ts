import type { Endpoint } from '@portolan/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { contextOf } from '../../test/context.ts';
import { endpointsOf } from '../../test/endpoints.ts';
import { countsOf, picks } from '../../test/spread.ts';
import { ROUND_ROBIN } from './round-robin.ts';

/** The turns of endpoints a, b, c … by their weights. */
function turns(
  weights: readonly number[],
  count: number,
  isAvailable: (name: string | undefined) => boolean = () => true,
): string {
  const endpoints = endpointsOf(weights);
  const nameOf = (endpoint?: Endpoint) => endpoint && 'abcdef'[endpoints.indexOf(endpoint)];
  const context = contextOf({ isAvailable: (endpoint) => isAvailable(nameOf(endpoint)) });
  return picks(ROUND_ROBIN, endpoints, context, count).map(nameOf).join('');
}

describe('turns', () => {
  it('go round in the order of the endpoints', () => {
    expect(turns([1, 1, 1, 1], 10)).toBe('abcdabcdab');
    expect(turns([50, 50], 5)).toBe('ababa');
  });

  it('of an endpoint lie apart where weights differ', () => {
    expect(turns([10, 5, 3], 18)).toBe('aabcaabcaabaabcaab');
    expect(turns([50, 50, 1], 20)).toMatch(/^(?:ab?|ba?)+$/);
    expect(turns([9, 1], 40)).toMatch(/^a*(?:ba{9}){3}ba*$/);
  });

  it('are in each round as many as the weights', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1 }), (weights) => {
        const endpoints = endpointsOf(weights);
        const round = weights.reduce((a, b) => a + b, 0);
        const counts = countsOf(endpoints, picks(ROUND_ROBIN, endpoints, contextOf(), round));
        expect(counts).toEqual(weights);
      }),
      { numRuns: 20 },
    );
  });

  it('are at no time more than a few away from the shares', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 6 }),
        (weights) => {
          const endpoints = endpointsOf(weights);
          const round = weights.reduce((a, b) => a + b, 0);
          const picked = picks(ROUND_ROBIN, endpoints, contextOf(), round);
          for (const [index, weight] of weights.entries()) {
            // How many turns ahead of its share the endpoint is.
            let [ahead, least, most] = [0, 0, 0];
            for (const endpoint of picked) {
              ahead += Number(endpoint === endpoints[index]) - weight / round;
              least = Math.min(least, ahead);
              most = Math.max(most, ahead);
            }
            expect(most - least).toBeLessThan(6);
          }
        },
      ),
    );
  });

  it('of an endpoint that is unavailable go round among the others', () => {
    expect(turns([1, 1, 1, 1], 12, (name) => name !== 'b')).toBe('aacdaccdadcd');
    expect(turns([1, 1, 1, 1], 8, (name) => name === 'b' || name === 'd')).toBe('bbddbbdd');
  });

  it('of endpoints that are unavailable are spread as the weights of the others, exactly', () => {
    const some = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.boolean()), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(some, (all) => {
        const endpoints = endpointsOf(all.map(([weight]) => weight));
        const available = endpoints.filter((_, index) => all[index]?.[1]);
        fc.pre(available.length > 0);
        const isAvailable = (endpoint: Endpoint): boolean => available.includes(endpoint);
        const sum = (of: readonly Endpoint[]): number =>
          of.reduce((total, { weight = 1 }) => total + weight, 0);
        const rounds = sum(endpoints) * sum(available);
        const picked = picks(ROUND_ROBIN, endpoints, contextOf({ isAvailable }), rounds);
        expect(countsOf(available, picked)).toEqual(
          available.map(({ weight = 1 }) => weight * sum(endpoints)),
        );
      }),
    );
  });

  it('are taken one for each pick, and none where nobody is available', () => {
    let taken = 0;
    const nextTurn = (): number => taken++;
    const endpoints = endpointsOf([1, 2, 0, 0]);
    const weightless = endpoints.slice(2);
    const isAvailable = (endpoint: Endpoint): boolean => weightless.includes(endpoint);
    expect(
      picks(ROUND_ROBIN, endpoints, contextOf({ nextTurn, isAvailable: () => false }), 3),
    ).toEqual([undefined, undefined, undefined]);
    expect(taken).toBe(0);
    expect(picks(ROUND_ROBIN, endpoints, contextOf({ nextTurn, isAvailable }), 4)).toEqual([
      ...weightless,
      ...weightless,
    ]);
    expect(taken).toBe(4);
  });
});
