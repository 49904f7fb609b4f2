import { describe, expect, it } from 'vitest';

import { validatePortName } from './port-name.ts';

const CHARACTERS = 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)';
const LETTER = 'must contain at least one letter (a-z)';
const CONSECUTIVE = 'must not contain consecutive hyphens';
const ENDS = 'must not begin or end with a hyphen';
const LENGTH = 'must be no more than 15 characters';

describe('a port name', () => {
  it.each(['http', 'a', '2http', 'http-8080', '1-a-1', 'abcdefghijklmno'])('may be %j', (value) => {
    expect(validatePortName(value)).toEqual([]);
  });

  it.each([
    ['', [CHARACTERS, LETTER]],
    ['8080', [LETTER]],
    ['Http', [CHARACTERS]],
    ['HTTP', [CHARACTERS, LETTER]],
    ['a_b', [CHARACTERS]],
    ['a--b', [CONSECUTIVE]],
    ['-a', [ENDS]],
    ['a-', [ENDS]],
    ['-', [LETTER, ENDS]],
    ['--', [LETTER, CONSECUTIVE, ENDS]],
    ['abcdefghijklmnop', [LENGTH]],
    ['-Ab--cdefghijklmn', [LENGTH, CHARACTERS, CONSECUTIVE, ENDS]],
  ])('may not be %j', (value, messages) => {
    expect(validatePortName(value)).toEqual(messages);
  });
});
