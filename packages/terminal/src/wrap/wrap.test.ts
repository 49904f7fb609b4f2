import { describe, expect, it } from 'vitest';

import { PLAIN } from '../style/style.ts';
import { wrap } from './wrap.ts';

describe('wrap', () => {
  it('breaks between words and indents what follows', () => {
    const terminal = { width: 24, colours: false };
    expect(wrap('one two three four five six', terminal, 2)).toBe('one two three four\n  five six');
  });

  it('leaves a long word whole, and everything where there is no width', () => {
    const path = `/${'a'.repeat(60)}`;
    expect(wrap(path, { width: 30, colours: false })).toBe(path);
    expect(wrap('one two', PLAIN)).toBe('one two');
  });
});
