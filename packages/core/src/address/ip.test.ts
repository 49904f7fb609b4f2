import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { IP } from './ip.ts';
import { canonicalIP, formatIP, parseIP, unmapIP, validateIP } from './ip.ts';

const ipv4 = fc.bigInt(0n, 2n ** 32n - 1n).map((value): IP => ({ family: 'IPv4', value }));
const ipv6 = fc
  .array(fc.oneof(fc.constantFrom(0n, 0n, 0xffffn), fc.bigInt(0n, 0xffffn)), {
    minLength: 8,
    maxLength: 8,
  })
  .map((groups): IP => ({
    family: 'IPv6',
    value: groups.reduce((value, group) => (value << 16n) | group, 0n),
  }));

describe('an IPv4 literal', () => {
  it('is four decimal numbers up to 255', () => {
    expect(parseIP('0.0.0.0')).toEqual({ family: 'IPv4', value: 0n });
    expect(parseIP('192.0.2.1')).toEqual({ family: 'IPv4', value: 0xc0000201n });
    expect(parseIP('255.255.255.255')).toEqual({ family: 'IPv4', value: 0xffffffffn });
  });

  it.each([
    ['has a number above 255', '192.0.2.256'],
    ['has a leading zero', '192.0.02.1'],
    ['has a lone double zero', '00.0.0.0'],
    ['has three numbers', '192.0.2'],
    ['has five numbers', '192.0.2.1.1'],
    ['has an empty number', '192..2.1'],
    ['has a sign', '+192.0.2.1'],
    ['has a hexadecimal number', '0xc0.0.2.1'],
    ['has space around it', ' 192.0.2.1'],
    ['ends in a line break', '192.0.2.1\n'],
    ['is one number', '3221225985'],
    ['has digits of another script', '١٩٢.0.2.1'],
    ['is empty', ''],
  ])('is refused when it %s', (_, text) => {
    expect(parseIP(text)).toBeUndefined();
  });
});

describe('an IPv6 literal', () => {
  it.each([
    ['::', 0n],
    ['::1', 1n],
    ['1::', 1n << 112n],
    ['2001:DB8::a', 0x2001_0db8_0000_0000_0000_0000_0000_000an],
    ['1:2:3:4:5:6:7:8', 0x0001_0002_0003_0004_0005_0006_0007_0008n],
    ['1:2:3:4:5:6:7::', 0x0001_0002_0003_0004_0005_0006_0007_0000n],
    ['::2:3:4:5:6:7:8', 0x0000_0002_0003_0004_0005_0006_0007_0008n],
    ['::ffff:192.0.2.1', 0xffff_c000_0201n],
    ['1:2:3:4:5:6:192.0.2.1', 0x0001_0002_0003_0004_0005_0006_c000_0201n],
    ['ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255', 2n ** 128n - 1n],
  ])('may be written %s', (text, value) => {
    expect(parseIP(text)).toEqual({ family: 'IPv6', value });
  });

  it.each([
    ['has seven groups', '1:2:3:4:5:6:7'],
    ['has nine groups', '1:2:3:4:5:6:7:8:9'],
    ['has :: for no group at all', '1:2:3:4::5:6:7:8'],
    ['has :: twice', '1::2::3'],
    ['has three colons in a row', '1:::2'],
    ['begins with one colon', ':1:2:3:4:5:6:7'],
    ['ends with one colon', '1:2:3:4:5:6:7:'],
    ['has five digits in a group', '2001:0db80::1'],
    ['has a letter that is no digit', '2001:dg8::1'],
    ['has IPv4 before its end', '::192.0.2.1:1'],
    ['has malformed IPv4 at its end', '::ffff:192.0.2.256'],
    ['has IPv4 and too many groups', '1:2:3:4:5:6:7:192.0.2.1'],
    ['has a zone', 'fe80::1%eth0'],
    ['has brackets', '[::1]'],
    ['is one colon', ':'],
  ])('is refused when it %s', (_, text) => {
    expect(parseIP(text)).toBeUndefined();
  });
});

describe('a literal of either family', () => {
  it('is all that a value may be', () => {
    expect(validateIP('10.9.8.7')).toEqual([]);
    expect(validateIP('2001:db8::ffff')).toEqual([]);
    expect(validateIP('10.9.8')).toEqual([
      'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ]);
  });
});

describe('the canonical form', () => {
  it.each([
    ['leaves out leading zeros', '2001:0db8::0001', '2001:db8::1'],
    ['is in lower case', '2001:DB8::ABCD', '2001:db8::abcd'],
    ['shortens the longest run of zeros', '2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['shortens the first of two equal runs', '2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['does not shorten a single zero', '2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['shortens as much as it can', '2001:db8::0:1', '2001:db8::1'],
    ['shortens zeros at the end', '1:0:0:0:0:0:0:0', '1::'],
    ['of nothing but zeros is ::', '0:0:0:0:0:0:0:0', '::'],
    ['of an IPv4-mapped address is mixed', '::FFFF:c000:201', '::ffff:192.0.2.1'],
    ['of IPv4 is the literal itself', '192.0.2.1', '192.0.2.1'],
  ])('%s', (_, text, canonical) => {
    expect(canonicalIP(text)).toBe(canonical);
  });

  it('does not exist for what is no address', () => {
    expect(canonicalIP('example.org')).toBeUndefined();
  });

  it('is read back as the same address', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), (ip) => {
        expect(parseIP(formatIP(ip))).toEqual(ip);
      }),
    );
  });

  it('is the same for the full form, and no longer', () => {
    fc.assert(
      fc.property(ipv6, (ip) => {
        const digits = ip.value.toString(16).padStart(32, '0');
        const full = (digits.match(/.{4}/g) ?? []).join(':');
        expect(canonicalIP(full)).toBe(formatIP(ip));
        expect(formatIP(ip).length).toBeLessThanOrEqual(full.length);
      }),
    );
  });
});

describe('an IPv4-mapped address', () => {
  it('has an IPv4 address inside', () => {
    expect(unmapIP({ family: 'IPv6', value: 0xffff_c000_0201n })).toEqual({
      family: 'IPv4',
      value: 0xc0000201n,
    });
  });

  it('is no other address', () => {
    const ip: IP = { family: 'IPv6', value: 0x1_ffff_c000_0201n };
    expect(unmapIP(ip)).toBe(ip);
  });
});
