import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseSelector } from './parse-selector.ts';
import type { Requirement } from './selector.ts';
import { matchesSelector, selectorFromLabels } from './selector.ts';

const labelKey = fc.constantFrom('x', 'y', 'z');
const labelValue = fc.constantFrom('', 'a', 'b', '1', '2', '10');
const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({
    key: labelKey,
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.array(labelValue, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    key: labelKey,
    operator: fc.constantFrom('Exists', 'DoesNotExist'),
    values: fc.constant([]),
  }),
  fc.record({
    key: labelKey,
    operator: fc.constantFrom('Gt', 'Lt'),
    values: fc.tuple(fc.constantFrom('0', '1', '5')),
  }),
);

function naivelyMeets(
  { key, operator, values }: Requirement,
  labels: readonly (readonly [string, string])[],
): boolean {
  const found = labels.filter(([name]) => name === key).map(([, value]) => value);
  const numbers = found.filter((value) => /^\d+$/.test(value)).map(Number);
  return {
    In: found.some((value) => values.includes(value)),
    NotIn: !found.some((value) => values.includes(value)),
    Exists: found.length === 1,
    DoesNotExist: found.length === 0,
    Gt: numbers.some((number) => number > Number(values[0])),
    Lt: numbers.some((number) => number < Number(values[0])),
  }[operator];
}

describe('a selector', () => {
  it.each([
    ['', { x: 'y' }],
    ['', {}],
    ['x=y', { x: 'y' }],
    ['x==y', { x: 'y' }],
    ['x=', { x: '' }],
    ['x=y,z=w', { x: 'y', z: 'w', more: '' }],
    ['x!=y', { x: 'z' }],
    ['x!=y', {}],
    ['x in (a,b)', { x: 'b' }],
    ['x in ()', { x: '' }],
    ['x notin (a,b)', { x: 'c' }],
    ['x notin (a,b)', {}],
    ['x', { x: '' }],
    ['!x', { y: 'z' }],
    ['x>1', { x: '2' }],
    ['x<1', { x: '-1' }],
    ['x>9', { x: '10' }],
    ['x>9223372036854775806', { x: '9223372036854775807' }],
    ['notin=in', { notin: 'in' }],
  ])('%j matches %j', (text, labels) => {
    expect(matchesSelector(parseSelector(text), labels)).toBe(true);
  });

  it.each([
    ['x=z', {}],
    ['x=', {}],
    ['x=y', { x: 'z' }],
    ['x=y', { x: 'Y' }],
    ['x=y,z=w', { x: 'y', z: 'y' }],
    ['x!=y', { x: 'y' }],
    ['x in (a,b)', { x: 'c' }],
    ['x in (a,b)', {}],
    ['x notin (a,b)', { x: 'a' }],
    ['x', { y: 'z' }],
    ['!x', { x: '' }],
    ['x>1', { x: '1' }],
    ['x<1', { x: '1' }],
    ['x>1', {}],
    ['x<1', {}],
    ['x>1', { x: 'v2' }],
    ['x<1', { x: '' }],
    ['x=a,x=b', { x: 'a' }],
  ])('%j does not match %j', (text, labels) => {
    expect(matchesSelector(parseSelector(text), labels)).toBe(false);
  });

  it('does not take the properties of every object for labels', () => {
    expect(matchesSelector(parseSelector('constructor'), {})).toBe(false);
    expect(matchesSelector(parseSelector('!toString'), {})).toBe(true);
    const labels: Record<string, string> = JSON.parse('{"__proto__": "a"}');
    const selector: readonly Requirement[] = [{ key: '__proto__', operator: 'In', values: ['a'] }];
    expect(matchesSelector(selector, labels)).toBe(true);
    expect(matchesSelector(selector, {})).toBe(false);
  });

  it('matches what a naive reading of each operator matches', () => {
    fc.assert(
      fc.property(
        fc.array(requirement, { maxLength: 3 }),
        fc.uniqueArray(fc.tuple(labelKey, labelValue), { selector: ([key]) => key }),
        (selector, labels) => {
          expect(matchesSelector(selector, Object.fromEntries(labels))).toBe(
            selector.every((each) => naivelyMeets(each, labels)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the selector of a map of labels', () => {
  it('asks for each label with its value', () => {
    expect(selectorFromLabels({ tier: 'web', app: 'shop' })).toEqual(
      parseSelector('app=shop,tier=web'),
    );
  });

  it('selects everything when the map is empty', () => {
    expect(matchesSelector(selectorFromLabels({}), { any: 'thing' })).toBe(true);
  });
});
