import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { contextOf, seeded } from '../../test/context.ts';
import { endpointsOf } from '../../test/endpoints.ts';
import { countsOf, distance, picks } from '../../test/spread.ts';
import { POLICIES } from './policies.ts';

const REQUESTS = 10_000;

const anyEndpoints = fc
  .array(fc.tuple(fc.option(fc.nat(4), { nil: undefined }), fc.boolean()), { maxLength: 12 })
  .map((all) => {
    const endpoints = endpointsOf(all.map(([weight]) => weight));
    const available = new Set(endpoints.filter((_, index) => all[index]?.[1]));
    return { endpoints, available };
  });

describe.each(Object.entries(POLICIES))('the policy %s', (name, policy) => {
  it('has that name', () => {
    expect(policy.name).toBe(name);
  });

  it('picks an available endpoint, with a weight where one has any, and none where none is', () => {
    fc.assert(
      fc.property(
        anyEndpoints,
        fc.nat(100),
        fc.nat(),
        fc.option(fc.string(), { nil: undefined }),
        ({ endpoints, available }, turn, seed, hashKey) => {
          const picked = policy.pick(endpoints, {
            isAvailable: (endpoint) => available.has(endpoint),
            nextTurn: () => turn,
            random: seeded(seed),
            load: ({ weight = 1 }) => (turn * weight) % 7,
            ...(hashKey !== undefined && { hashKey }),
          });
          const weighted = [...available].filter(({ weight }) => weight !== 0);
          const allowed = weighted.length > 0 ? weighted : [...available];
          expect(allowed.length === 0 ? [undefined] : allowed).toContain(picked);
        },
      ),
    );
  });

  it.each([
    ['alike without weights', Array.from({ length: 10 }, () => undefined), Array(10).fill(1)],
    ['alike with equal weights', [7, 7, 7], [1, 1, 1]],
    ['by weight', [1, 2, 3, 10], [1, 2, 3, 10]],
    ['by weight, which is 1 where there is none', [undefined, 3], [1, 3]],
    ['with nothing for weight 0', [2, 0, 1, 0], [2, 0, 1, 0]],
    ['alike where all have weight 0', [0, 0, 0, 0], [1, 1, 1, 1]],
  ])('spreads requests %s', (_, weights, shares) => {
    const endpoints = endpointsOf(weights);
    const picked = picks(policy, endpoints, contextOf(), REQUESTS);
    expect(distance(countsOf(endpoints, picked), shares)).toBeLessThan(1);
  });

  it.each([
    ['alike', [1, 1, 1, 1, 1], [0, 1, 1, 0, 1]],
    ['by weight', [5, 1, 2, 4, 3], [0, 1, 2, 0, 3]],
    ['alike, as the others have weight 0', [5, 0, 0, 5, 0], [0, 1, 1, 0, 1]],
  ])('spreads what two unavailable endpoints leave over the others %s', (_, weights, shares) => {
    const endpoints = endpointsOf(weights);
    const gone = new Set([endpoints[0], endpoints[3]]);
    const context = contextOf({ isAvailable: (endpoint) => !gone.has(endpoint) });
    const picked = picks(policy, endpoints, context, REQUESTS);
    expect(distance(countsOf(endpoints, picked), shares)).toBeLessThan(1);
  });

  it('is the same for the same context', () => {
    const endpoints = endpointsOf([1, 2, 3]);
    expect(picks(policy, endpoints, contextOf(), 100)).toEqual(
      picks(policy, [...endpoints], contextOf(), 100),
    );
  });
});

describe.each([POLICIES.Maglev, POLICIES.RendezvousHash])('the policy $name', (policy) => {
  it('gives a key the same endpoint, whatever the order of the endpoints', () => {
    const anyOrder = anyEndpoints.chain(({ endpoints, available }) =>
      fc.record({
        endpoints: fc.constant(endpoints),
        shuffled: fc.shuffledSubarray([...endpoints], { minLength: endpoints.length }),
        available: fc.constant(available),
      }),
    );
    fc.assert(
      fc.property(anyOrder, fc.string(), ({ endpoints, shuffled, available }, hashKey) => {
        const context = contextOf({ hashKey, isAvailable: (endpoint) => available.has(endpoint) });
        expect(policy.pick(shuffled, context)).toBe(policy.pick(endpoints, context));
      }),
    );
  });

  it('moves only the keys of an endpoint that is unavailable', () => {
    const endpoints = endpointsOf([1, 5, 2, 2, 1, 3]);
    const gone = endpoints[2];
    const before = picks(policy, endpoints, contextOf(), REQUESTS);
    const isAvailable = (endpoint: unknown): boolean => endpoint !== gone;
    const after = picks(policy, endpoints, contextOf({ isAvailable }), REQUESTS);
    const moved = before.filter((endpoint, index) => endpoint !== after[index]);
    expect(new Set(moved)).toEqual(new Set([gone]));
  });

  it('is random without a key', () => {
    const endpoints = endpointsOf([1, 2, 3]);
    const context = contextOf();
    const random = contextOf();
    for (let request = 0; request < 100; request += 1) {
      expect(policy.pick(endpoints, context)).toBe(POLICIES.Random.pick(endpoints, random));
    }
  });
});
