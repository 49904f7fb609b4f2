import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatFieldError } from '../field-error/field-error.ts';
import { allocate } from './allocate.ts';
import type { Claim, Pool } from './allocation.ts';
import { portPool } from './port-pool.ts';
import type { ClaimSet } from './settle.ts';

function poolsOf(...pools: readonly Pool[]): ReadonlyMap<string, Pool> {
  return new Map(pools.map((pool) => [pool.name, pool]));
}

/** One set for each key, with a claim for each value; `undefined` for any. */
function setsOf(
  wanted: Readonly<Record<string, readonly (string | undefined)[]>>,
): readonly ClaimSet[] {
  return Object.entries(wanted).map(([key, values]) => ({
    key,
    claims: values.map((value, index) => ({ pool: 'ports', field: `f${index}`, wanted: value })),
  }));
}

/** Key → what was granted, or the errors as printed. */
function outcomes(
  claimSets: readonly ClaimSet[],
  pools: ReadonlyMap<string, Pool>,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    allocate(claimSets, pools).map(({ claimSet, ...rest }) => [
      claimSet.key,
      'errors' in rest ? rest.errors.map(formatFieldError) : Object.values(rest.grants),
    ]),
  );
}

const keys = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `shop/service-${index}`);

const anyOf = (names: readonly string[]): readonly ClaimSet[] =>
  setsOf(Object.fromEntries(names.map((name) => [name, [undefined]])));

/** No whole number, so that records keep keys in order. */
const key = fc.string().map((text) => `shop/${text}`);

function claim(field: string, wanted?: string, sharedBy?: string): Claim {
  return { pool: 'ports', field, wanted, sharedBy };
}

/** One value wanted twice. */
function twice(firstSharedBy?: string, secondSharedBy?: string): readonly ClaimSet[] {
  const claims = [claim('f0', '150', firstSharedBy), claim('f1', '150', secondSharedBy)];
  return [{ key: 'a', claims }];
}

/** Two claims that are shared, the second of which may be fixed, and one that is not. */
function dnsClaims(wanted?: string): readonly ClaimSet[] {
  const shared = [claim('f0', undefined, '53'), claim('f1', wanted, '53')];
  return [{ key: 'a', claims: [...shared, claim('f2', undefined, '80')] }];
}

describe('reserved values', () => {
  const pools = poolsOf(portPool('ports', 100, 101), portPool('few', 1, 1));

  it('are given to nobody automatically, even when whoever fixes one comes away with nothing', () => {
    const claimSets: readonly ClaimSet[] = [
      { key: 'first', claims: [{ pool: 'few', field: 'f0' }] },
      {
        key: 'greedy',
        claims: [
          { pool: 'ports', field: 'f0', wanted: '100' },
          { pool: 'few', field: 'f1' },
        ],
      },
      ...setsOf({ a: [undefined], b: [undefined] }),
    ];
    const granted = allocate(claimSets, pools, setsOf({ far: ['100'] })).flatMap((allocation) =>
      'grants' in allocation ? Object.values(allocation.grants) : [],
    );
    expect(granted).toEqual(['1', '101']);
  });

  it('may be fixed', () => {
    const [allocation] = allocate(setsOf({ a: ['100'] }), pools, setsOf({ far: ['100', '7'] }));
    expect(allocation).toMatchObject({ grants: { f0: '100' } });
  });
});

describe('fixed values', () => {
  const pools = poolsOf(portPool('ports', 100, 199));

  it('go to the first who wants one; the second is told that it’s taken', () => {
    expect(outcomes(setsOf({ a: ['150'], b: ['150'] }), pools)).toEqual({
      a: ['150'],
      b: ['f0: Invalid value: "150": provided port is already allocated'],
    });
  });

  it('are refused outside the range', () => {
    expect(outcomes(setsOf({ a: ['80'] }), pools)).toEqual({
      a: [
        'f0: Invalid value: "80": provided port is not in the valid range. The range of valid ports is 100-199',
      ],
    });
  });

  it('are never given to anybody automatically, whoever comes first', () => {
    const all = Array.from({ length: 99 }, (_, index) => String(100 + index));
    const found = outcomes(setsOf({ a: [undefined], b: all }), pools);
    expect(found['a']).toEqual(['199']);
    expect(found['b']).toEqual(all);
  });

  it('are not held by a claim set that is refused', () => {
    expect(outcomes(setsOf({ a: ['150', '80'], b: ['150'] }), pools)['b']).toEqual(['150']);
  });

  it('come free again when their holder can’t be given the rest of what it claims', () => {
    const small = poolsOf(portPool('ports', 100, 199), portPool('few', 1, 1));
    const claimSets: readonly ClaimSet[] = [
      { key: 'first', claims: [{ pool: 'few', field: 'f0' }] },
      {
        key: 'greedy',
        claims: [
          { pool: 'ports', field: 'f0', wanted: '150' },
          { pool: 'few', field: 'f1' },
        ],
      },
      { key: 'loser', claims: [{ pool: 'ports', field: 'f0', wanted: '150' }] },
    ];
    expect(outcomes(claimSets, small)).toEqual({
      first: ['1'],
      greedy: ['f1: Internal error: range is full'],
      loser: ['150'],
    });
  });

  it('stay kept for the next who wants them when their holder comes away with nothing', () => {
    const two = poolsOf(portPool('ports', 1, 1), portPool('few', 1, 1));
    const claimSets: readonly ClaimSet[] = [
      { key: 'first', claims: [{ pool: 'few', field: 'f0' }] },
      {
        key: 'greedy',
        claims: [
          { pool: 'ports', field: 'f0', wanted: '1' },
          { pool: 'few', field: 'f1' },
        ],
      },
      { key: 'between', claims: [{ pool: 'ports', field: 'f0' }] },
      { key: 'loser', claims: [{ pool: 'ports', field: 'f0', wanted: '1' }] },
    ];
    expect(outcomes(claimSets, two)).toEqual({
      first: ['1'],
      greedy: ['f1: Internal error: range is full'],
      between: ['f0: Internal error: range is full'],
      loser: ['1'],
    });
  });

  it('go to the older of two, though the younger did not compete for all that the older lost', () => {
    const two = poolsOf(portPool('ports', 100, 199), portPool('few', 1, 1));
    const fixed = (...values: readonly string[]): readonly Claim[] =>
      values.map((value, index) => claim(`f${index}`, value));
    const claimSets: readonly ClaimSet[] = [
      { key: 'first', claims: [{ pool: 'few', field: 'f0' }] },
      { key: 'greedy', claims: [...fixed('150'), { pool: 'few', field: 'f1' }] },
      { key: 'older', claims: fixed('150', '160') },
      { key: 'younger', claims: fixed('160') },
    ];
    expect(outcomes(claimSets, two)).toMatchObject({
      older: ['150', '160'],
      younger: ['f0: Invalid value: "160": provided port is already allocated'],
    });
  });

  it('are tried in a number of steps near to that of the claims, though nobody can be given the rest', () => {
    let steps = 0;
    const pool = portPool('ports', 1, 2);
    const counting: Pool = {
      ...pool,
      canonical: (value) => {
        steps += 1;
        return pool.canonical(value);
      },
    };
    const claims = [claim('f0', '1'), { pool: 'few', field: 'f1' }];
    const greedy = keys(500).map((name) => ({ key: name, claims }));
    const few = poolsOf(counting, portPool('few', 1, 1));
    const found = allocate([{ key: 'a', claims: [{ pool: 'few', field: 'f0' }] }, ...greedy], few);
    expect(found.filter((each) => 'errors' in each)).toHaveLength(500);
    expect(steps).toBeLessThanOrEqual(1000);
  });

  it('can’t be claimed twice by one claim set, unless the claims are shared', () => {
    const taken = ['f1: Invalid value: "150": provided port is already allocated'];
    expect(outcomes(twice(), pools)).toEqual({ a: taken });
    expect(outcomes(twice('53', '80'), pools)).toEqual({ a: taken });
    expect(outcomes(twice('53', '53'), pools)).toEqual({ a: ['150', '150'] });
  });
});

describe('automatic values', () => {
  const pools = poolsOf(portPool('ports', 30000, 32767));

  it('are one for claims that are shared: a fixed one, where there is one', () => {
    const [first, second, third] = outcomes(dnsClaims(), pools)['a'] ?? [];
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    expect(outcomes(dnsClaims('31000'), pools)['a']).toEqual(['31000', '31000', third]);
  });

  it('are the same in every release', () => {
    expect(outcomes(anyOf(['shop/web', 'shop/api']), pools)).toEqual({
      'shop/web': ['32519'],
      'shop/api': ['32449'],
    });
  });

  it('follow from the key alone while there is room', () => {
    const alone = outcomes(anyOf(['shop/web']), pools)['shop/web'];
    const before = keys(20);
    expect(outcomes(anyOf([...before, 'shop/web']), pools)['shop/web']).toEqual(alone);
  });

  it('do not change for earlier claim sets, whatever comes after them', () => {
    fc.assert(
      fc.property(fc.uniqueArray(key, { minLength: 1, maxLength: 60 }), fc.nat(), (names, at) => {
        const few = poolsOf(portPool('ports', 1, 64));
        const earlier = names.slice(0, at % names.length);
        const all = outcomes(anyOf(names), few);
        for (const [name, granted] of Object.entries(outcomes(anyOf(earlier), few))) {
          expect(all[name]).toEqual(granted);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('hardly move when a claim set is added in front of all others, or taken away', () => {
    const names = keys(500);
    const before = outcomes(anyOf(names), pools);
    let moved = 0;
    for (let round = 0; round < 40; round += 1) {
      const after = outcomes(anyOf([`another/${round}`, ...names]), pools);
      moved += names.filter((name) => after[name]?.[0] !== before[name]?.[0]).length;
    }
    // One in five places is taken, so about one in four newcomers pushes somebody on, who may push another.
    expect(moved).toBeLessThan(20);
  });

  it('are never held by two', () => {
    const wish = fc.option(fc.integer({ min: 95, max: 130 }).map(String), { nil: undefined });
    fc.assert(
      fc.property(fc.dictionary(key, fc.array(wish, { maxLength: 4 })), (wanted) => {
        const claimSets = setsOf(wanted);
        const granted = allocate(claimSets, poolsOf(portPool('ports', 100, 125))).flatMap((each) =>
          'grants' in each ? Object.values(each.grants) : [],
        );
        expect(new Set(granted).size).toBe(granted.length);
      }),
      { numRuns: 200 },
    );
  });

  it('are all or none: a claim set with an error is granted nothing, the others all they claim', () => {
    const wish = fc.option(fc.integer({ min: 95, max: 130 }).map(String), { nil: undefined });
    fc.assert(
      fc.property(fc.dictionary(key, fc.array(wish, { maxLength: 4 })), (wanted) => {
        const found = allocate(setsOf(wanted), poolsOf(portPool('ports', 100, 125)));
        expect(found).toHaveLength(Object.keys(wanted).length);
        for (const each of found) {
          const { length } = 'grants' in each ? Object.keys(each.grants) : each.errors;
          expect(length).toBeGreaterThanOrEqual('grants' in each ? each.claimSet.claims.length : 1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are in nobody’s way without being held: who is told that a value is taken can see by whom', () => {
    const wish = fc.option(fc.integer({ min: 100, max: 112 }).map(String), { nil: undefined });
    fc.assert(
      fc.property(fc.dictionary(key, fc.uniqueArray(wish, { maxLength: 3 })), (wanted) => {
        const found = allocate(setsOf(wanted), poolsOf(portPool('ports', 100, 110)));
        const granted = new Set(
          found.flatMap((each) => ('grants' in each ? Object.values(each.grants) : [])),
        );
        for (const each of found) {
          for (const error of 'errors' in each ? each.errors : []) {
            if (error.detail !== 'provided port is already allocated') continue;
            expect(granted).toContain(error.value);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('run out, which is reported to all that come too late', () => {
    const few = poolsOf(portPool('ports', 1, 20));
    const found = Object.values(outcomes(anyOf(keys(23)), few)).map((each) => each.join());
    expect(found.slice(0, 20).toSorted()).toEqual(
      Array.from({ length: 20 }, (_, index) => String(index + 1)).toSorted(),
    );
    expect(found.slice(20)).toEqual(Array(3).fill('f0: Internal error: range is full'));
  });

  it('leave room for the next when a claim set can’t be given all it claims', () => {
    const one = poolsOf(portPool('ports', 1, 1));
    expect(outcomes(setsOf({ greedy: [undefined, undefined], modest: [undefined] }), one)).toEqual({
      greedy: ['f1: Internal error: range is full'],
      modest: ['1'],
    });
  });

  it('are given to ten thousand claim sets in a number of steps near to that of the claims', () => {
    const pool = portPool('ports', 1, 20000);
    let steps = 0;
    const counting: Pool = {
      ...pool,
      valueAt: (index) => {
        steps += 1;
        return pool.valueAt(index);
      },
    };
    allocate(anyOf(keys(10000)), poolsOf(counting));
    expect(steps).toBeLessThan(20000);
  });
});

describe('a claim', () => {
  it('on a pool that nobody brings is a wiring fault', () => {
    expect(() => allocate(setsOf({ a: ['1'] }), new Map())).toThrow(
      'f0 is claimed from pool ports, which no type brings',
    );
  });

  it('says how its failure is reported', () => {
    const pools = poolsOf(portPool('ports', 1, 1));
    const claims = [
      {
        pool: 'ports',
        field: 'f0',
        wanted: '7',
        failure: { field: 'spec.all', value: ['7'], detail: 'failed to allocate 7' },
      },
    ];
    expect(outcomes([{ key: 'a', claims }], pools)['a']).toEqual([
      'spec.all: Invalid value: ["7"]: failed to allocate 7: provided port is not in the valid range. The range of valid ports is 1-1',
    ]);
  });
});
