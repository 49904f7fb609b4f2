import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isTraceparent, isTracestate, newTraceparent } from './trace-context.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

function bytes(fill: number): (length: number) => Uint8Array {
  return (length) => new Uint8Array(length).fill(fill);
}

describe('a traceparent', () => {
  it.each([
    `00-${TRACE}-${PARENT}-00`,
    `00-${TRACE}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-ff`,
    `01-${TRACE}-${PARENT}-01`,
    `fe-${TRACE}-${PARENT}-01-what-comes-later`,
    `cc-${TRACE}-${PARENT}-01-`,
  ])('may be %s', (text) => {
    expect(isTraceparent(text)).toBe(true);
  });

  it.each([
    '',
    `ff-${TRACE}-${PARENT}-01`,
    `00-${'0'.repeat(32)}-${PARENT}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-01-more`,
    `00-${TRACE}-${PARENT}-01-`,
    `00-${TRACE}-${PARENT}-1`,
    `00-${TRACE}-${PARENT}-`,
    `00-${TRACE}-${PARENT}`,
    `0-${TRACE}-${PARENT}-01`,
    `01-${TRACE}-${PARENT}-01x`,
    `00-${TRACE.slice(1)}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-01, 00-${TRACE}-${PARENT}-01`,
    `00_${TRACE}_${PARENT}_01`,
  ])('can not be %o', (text) => {
    expect(isTraceparent(text)).toBe(false);
  });
});

describe('a tracestate', () => {
  const members = (count: number): string =>
    Array.from({ length: count }, (_, index) => `k${index}=1`).join(',');

  it.each([
    'congo=t61rcWkgMzE',
    'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
    'a=1 ,\t b=2, ,',
    '0tenant@system=x',
    'a/b*c_d-e@f@g=!~ +<>\\" -x',
    `${'k'.repeat(256)}=${'v'.repeat(256)}`,
    members(32),
  ])('may be %s', (text) => {
    expect(isTracestate(text)).toBe(true);
  });

  it.each([
    '',
    ' , ',
    'a',
    'a=',
    '=1',
    'A=1',
    'a=1=2',
    'a =1',
    '@a=1',
    'a=\u00e9',
    'a=1;b=2,c',
    `${'k'.repeat(257)}=1`,
    `k=${'v'.repeat(257)}`,
    members(33),
  ])('can not be %o', (text) => {
    expect(isTracestate(text)).toBe(false);
  });
});

describe('a new traceparent', () => {
  it.each([
    [`00-${TRACE}-${PARENT}-01`, '01'],
    [`00-${TRACE}-${PARENT}-00`, '00'],
    [`00-${TRACE}-${PARENT}-03`, '03'],
    [`00-${TRACE}-${PARENT}-ff`, '03'],
    [`cc-${TRACE}-${PARENT}-05-more`, '01'],
  ])('goes on with the trace of %s, in our version, with flags %s', (parent, flags) => {
    expect(newTraceparent(parent, bytes(0xab))).toBe(`00-${TRACE}-${'ab'.repeat(8)}-${flags}`);
  });

  it.each([undefined, '', 'garbage', `ff-${TRACE}-${PARENT}-01`])(
    'begins a trace that is not sampled where the parent is %o',
    (parent) => {
      expect(newTraceparent(parent, bytes(0x0c))).toBe(
        `00-${'0c'.repeat(16)}-${'0c'.repeat(8)}-02`,
      );
    },
  );

  it('is valid whatever the random bytes are', () => {
    const fill = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(
        fill,
        fc.constantFrom(undefined, `00-${TRACE}-${PARENT}-01`),
        (random, parent) => {
          const made = newTraceparent(parent, (length) => random.subarray(0, length));
          expect(isTraceparent(made)).toBe(true);
        },
      ),
      { seed: 7, examples: [[new Uint8Array(16), undefined]] },
    );
  });

  it('is another one each time', () => {
    expect(newTraceparent(undefined)).not.toBe(newTraceparent(undefined));
  });
});
