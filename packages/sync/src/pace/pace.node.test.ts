import * as Duration from 'effect/Duration';
import * as Effect from 'effect/Effect';
import * as Schedule from 'effect/Schedule';
import { describe, expect, it } from 'vitest';

import { backoff, type Failure } from './backoff.ts';
import { retryAfterOf } from './retry-after.ts';

async function delays(...failures: readonly Failure[]): Promise<readonly number[]> {
  const schedule = backoff({ initial: 100, maximum: 1000 }, (failure: Failure) => failure);
  const program = Effect.gen(function* () {
    const step = yield* Schedule.toStep(schedule);
    const found: number[] = [];
    for (const failure of failures) {
      const [, delay] = yield* step(0, failure);
      found.push(Duration.toMillis(delay));
    }
    return found;
  });
  return Effect.runPromise(Effect.orDie(program));
}

describe('what failed is tried again', () => {
  it('after delays that double up to a limit, a fifth more or less', async () => {
    const found = await delays({}, {}, {}, {}, {}, {});
    for (const [index, middle] of [100, 200, 400, 800, 1000, 1000].entries()) {
      expect(found[index]).toBeGreaterThanOrEqual(middle * 0.8);
      expect(found[index]).toBeLessThanOrEqual(middle * 1.2);
    }
    expect(new Set(found).size).toBe(found.length);
  });

  it('as late as can be where it will not be otherwise soon', async () => {
    expect((await delays({ isLasting: true }))[0]).toBeGreaterThanOrEqual(800);
  });

  it('no sooner than it asks for, within reason', async () => {
    expect(await delays({ retryAfter: 5000 }, { retryAfter: 1e9 })).toEqual([5000, 300_000]);
  });
});

describe('Retry-After', () => {
  it.each([
    ['3', 3000],
    ['0', 0],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('%j is %j milliseconds', (field, milliseconds) => {
    expect(retryAfterOf(field)).toBe(milliseconds);
  });
});
