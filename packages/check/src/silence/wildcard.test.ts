import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { matchesWildcard } from './wildcard.ts';

const text = string({ unit: constantFrom('a', 'b', '*'), maxLength: 8 });

describe('a pattern with *', () => {
  it('fits what a regular expression with .* in its place fits', () => {
    assert(
      property(text, text, (pattern, written) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'u');
        expect(matchesWildcard(pattern, written)).toBe(expression.test(written));
      }),
      { numRuns: 2000 },
    );
  });

  it('is soon done with many of them', () => {
    expect(matchesWildcard('*a'.repeat(500), 'a'.repeat(2000))).toBe(true);
    expect(matchesWildcard(`${'*a'.repeat(500)}b`, 'a'.repeat(2000))).toBe(false);
  });
});
