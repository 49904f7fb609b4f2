import type { CompiledWithStandIns } from '@portolan/compile';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compiled, manifestPairs, PATHS } from '../../test/manifests.ts';
import { checkPromise } from '../../test/promise.ts';
import { requestsFor } from '../../test/requests.ts';
import { compiledRoutes, leadingPairs, routePairs, ROUTE_PATHS } from '../../test/routes.ts';
import type { Change } from './diff-result.ts';
import { diff } from './diff.ts';

function check<Input>(
  pairs: fc.Arbitrary<{ readonly before: Input; readonly after: Input }>,
  compile: (input: Input) => CompiledWithStandIns,
  paths: readonly string[],
  numRuns: number,
): void {
  fc.assert(
    fc.property(pairs, fc.integer(), (pair, seed) => {
      const [before, after] = [compile(pair.before), compile(pair.after)];
      checkPromise(before, after, requestsFor([before, after], paths), seed);
    }),
    { numRuns },
  );
}

describe('a change covers every request that is treated differently, and every witness is', () => {
  it('between any two sets of manifests', () => {
    expect(() => check(manifestPairs, compiled, PATHS, 60)).not.toThrow();
  });

  it('between any two tables of routes, with conditions, filters and weights', () => {
    expect(() => check(routePairs, compiledRoutes, ROUTE_PATHS, 80)).not.toThrow();
  });

  it('between filters that often come to the same', () => {
    expect(() => check(leadingPairs, compiledRoutes, ROUTE_PATHS, 120)).not.toThrow();
  });
});

describe('whatever the manifests', () => {
  it('nothing changes between them and themselves', () => {
    fc.assert(
      fc.property(manifestPairs, ({ before }) => {
        expect(diff(compiled(before), compiled(before.toReversed()))).toEqual({
          changes: [],
          dns: [],
          settings: [],
          compared: 0,
          complete: true,
        });
      }),
      { numRuns: 30 },
    );
  });

  it('what changes from one side to the other changes back the other way', () => {
    const texts = (changes: readonly Change[], isBack: boolean): readonly string[] =>
      changes
        .map(({ kinds, before, after, takenBy }) =>
          JSON.stringify(
            isBack
              ? [kinds, after, before, takenBy.after, takenBy.before]
              : [kinds, before, after, takenBy.before, takenBy.after],
          ),
        )
        .toSorted();
    fc.assert(
      fc.property(manifestPairs, (pair) => {
        const [before, after] = [compiled(pair.before), compiled(pair.after)];
        expect(texts(diff(after, before).changes, true)).toEqual(
          texts(diff(before, after).changes, false),
        );
      }),
      { numRuns: 40 },
    );
  });
});
