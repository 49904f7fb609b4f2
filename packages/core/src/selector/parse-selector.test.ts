import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatSelector } from './format-selector.ts';
import { parseSelector, SelectorSyntaxError } from './parse-selector.ts';

function fault(text: string): SelectorSyntaxError {
  try {
    parseSelector(text);
  } catch (error) {
    if (error instanceof SelectorSyntaxError) return error;
  }
  throw new Error(`no syntax error in ${text}`);
}

function isAccepted(text: string): boolean {
  try {
    parseSelector(text);
    return true;
  } catch {
    return false;
  }
}

const GAP = '[ \\t\\r\\n]*';
const WORD = '[a-z0-9]+';
const VALUE = `(?:${WORD})?`;
const VALUES = `\\(${GAP}${VALUE}(?:${GAP},${GAP}${VALUE})*${GAP}\\)`;
const REQUIREMENT = `(?:${[
  `!${GAP}${WORD}`,
  WORD,
  `${WORD}${GAP}(?:==|!=|=)${GAP}${VALUE}`,
  `${WORD}${GAP}[<>]${GAP}[0-9]+`,
  `${WORD}[ \\t\\r\\n]+(?:in|notin)${GAP}${VALUES}`,
].join('|')})`;
const GRAMMAR = new RegExp(`^${GAP}(?:${REQUIREMENT}(?:${GAP},${GAP}${REQUIREMENT})*)?${GAP}$`);

const PIECES = ['a', '5', 'in', 'notin', '=', '==', '!=', '!', '<', '>', '(', ')', ',', ' ', '\n'];
const REQUIREMENTS = ['a=5', '!a', 'a in (5,a)', 'in notin ()', 'a>5', 'notin', 'a!=', 'a == in'];

/** Pieces at random, and sound selectors with one piece put in, at times over a character. */
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join('')),
  fc
    .record({
      sound: fc.array(fc.constantFrom(...REQUIREMENTS), { minLength: 1, maxLength: 3 }),
      piece: fc.constantFrom(...PIECES),
      at: fc.nat({ max: 12 }),
      over: fc.nat({ max: 1 }),
    })
    .map(({ sound, piece, at, over }) => {
      const selector = sound.join(',');
      return selector.slice(0, at) + piece + selector.slice(at + over);
    }),
);

describe('the string form of a selector', () => {
  it('is requirements, which come out in order of their keys', () => {
    expect(
      parseSelector('tier notin (cache,batch),app=shop,!canary,weight>5,weight<9,zone'),
    ).toEqual([
      { key: 'app', operator: 'In', values: ['shop'] },
      { key: 'canary', operator: 'DoesNotExist', values: [] },
      { key: 'tier', operator: 'NotIn', values: ['batch', 'cache'] },
      { key: 'weight', operator: 'Gt', values: ['5'] },
      { key: 'weight', operator: 'Lt', values: ['9'] },
      { key: 'zone', operator: 'Exists', values: [] },
    ]);
  });

  it('selects everything when it is empty', () => {
    expect(parseSelector('')).toEqual([]);
    expect(parseSelector(' \t\r\n')).toEqual([]);
  });

  it.each([
    ['x==a', 'x=a'],
    ['x in (a)', 'x=a'],
    ['x notin (a)', 'x!=a'],
    ['\rx', 'x'],
    [' x\t= \n a , ! y ', 'x=a,!y'],
    ['x in(a,b)', 'x in (a,b)'],
    ['x  notin\t(\nb , a )', 'x notin (a,b)'],
    ['x in (b,a,b)', 'x in (a,b)'],
    ['0.1.2.domain/99 in (10.10.100.1, tick.tack)', '0.1.2.domain/99 in (10.10.100.1,tick.tack)'],
    ['x=', 'x='],
    ['x= ', 'x='],
    ['x= ,z= ', 'x=,z='],
    ['x!=', 'x!='],
    ['x in ()', 'x='],
    ['x in (,)', 'x='],
    ['x in (,a)', 'x in (,a)'],
    ['x in (a,)', 'x in (,a)'],
    ['x in (b,,a)', 'x in (,a,b)'],
    ['x notin ()', 'x!='],
    ['in in (in,notin)', 'in in (in,notin)'],
    ['notin', 'notin'],
    ['!in', '!in'],
    ['notin notin (in)', 'notin!=in'],
    ['x=a,x=b,x', 'x,x=a,x=b'],
  ])('%j means %j', (text, canonical) => {
    expect(formatSelector(parseSelector(text))).toBe(canonical);
  });

  it.each([
    [',', 0, "'!' or identifier"],
    ['=a', 0, "'!' or identifier"],
    ['x,', 2, "'!' or identifier after ','"],
    ['x,,y', 2, "'!' or identifier after ','"],
    ['!', 1, 'identifier'],
    ['!!x', 1, 'identifier'],
    ['! =x', 2, 'identifier'],
    ['!x=a', 2, "',' or end of string"],
    ['x y', 2, 'in, notin, =, ==, !=, >, <'],
    ['x(a)', 1, 'in, notin, =, ==, !=, >, <'],
    ['x ! = a', 2, 'in, notin, =, ==, !=, >, <'],
    ['x in', 4, "'('"],
    ['x in a', 5, "'('"],
    ['x in (', 6, "identifier, ',' or ')'"],
    ['x in (a', 7, "',' or ')'"],
    ['x in (a b)', 8, "',' or ')'"],
    ['x in (a,', 8, "identifier, ',' or ')'"],
    ['x in (=)', 6, "identifier, ',' or ')'"],
    ['x in (a)b', 8, "',' or end of string"],
    ['x==a==b', 4, "',' or end of string"],
    ['x=!a', 2, "identifier, ',' or end of string"],
    ['x===a', 3, "identifier, ',' or end of string"],
    ['x>a', 2, 'integer'],
    ['x<', 2, 'integer'],
    ['x>9223372036854775808', 2, 'integer'],
  ])('goes wrong in %j at offset %i', (text, offset, expected) => {
    expect(fault(text)).toMatchObject({ name: 'SelectorSyntaxError', offset, expected });
  });

  it('says what was found, what was expected and where', () => {
    expect(fault('app in (shop').message).toBe("found '', expected: ',' or ')' (at offset 12)");
  });

  it('keeps to the rules of label keys and values', () => {
    expect(fault('a, b/c/d=e').message).toMatch(
      /^found 'b\/c\/d', expected: label key: a qualified name must consist .* \(at offset 3\)$/,
    );
    expect(fault('a=-').message).toMatch(
      /^found '-', expected: label value: a valid label must be .* \(at offset 2\)$/,
    );
    expect(fault(`a in (b,${'c'.repeat(64)})`)).toMatchObject({
      offset: 8,
      expected: 'label value: must be no more than 63 characters',
    });
    expect(fault('x>-5')).toMatchObject({ offset: 2 });
    expect(fault('x=a||y=b')).toMatchObject({ offset: 2 });
  });

  it('is accepted exactly where a grammar in one regular expression accepts it', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyText, (written) => {
        const sound = GRAMMAR.test(written);
        if (sound) accepted += 1;
        expect(isAccepted(written)).toBe(sound);
      }),
      { numRuns: 300 },
    );
    expect(accepted).toBeGreaterThan(20);
  });

  it('points into the text, or at its end, when it is not accepted', () => {
    fc.assert(
      fc.property(
        anyText.filter((written) => !GRAMMAR.test(written)),
        (written) => {
          const { offset, message } = fault(written);
          const found = /^found '(.*)', expected/s.exec(message)?.[1] ?? '';
          expect(written.startsWith(found, offset)).toBe(true);
          expect(found === '').toBe(offset === written.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});
