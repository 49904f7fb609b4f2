import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compileRegularExpression } from '../regular-expression/compile.ts';
import type { ValueClasses, ValueKind, ValueMatcher } from './value-class.ts';
import { valueClasses } from './value-class.ts';

function exact(value: string): ValueMatcher {
  return { value };
}

function expression(value: string): ValueMatcher {
  const compiled = compileRegularExpression(value);
  if ('error' in compiled) throw new Error(compiled.error);
  return { value, program: compiled.program };
}

function classesOf(
  matchers: readonly ValueMatcher[],
  kind: ValueKind = 'header',
  left = 100_000,
): ValueClasses {
  return valueClasses(kind, matchers, { left });
}

function valuesOf(matchers: readonly ValueMatcher[], kind?: ValueKind): readonly unknown[] {
  return classesOf(matchers, kind).classes.map(({ value }) => value);
}

describe('the values of a header', () => {
  it('are its absence, which is like every value that no rule asks for, and each that one does', () => {
    expect(valuesOf([exact('a'), exact('b')])).toEqual([undefined, 'a', 'b']);
  });

  it('are not those that no field can carry', () => {
    expect(valuesOf([exact(' a'), exact('a\t'), exact('a\r\nb')])).toEqual([undefined]);
    expect(valuesOf([expression('[ \\t].*|.*[ \\t]')])).toEqual([undefined, ', ']);
  });

  it('end in a blank only where several fields are joined and nothing else will do', () => {
    expect(valuesOf([exact('a, ')])).toEqual([undefined, 'a, ']);
    expect(valuesOf([expression('a(, .*)')])).toEqual([undefined, 'a, a']);
    expect(valuesOf([expression('a=1; ')])).toEqual([undefined, 'a=1; ']);
  });

  it('are told apart by exact values and expressions together', () => {
    expect(classesOf([expression('v[1-9]'), exact('v1'), expression('.*')])).toEqual({
      classes: [
        { value: undefined, fits: [] },
        { value: 'v1', fits: [1, 0, 2] },
        { value: 'any', fits: [2] },
        { value: 'v2', fits: [0, 2] },
      ],
      complete: true,
    });
  });

  it('are incomplete where that takes too many steps, and have one for each expression that is met soon', () => {
    const { classes, complete } = classesOf(
      [expression('b+'), expression('.*a.{18}')],
      'header',
      100,
    );
    expect(complete).toBe(false);
    expect(classes).toContainEqual({ value: 'b', fits: [0] });
  });
});

describe('the values of a query parameter', () => {
  it('may be any text', () => {
    expect(valuesOf([exact(' '), exact('\n'), expression('\\s\\s')], 'query')).toEqual([
      undefined,
      ' ',
      '\n',
      '  ',
    ]);
  });

  it('leave out no text where they are complete', () => {
    const patterns = fc.subarray(['a*', '.', '[^]?b', '(a|b){2}', '\\b.*', 'a$|^b', '.*\\B.']);
    const texts = fc.subarray(['', 'a', 'ab', '\n']);
    const values = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 5 });
    fc.assert(
      fc.property(patterns, texts, fc.array(values), (expressions, exacts, many) => {
        const matchers = [...expressions.map(expression), ...exacts.map(exact)];
        const found = classesOf(matchers, 'query').classes.map(({ fits }) => new Set(fits));
        for (const text of many) {
          const fits = [...matchers.entries()].flatMap(([index, { value, program }]) =>
            (program ? new RegExp(`^(?:${value})$`, 'u').test(text) : value === text)
              ? [index]
              : [],
          );
          expect(found).toContainEqual(new Set(fits));
        }
      }),
      { numRuns: 200 },
    );
  });
});
