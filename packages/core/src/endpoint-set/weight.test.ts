import { describe, expect, it } from 'vitest';

import { parseWeight } from './weight.ts';

describe('a weight', () => {
  it.each([
    ['0', 0],
    ['1', 1],
    ['42', 42],
    ['999', 999],
    ['1000', 1000],
  ])('%j is %i', (text, weight) => {
    expect(parseWeight(text)).toBe(weight);
  });

  it.each(['', ' 1', '1\n', '-1', '+1', '01', '1.5', '1e2', '1001', '9999', '٣', 'much'])(
    '%j is none',
    (text) => {
      expect(parseWeight(text)).toBeUndefined();
    },
  );
});
