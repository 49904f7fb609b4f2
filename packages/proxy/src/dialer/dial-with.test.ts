import { describe, expect, it } from 'vitest';

import { forwardDecision } from '../../test/decision/forward-decision.ts';
import { dialWith } from './dial-with.ts';
import type { Dialer, Reachable } from './dialer.ts';

const reachable: Reachable = {
  fetch: async () => new Response(),
  base: 'http://127.0.0.1:8080',
  keepsHost: false,
  upgrades: 'none',
};

const reaching = (name: string): Dialer => ({ name, dial: () => reachable });
const refusing = (name: string): Dialer => ({
  name,
  dial: () => ({ unreachable: 'ServiceNotBound', message: `${name} is not for it` }),
});

describe('dialWith', () => {
  it('takes the first dialer that reaches the target', () => {
    const dialers = [refusing('a'), reaching('b'), reaching('c')];
    expect(dialWith(dialers, forwardDecision())).toEqual({ dialer: 'b', by: reachable });
  });

  it('gives the reason of each where none does', () => {
    expect(dialWith([refusing('a'), refusing('b')], forwardDecision())).toEqual({
      reasons: [
        { dialer: 'a', unreachable: 'ServiceNotBound', message: 'a is not for it' },
        { dialer: 'b', unreachable: 'ServiceNotBound', message: 'b is not for it' },
      ],
    });
    expect(dialWith([], forwardDecision())).toEqual({ reasons: [] });
  });

  it('takes one that throws for one that does not reach it', () => {
    const odd: Dialer = {
      name: 'odd',
      dial: () => {
        throw new Error('no such key');
      },
    };
    expect(dialWith([odd, reaching('b')], forwardDecision())).toMatchObject({ dialer: 'b' });
    expect(dialWith([odd], forwardDecision())).toEqual({
      reasons: [{ dialer: 'odd', unreachable: 'DialerFailed', message: 'Error: no such key' }],
    });
  });

  it('asks no further than it must', () => {
    const asked: string[] = [];
    const asking = (dialer: Dialer): Dialer => ({
      ...dialer,
      dial: (target) => {
        asked.push(dialer.name);
        return dialer.dial(target);
      },
    });
    dialWith([refusing('a'), reaching('b'), reaching('c')].map(asking), forwardDecision());
    expect(asked).toEqual(['a', 'b']);
  });
});
