import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatSelector } from './format-selector.ts';
import { parseSelector } from './parse-selector.ts';
import type { Requirement } from './selector.ts';

const key = fc.constantFrom('a', 'a-b', 'example.com/a', 'in', 'notin', 'Z');
const value = fc.constantFrom('', 'a', 'B', 'in', '1.2', '7');
const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({
    key,
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist'), values: fc.constant([]) }),
  fc.record({
    key,
    operator: fc.constantFrom('Gt', 'Lt'),
    values: fc.tuple(fc.constantFrom('0', '07', '12')),
  }),
);
const selector = fc.array(requirement, { maxLength: 4 });

/** What a selector asks for, whatever the order. */
function contents(requirements: readonly Requirement[]): readonly string[] {
  return requirements
    .map(({ values, ...rest }) =>
      JSON.stringify({ ...rest, values: [...new Set(values)].toSorted() }),
    )
    .toSorted();
}

describe('the canonical form of a selector', () => {
  it('sorts requirements by key, whatever their operators', () => {
    expect(formatSelector(parseSelector('d,!c,b>1,a=x'))).toBe('a=x,b>1,!c,d');
  });

  it('sorts values', () => {
    expect(formatSelector([{ key: 'x', operator: 'In', values: ['def', 'abc', 'def'] }])).toBe(
      'x in (abc,def)',
    );
  });

  it('is the same for the same requirements in any order', () => {
    fc.assert(
      fc.property(selector, (requirements) => {
        expect(formatSelector(requirements.toReversed())).toBe(formatSelector(requirements));
      }),
      { numRuns: 200 },
    );
  });

  it('is read back as the selector in canonical order', () => {
    fc.assert(
      fc.property(selector, (requirements) => {
        const text = formatSelector(requirements);
        const parsed = parseSelector(text);
        expect(formatSelector(parsed)).toBe(text);
        expect(contents(parsed)).toEqual(contents(requirements));
      }),
      { numRuns: 200 },
    );
  });
});
