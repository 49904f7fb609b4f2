import { describe, expect, it } from 'vitest';

import { parseInteger } from './integer.ts';

describe('an integer', () => {
  it.each([
    ['0', 0n],
    ['-0', 0n],
    ['+5', 5n],
    ['-5', -5n],
    ['007', 7n],
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -9223372036854775808n],
    [`${'0'.repeat(100)}1`, 1n],
  ])('is read from %j', (text, integer) => {
    expect(parseInteger(text)).toBe(integer);
  });

  it.each([
    undefined,
    '',
    '-',
    'v2',
    '1.0',
    '1e3',
    '0x10',
    ' 1',
    '1\n',
    '1_000',
    '٣',
    '9223372036854775808',
    '-9223372036854775809',
    '1'.repeat(20),
  ])('is not read from %j', (text) => {
    expect(parseInteger(text)).toBeUndefined();
  });
});
