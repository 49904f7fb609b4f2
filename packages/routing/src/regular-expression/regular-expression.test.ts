import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compileRegularExpression, MAXIMUM_PATTERN } from './compile.ts';
import type { Program } from './program.ts';
import { matchesProgram } from './run.ts';

function compile(pattern: string): Program {
  const compiled = compileRegularExpression(pattern);
  if ('error' in compiled) throw new Error(compiled.error);
  return compiled.program;
}

function matches(pattern: string, text: string): boolean {
  return matchesProgram(compile(pattern), text);
}

function errorOf(pattern: string): string | undefined {
  const compiled = compileRegularExpression(pattern);
  return 'error' in compiled ? compiled.error : undefined;
}

describe('a regular expression', () => {
  it('matches the whole text, not a part of it', () => {
    expect(matches('/api', '/api')).toBe(true);
    expect(matches('/api', '/api/v1')).toBe(false);
    expect(matches('/api', '/v1/api')).toBe(false);
    expect(matches('/a|/api', '/api')).toBe(true);
  });

  it('matches with regard to case', () => {
    expect(matches('/API', '/api')).toBe(false);
  });

  it('is plain JSON data', () => {
    const program = compile('/(v[12]|beta)?/\\w+$');
    expect(JSON.parse(JSON.stringify(program))).toEqual(program);
  });

  it('takes time that grows with the length of the text alone', () => {
    expect(matches('(a*)*b', 'a'.repeat(5000))).toBe(false);
    expect(matches(`${'a?'.repeat(60)}${'a'.repeat(60)}`, 'a'.repeat(60))).toBe(true);
  });

  it.each([
    ['(?=a)a', "(?=a) is not supported: what looks around can't be matched in linear time"],
    ['(?<!a)a', "(?<!a) is not supported: what looks around can't be matched in linear time"],
    ['(a)\\1', "\\1 is not supported: a backreference can't be matched in linear time"],
    ['(?<x>a)\\k<x>', "\\k<x> is not supported: a backreference can't be matched in linear time"],
    ['(?i:a)', "(?i:a) is not supported: flags can't be changed"],
    ['\\p{L}', '\\p{L} is not supported: classes go by code points, not by properties'],
    ['[\\p{L}]', '\\p{L} is not supported: classes go by code points, not by properties'],
    ['a{4001}', 'is too large: written out, it needs more than 4000 instructions'],
    ['((a{99}){99}){99}', 'is too large: written out, it needs more than 4000 instructions'],
    ['\\w{1001}', 'is too large: written out, it needs more than 4000 instructions'],
    ['a'.repeat(MAXIMUM_PATTERN + 1), 'must have at most 4096 characters'],
  ])('%s is refused: %s', (pattern, error) => {
    expect(errorOf(pattern)).toBe(error);
  });

  it.each(['(', '[', 'a**', 'a{3,2}', '[z-a]', '\\q'])(
    '%s is refused with a message of one line',
    (pattern) => {
      expect(errorOf(pattern)).toMatch(/^[^\n]+$/u);
    },
  );

  it('is refused when its groups are nested too deeply to be read, and never throws', () => {
    const depth = MAXIMUM_PATTERN / 2;
    const compiled = compileRegularExpression(`${'('.repeat(depth)}${')'.repeat(depth)}`);
    expect(Object.keys(compiled)).toHaveLength(1);
  });

  it('repeats what is empty without end only once', () => {
    expect(matches('(?:){99999999}a(?:)*', 'a')).toBe(true);
  });

  const atoms = fc.constantFrom(
    'a',
    'b',
    '.',
    '\\d',
    '\\W',
    '\\s',
    '[ab]',
    '[^a]',
    '[\\w-]',
    '[^\\S1]',
    '[]',
    '[^]',
    '^',
    '$',
    '\\b',
    '\\B',
    '\\/',
    '\\u{1f600}',
    '',
  );
  // Without `*?`: V8 says that `^(?:[^]*?a^)?$` does not match the empty text.
  const patterns = fc.letrec<{ pattern: string; term: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 4 },
      tie('term'),
      fc.tuple(tie('pattern'), tie('pattern')).map((both) => both.join('')),
      fc.tuple(tie('pattern'), tie('pattern')).map((both) => both.join('|')),
    ),
    term: fc.oneof(
      { maxDepth: 4 },
      atoms,
      fc
        .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{0,}', '??', '{0}'))
        .map(([body, quantifier]) => `(?:${body})${quantifier}`),
      tie('pattern').map((body) => `(${body})`),
    ),
  })).pattern;
  const texts = fc
    .array(fc.constantFrom('a', 'b', '1', ' ', '-', '/', '\n', '😀', 'é'), { maxLength: 6 })
    .map((characters) => characters.join(''));

  it('agrees with the native RegExp', () => {
    fc.assert(
      fc.property(
        patterns,
        fc.array(texts, { minLength: 1, maxLength: 8 }),
        (pattern, candidates) => {
          const native = new RegExp(`^(?:${pattern})$`, 'u');
          const program = compile(pattern);
          for (const text of candidates) {
            expect([text, matchesProgram(program, text)]).toEqual([text, native.test(text)]);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
