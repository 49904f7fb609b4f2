import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  changedServices,
  findService,
  replaceServices,
  servicesOf,
  shardServices,
} from './services.ts';
import type { SnapshotService } from './snapshot.ts';

function named(name: string, more: Partial<SnapshotService> = {}): SnapshotService {
  return { namespace: 'shop', name, ports: [], ipFamilies: ['IPv4'], ...more };
}

function numbered(count: number): readonly SnapshotService[] {
  return Array.from({ length: count }, (_, index) => named(`s${index}`));
}

const names = fc.uniqueArray(fc.integer({ min: 0, max: 120 }).map((index) => `s${index}`));
const changes = fc
  .array(fc.tuple(names, fc.boolean()), { minLength: 1, maxLength: 4 })
  .map((all) =>
    all.map(
      ([some, comes]) =>
        new Map(
          some.map((name) => [`shop/${name}` as const, comes ? named(name) : undefined] as const),
        ),
    ),
  );

describe('the Services of a Snapshot', () => {
  it('are found by their keys, and no others', () => {
    const services = shardServices(numbered(100));
    expect(findService({ services }, 'shop/s70')).toEqual(named('s70'));
    expect(findService({ services }, 'shop/s100')).toBeUndefined();
    expect(findService({ services }, 'bank/s70')).toBeUndefined();
    expect(findService({ services: [] }, 'shop/s70')).toBeUndefined();
  });

  it('are listed by namespace and name', () => {
    const all = [named('b'), named('a', { namespace: 'shop-2' }), named('a')];
    const listed = servicesOf({ services: shardServices(all) });
    expect(listed.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([
      'shop-2/a',
      'shop/a',
      'shop/b',
    ]);
  });

  it.each([
    [0, 0],
    [1, 1],
    [32, 1],
    [33, 2],
    [64, 2],
    [65, 4],
    [10_000, 512],
  ])('of which there are %i are in %i shards', (count, expected) => {
    const shards = shardServices(numbered(count));
    expect(shards).toHaveLength(expected);
    for (const shard of shards) expect(Object.keys(shard).length).toBeLessThanOrEqual(64);
  });

  it('are the same text in whatever order they are given', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...numbered(70)], { minLength: 70 }), (shuffled) => {
        expect(JSON.stringify(shardServices(shuffled))).toBe(
          JSON.stringify(shardServices(numbered(70))),
        );
      }),
      { numRuns: 20 },
    );
  });
});

describe('Services that are replaced', () => {
  it('are sharded as if all were sharded anew', () => {
    fc.assert(
      fc.property(names, changes, (some, all) => {
        const there = new Map<string, SnapshotService>(
          some.map((name) => [`shop/${name}`, named(name)]),
        );
        let services = shardServices([...there.values()]);
        for (const step of all) {
          for (const [key, service] of step) {
            if (service === undefined) there.delete(key);
            else there.set(key, service);
          }
          services = replaceServices({ services }, step);
          const anew = shardServices([...there.values()]);
          expect(JSON.stringify(services)).toBe(JSON.stringify(anew));
        }
      }),
    );
  });

  it('leave every shard as it was but their own', () => {
    const services = shardServices(numbered(100));
    const after = replaceServices(
      { services },
      new Map([['shop/s1', named('s1', { ipFamilies: ['IPv6'] })]]),
    );
    expect(after.filter((shard, index) => shard !== services[index])).toHaveLength(1);
    expect(findService({ services }, 'shop/s1')?.ipFamilies).toEqual(['IPv4']);
  });
});

describe('the Services that are others', () => {
  it('are told of with what they were and are, whatever the number of shards', () => {
    fc.assert(
      fc.property(names, changes, (some, all) => {
        const before = { services: shardServices(some.map((name) => named(name))) };
        const step = all.flatMap((each) => [...each]);
        const after = { services: replaceServices(before, new Map(step)) };
        const keys = new Set([
          ...some.map((name) => `shop/${name}` as const),
          ...step.map(([key]) => key),
        ]);
        const expected = [...keys].filter(
          (key) => findService(before, key) !== findService(after, key),
        );
        const told = changedServices(before, after);
        const toldKeys = told.map((each) => {
          const { namespace = '', name = '' } = each.before ?? each.after ?? {};
          return `${namespace}/${name}` as const;
        });
        expect(toldKeys.toSorted()).toEqual(expected.toSorted());
        for (const [index, key] of toldKeys.entries()) {
          expect(told[index]?.before).toBe(findService(before, key));
          expect(told[index]?.after).toBe(findService(after, key));
        }
      }),
    );
  });

  it('are none where both are one', () => {
    const services = shardServices(numbered(40));
    expect(changedServices({ services }, { services: [...services] })).toEqual([]);
  });
});
