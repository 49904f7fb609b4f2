import { describe, expect, it } from 'vitest';

import { byteLength } from './message.ts';

describe('the length of a text', () => {
  it('is counted in bytes of UTF-8', () => {
    expect(['', 'a', 'é', '€', '🛶', 'aé€🛶'].map(byteLength)).toEqual([0, 1, 2, 3, 4, 10]);
  });
});
