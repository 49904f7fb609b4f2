import { describe, expect, it } from 'vitest';

import { headerEffects } from './header-effects.ts';

const REQUEST = { type: 'RequestHeaderModifier' } as const;
const RESPONSE = { type: 'ResponseHeaderModifier' } as const;
const ONE = { name: 'X-A', value: '1' };
const TWO = { name: 'X-A', value: '2' };

describe('what header modifiers come to', () => {
  it.each([
    [
      'each what it does',
      [{ ...REQUEST, set: [ONE], remove: ['b'] }],
      ['request remove b', 'request set x-a: 1'],
    ],
    [
      'a field set twice: the last value',
      [{ ...REQUEST, set: [ONE, TWO] }],
      ['request set x-a: 2'],
    ],
    [
      'added twice: both',
      [{ ...REQUEST, add: [ONE, TWO] }],
      ['request add x-a: 1', 'request add x-a: 2'],
    ],
    [
      'set, then added to: both, and nothing of before',
      [{ ...REQUEST, set: [ONE], add: [TWO] }],
      ['request set x-a: 1', 'request add x-a: 2'],
    ],
    [
      'removed at last: gone',
      [{ ...REQUEST, set: [ONE], remove: ['x-a'] }],
      ['request remove x-a'],
    ],
    [
      'removed, and set by the next: set',
      [
        { ...REQUEST, remove: ['x-a'] },
        { ...REQUEST, add: [ONE] },
      ],
      ['request set x-a: 1'],
    ],
    [
      'of requests and of responses apart',
      [
        { ...RESPONSE, set: [ONE] },
        { ...REQUEST, set: [TWO] },
      ],
      ['request set x-a: 2', 'response set x-a: 1'],
    ],
  ])('is, for %s', (_, filters, effects) => {
    expect(headerEffects(filters)).toEqual(effects);
  });

  it('is the same in whatever order different fields are named', () => {
    const other = { name: 'b', value: '1' };
    expect(headerEffects([{ ...REQUEST, set: [ONE, other] }])).toEqual(
      headerEffects([
        { ...REQUEST, set: [other] },
        { ...REQUEST, set: [ONE] },
      ]),
    );
  });
});
