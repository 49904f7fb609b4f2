import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { afterCheck, HEALTHY } from './health.ts';

describe('the health of an endpoint', () => {
  it.each([
    ['', true],
    ['bb', true],
    ['bbb', false],
    ['bbgbb', true],
    ['bbbg', false],
    ['bbbgbg', false],
    ['bbbgg', true],
    ['bbbggbb', true],
    ['bbbggbbb', false],
  ])('after checks %j, b for bad and g for good, is %s', (checks, expected) => {
    const thresholds = { healthyThreshold: 2, unhealthyThreshold: 3 };
    const health = checks
      .split('')
      .reduce((before, each) => afterCheck(before, each === 'g', thresholds), HEALTHY);
    expect(health.isHealthy).toBe(expected);
  });

  it('is what the last long enough row of equal checks says', () => {
    const threshold = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(fc.array(fc.boolean()), threshold, threshold, (checks, healthy, unhealthy) => {
        const thresholds = { healthyThreshold: healthy, unhealthyThreshold: unhealthy };
        const { isHealthy } = checks.reduce(
          (before, each) => afterCheck(before, each, thresholds),
          HEALTHY,
        );
        const text = checks.map((each) => (each ? 'g' : 'b')).join('');
        const lastGood = text.lastIndexOf('g'.repeat(healthy));
        const lastBad = text.lastIndexOf('b'.repeat(unhealthy));
        expect(isHealthy).toBe(lastGood >= lastBad);
      }),
    );
  });
});
