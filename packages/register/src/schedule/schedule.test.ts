import { assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RegisterError } from '../api-request/api-request.ts';
import { renewalDelay, retryDelay } from './schedule.ts';

const away = new RegisterError('away');
const chance = double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const duration = integer({ min: 1000, max: 86_400_000 });

describe('the next renewal', () => {
  it('comes after a third of the duration, or up to a fifth earlier', () => {
    assert(
      property(duration, chance, (milliseconds, random) => {
        const delay = renewalDelay(milliseconds, random);
        expect(delay).toBeLessThanOrEqual(milliseconds / 3);
        expect(delay).toBeGreaterThan((milliseconds / 3) * 0.79);
      }),
    );
  });
});

describe('the next try', () => {
  it('comes later the more have failed, and never later than a third of the duration or a minute', () => {
    assert(
      property(
        duration,
        integer({ min: 1, max: 2000 }),
        chance,
        (milliseconds, failures, random) => {
          const delay = retryDelay(away, failures, milliseconds, random);
          expect(delay).toBeGreaterThan(0);
          expect(delay).toBeLessThanOrEqual(Math.min(milliseconds / 3, 60_000));
          expect(delay).toBeLessThanOrEqual(retryDelay(away, failures + 1, milliseconds, random));
        },
      ),
    );
  });

  it.each([
    [400, 60_000],
    [401, 60_000],
    [408, 1000],
    [409, 1000],
    [422, 60_000],
    [429, 1000],
    [500, 1000],
    [503, 1000],
  ])('after %i comes after %i ms', (status, delay) => {
    expect(retryDelay(new RegisterError('no', { status }), 1, 30_000, 0)).toBe(delay);
  });

  it('comes no sooner than Retry-After says', () => {
    const error = new RegisterError('no', { status: 503, retryAfter: 90_000 });
    expect(retryDelay(error, 1, 30_000, 0)).toBe(90_000);
  });

  it.each([429, 401])('comes within six minutes after %i, whatever Retry-After says', (status) => {
    const error = new RegisterError('no', { status, retryAfter: 1e15 });
    expect(retryDelay(error, 1, 30_000, 0.99)).toBeLessThan(360_000);
  });
});
