import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cidrContains, parseCIDR, validateCIDR } from './cidr.ts';
import type { IP } from './ip.ts';
import { formatIP, parseIP } from './ip.ts';

function contains(cidrText: string, addressText: string): boolean {
  const cidr = parseCIDR(cidrText);
  const address = parseIP(addressText);
  if (!cidr || !address) throw new Error(`${cidrText} or ${addressText} can't be read`);
  return cidrContains(cidr, address);
}

function bitsOf(ip: IP): string {
  return ip.value.toString(2).padStart(ip.family === 'IPv4' ? 32 : 128, '0');
}

describe('a CIDR', () => {
  it('is an address and the length of its prefix', () => {
    expect(parseCIDR('10.0.0.0/8')).toEqual({
      family: 'IPv4',
      network: 0x0a000000n,
      prefixLength: 8,
    });
    expect(parseCIDR('::/0')).toEqual({ family: 'IPv6', network: 0n, prefixLength: 0 });
  });

  it('drops the bits behind its prefix', () => {
    expect(parseCIDR('10.1.2.3/8')).toEqual(parseCIDR('10.0.0.0/8'));
  });

  it('of IPv4-mapped addresses is the IPv4 block', () => {
    expect(parseCIDR('::ffff:10.0.0.0/104')).toEqual(parseCIDR('10.0.0.0/8'));
    expect(parseCIDR('::ffff:10.0.0.0/95')?.family).toBe('IPv6');
  });

  it('is all that a value may be', () => {
    expect(validateCIDR('10.9.8.0/24')).toEqual([]);
    expect(validateCIDR('2001:db8::/64')).toEqual([]);
    expect(validateCIDR('10.9.8.0')).toEqual([
      'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    ]);
  });

  it.each([
    ['has no prefix length', '10.0.0.0'],
    ['has an empty prefix length', '10.0.0.0/'],
    ['has a prefix that is too long for IPv4', '10.0.0.0/33'],
    ['has a prefix that is too long for IPv6', '::/129'],
    ['has a leading zero in the prefix length', '10.0.0.0/08'],
    ['has a negative prefix length', '10.0.0.0/-1'],
    ['has two slashes', '10.0.0.0/8/8'],
    ['has no address', '/8'],
    ['has a short address', '10/8'],
    ['is empty', ''],
  ])('is refused when it %s', (_, text) => {
    expect(parseCIDR(text)).toBeUndefined();
  });
});

describe('an address', () => {
  it.each([
    ['10.0.0.0/8', '10.255.255.255'],
    ['192.0.2.7/32', '192.0.2.7'],
    ['0.0.0.0/0', '203.0.113.9'],
    ['2001:db8::/32', '2001:db8:ffff::1'],
    ['::/0', 'fe80::1'],
    ['10.0.0.0/8', '::ffff:10.1.2.3'],
  ])('is in %s when it is %s', (cidr, address) => {
    expect(contains(cidr, address)).toBe(true);
  });

  it.each([
    ['10.0.0.0/8', '11.0.0.0'],
    ['192.0.2.7/32', '192.0.2.6'],
    ['2001:db8::/32', '2001:db9::'],
    ['10.0.0.0/8', '::ffff:11.1.2.3'],
    ['::/0', '10.0.0.1'],
    ['::/0', '::ffff:10.0.0.1'],
    ['0.0.0.0/0', '::1'],
  ])('is not in %s when it is %s', (cidr, address) => {
    expect(contains(cidr, address)).toBe(false);
  });

  it('is in a block just when it begins with the same bits', () => {
    const pairs = fc
      .constantFrom({ family: 'IPv4' as const, size: 32 }, { family: 'IPv6' as const, size: 128 })
      .chain(({ family, size }) =>
        fc
          .tuple(
            fc.bigInt(0n, 2n ** BigInt(size) - 1n),
            fc.nat(size - 1),
            fc.boolean(),
            fc.nat(size),
          )
          .map(([value, flippedBit, isFlipped, prefixLength]) => ({
            network: { family, value } as IP,
            address: { family, value: isFlipped ? value ^ (1n << BigInt(flippedBit)) : value },
            prefixLength,
          })),
      );
    fc.assert(
      fc.property(pairs, ({ network, address, prefixLength }) => {
        const expected =
          bitsOf(network).slice(0, prefixLength) === bitsOf(address).slice(0, prefixLength);
        expect(contains(`${formatIP(network)}/${prefixLength}`, formatIP(address))).toBe(expected);
      }),
    );
  });
});
