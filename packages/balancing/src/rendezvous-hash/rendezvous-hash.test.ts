import { authority, hash, type Endpoint } from '@portolan/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { contextOf } from '../../test/context.ts';
import { endpointsOf } from '../../test/endpoints.ts';
import { countsOf, distance, picks } from '../../test/spread.ts';
import { RENDEZVOUS_HASH } from './rendezvous-hash.ts';

const REQUESTS = 5000;
const weights = [1, 2, 3, 4, 5, undefined, 0, 7];

function picksOf(endpoints: readonly Endpoint[]): readonly (Endpoint | undefined)[] {
  return picks(RENDEZVOUS_HASH, endpoints, contextOf(), REQUESTS);
}

describe('the endpoint by rendezvous hashing', () => {
  it('is the one whose address and port have the highest hash with the key, where weights are equal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.string(), (count, hashKey) => {
        const endpoints = endpointsOf(Array.from({ length: count }, () => 7));
        const score = ({ address, port }: Endpoint): number =>
          hash(authority(address, port), hash(hashKey));
        const [highest] = endpoints.toSorted((a, b) => score(b) - score(a));
        expect(RENDEZVOUS_HASH.pick(endpoints, contextOf({ hashKey }))).toBe(highest);
      }),
    );
  });

  it.each([...weights.keys()])(
    'changes, when number %i leaves, for its keys alone, which go to the others by weight',
    (index) => {
      const endpoints = endpointsOf(weights);
      const gone = endpoints[index];
      const remaining = endpoints.filter((endpoint) => endpoint !== gone);
      const before = picksOf(endpoints);
      const after = picksOf(remaining);
      const moved = after.filter((endpoint, request) => endpoint !== before[request]);
      expect(moved).toHaveLength(before.filter((endpoint) => endpoint === gone).length);
      if (moved.length === 0) return;
      const shares = remaining.map(({ weight = 1 }) => weight);
      expect(distance(countsOf(remaining, moved), shares)).toBeLessThan(1);
    },
  );

  it('changes, when a weight grows, only to the endpoint whose weight grew', () => {
    const endpoints = endpointsOf([1, 2, 3]);
    const grown = endpointsOf([1, 3, 3]);
    const before = picksOf(endpoints).map((endpoint) => endpoint?.address);
    const after = picksOf(grown).map((endpoint) => endpoint?.address);
    const moved = after.filter((address, request) => address !== before[request]);
    expect(new Set(moved)).toEqual(new Set([grown[1]?.address]));
  });

  it('is unavailable: its keys go where they go when it leaves', () => {
    const endpoints = endpointsOf(weights);
    const remaining = endpoints.filter((_, index) => index !== 3);
    const isAvailable = (endpoint: Endpoint): boolean => remaining.includes(endpoint);
    expect(picks(RENDEZVOUS_HASH, endpoints, contextOf({ isAvailable }), REQUESTS)).toEqual(
      picksOf(remaining),
    );
  });

  it('is asked for its availability only where it might be the one', () => {
    let asked = 0;
    const isAvailable = (): boolean => (asked += 1) > 0;
    const endpoints = endpointsOf(Array.from({ length: 100 }, () => 1));
    picks(RENDEZVOUS_HASH, endpoints, contextOf({ isAvailable }), 1000);
    // About 1/1 + 1/2 + … + 1/100 for each request.
    expect(asked).toBeLessThan(6000);
  });
});
