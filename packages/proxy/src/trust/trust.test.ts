import { parseIP } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { isTrustedBy, type Trust } from './trust.ts';

function trusts(trust: Trust, address: string | undefined, distance: number): boolean | undefined {
  return isTrustedBy(trust)?.(parseIP(address ?? ''), distance);
}

describe('whom we trust', () => {
  it.each<[Trust]>([[{}], [{ hops: 0 }], [{ cidrs: [] }], [{ hops: 0, cidrs: [] }]])(
    'is nobody with %o',
    (trust) => {
      expect(isTrustedBy(trust)).toBeUndefined();
    },
  );

  it('is, with hops, so many addresses from us on, whatever they are', () => {
    expect(trusts({ hops: 2 }, '203.0.113.7', 0)).toBe(true);
    expect(trusts({ hops: 2 }, undefined, 1)).toBe(true);
    expect(trusts({ hops: 2 }, '10.0.0.1', 2)).toBe(false);
  });

  it('is, with cidrs, every address in one of them, however far', () => {
    const trust = { cidrs: ['10.0.0.0/8', '2001:db8::/32'] };
    expect(trusts(trust, '10.1.2.3', 0)).toBe(true);
    expect(trusts(trust, '2001:db8::7', 9)).toBe(true);
    expect(trusts(trust, '::ffff:10.1.2.3', 0)).toBe(true);
    expect(trusts(trust, '11.0.0.0', 0)).toBe(false);
    expect(trusts(trust, undefined, 0)).toBe(false);
  });

  it('is, with both, who meets either', () => {
    const trust = { hops: 1, cidrs: ['10.0.0.0/8'] };
    expect(trusts(trust, '203.0.113.7', 0)).toBe(true);
    expect(trusts(trust, '10.0.0.1', 1)).toBe(true);
    expect(trusts(trust, '203.0.113.7', 1)).toBe(false);
  });

  it.each<[Trust]>([
    [{ hops: -1 }],
    [{ hops: 1.5 }],
    [{ hops: Number.NaN }],
    [{ hops: Number.POSITIVE_INFINITY }],
    [{ cidrs: ['10.0.0.0/8', '10.0.0.1'] }],
    [{ cidrs: ['10.0.0.0/33'] }],
    [{ cidrs: ['proxies.example'] }],
    [{ cidrs: [''] }],
  ])('can not be %o', (trust) => {
    expect(() => isTrustedBy(trust)).toThrow(RangeError);
  });
});
