import { describe, expect, it } from 'vitest';

import { counted, listed, quoted } from './sentence.ts';

describe('parts of a sentence', () => {
  it('a list has commas and an and, and an end', () => {
    expect(listed([])).toBe('');
    expect(listed(['a'])).toBe('a');
    expect(listed(['a', 'b'])).toBe('a and b');
    expect(listed(['a', 'b', 'c', 'd'])).toBe('a, b, c and d');
    expect(listed(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 others');
  });

  it('a count has a plural', () => {
    expect([0, 1, 2].map((count) => counted(count, 'error'))).toEqual([
      '0 errors',
      '1 error',
      '2 errors',
    ]);
  });

  it('a value is one line, and not too long', () => {
    expect(quoted(' a ')).toBe('a');
    expect(quoted('a\nb')).toBe('a…');
    expect(quoted('x'.repeat(61))).toBe(`${'x'.repeat(60)}…`);
  });
});
