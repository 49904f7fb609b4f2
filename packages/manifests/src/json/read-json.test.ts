import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SyntaxFault } from '../document/syntax-fault.ts';
import { plainValue } from '../tree/plain-value.ts';
import { readJSON } from './read-json.ts';

/** What a plain value is as `JSON.parse` gives it. */
function unmapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmapped);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, item]) => [String(key), unmapped(item)]));
}

const read = (text: string): readonly unknown[] =>
  [...readJSON({ text, offset: 0 })].map((tree) => unmapped(plainValue(tree)));

/** Where reading fails and why. */
function fault(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof SyntaxFault) return `${error.offset}: ${error.message}`;
  }
  throw new Error('there was no fault');
}

/** What `parse` gives where it gives one value. */
function single(parse: () => readonly unknown[]): readonly unknown[] | undefined {
  try {
    const values = parse();
    return values.length === 1 ? values : undefined;
  } catch {
    return undefined;
  }
}

describe('reading JSON', () => {
  it('reads whatever JSON.stringify writes, in whatever layout', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(read(text)).toEqual([JSON.parse(text)]);
      }),
      { numRuns: 200 },
    );
  });

  it('reads one value exactly where JSON.parse does', () => {
    const text = fc.stringMatching(/^[[\]{},:"\\0-9.eE+\- truefalsn]{1,12}$/u);
    fc.assert(
      fc.property(text, (written) => {
        expect(single(() => read(written))).toEqual(single(() => [JSON.parse(written)]));
      }),
      { numRuns: 300 },
    );
  });

  it('reads one value after the other', () => {
    expect(read('{"a":1}\n{"a":2} [3]')).toEqual([{ a: 1 }, { a: 2 }, [3]]);
    expect(read(' \n')).toEqual([]);
  });

  it.each([
    ['{"a":1,}', '7: JSON: expected a key in double quotes, found "}"'],
    ['{a:1}', '1: JSON: expected a key in double quotes, found "a"'],
    ['{"a" 1}', '5: JSON: expected ":" after a key, found "1"'],
    ['{"a":1 "b":2}', '7: JSON: expected "," or "}" after a value, found "\\""'],
    ['[1 2]', '3: JSON: expected "," or "]" after a list item, found "2"'],
    ['[1', '2: JSON: expected "," or "]" after a list item, found the end of the file'],
    ['{"a":}', '5: JSON: expected a value, found "}"'],
    ["['a']", '1: JSON: expected a value, found "\'"'],
    ['[nul]', '1: JSON: expected a value, found "n"'],
    ['[\n// no\n1]', '2: JSON: expected a value, found "/"; JSON has no comments'],
    ['# no', '0: JSON: expected a value, found "#"; JSON has no comments'],
    [
      '["a\nb"]',
      '1: JSON: a string must end on its line and hold no bad escape or control character',
    ],
    [
      '["\\x"]',
      '1: JSON: a string must end on its line and hold no bad escape or control character',
    ],
    ['["a', '1: JSON: a string must end on its line and hold no bad escape or control character'],
    ['[01]', '2: JSON: expected "," or "]" after a list item, found "1"'],
  ])('points at the fault of %j', (text, message) => {
    expect(fault(text)).toBe(message);
  });

  it('refuses what nests too deep', () => {
    expect(fault('['.repeat(100_000))).toContain('maps and lists nest deeper than 256 levels');
  });
});
