import { formatIP, type IP } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { addressPool, type AddressPool } from './address-pool.ts';

const ANY = (): boolean => true;

function all(pool: AddressPool): readonly string[] {
  return [...pool.addresses('IPv4'), ...pool.addresses('IPv6')];
}

describe('a pool of addresses', () => {
  it('is made of addresses, ranges with both ends, and CIDRs, in the order given', () => {
    const pool = addressPool(
      ['192.0.2.9', '192.0.2.1-192.0.2.3', '198.51.100.8/30', '2001:DB8::1', '2001:db8:1::/127'],
      ANY,
    );
    expect(all(pool)).toEqual([
      '192.0.2.9',
      '192.0.2.1',
      '192.0.2.2',
      '192.0.2.3',
      '198.51.100.9',
      '198.51.100.10',
      '2001:db8::1',
      '2001:db8:1::',
      '2001:db8:1::1',
    ]);
    expect(['192.0.2.2', '192.0.2.4', '2001:db8::1'].map(pool.has)).toEqual([true, false, true]);
  });

  it.each(['192.0.2.1/32', '192.0.2.0/31'])(
    'gives all of %s, which has no broadcast address',
    (cidr) => {
      expect(all(addressPool([cidr], ANY))).toContain('192.0.2.1');
    },
  );

  it('knows its families', () => {
    const pool = addressPool(['192.0.2.1'], ANY);
    expect([pool.hasFamily('IPv4'), pool.hasFamily('IPv6')]).toEqual([true, false]);
  });

  it.each([
    '',
    'localhost',
    '192.0.2.3-192.0.2.1',
    '192.0.2.1-',
    '192.0.2.1-2001:db8::1',
    '192.0.2.1-192.0.2.2-192.0.2.3',
  ])('is not made of %j', (entry) => {
    expect(() => addressPool([entry], ANY)).toThrow(RangeError);
  });

  it('has no address that is not this machine’s, however large the range', () => {
    const own = (ip: IP): boolean => ['192.0.2.1', '192.0.2.3'].includes(formatIP(ip));
    expect(() => addressPool(['192.0.2.1-192.0.2.3'], own)).toThrow(
      '192.0.2.2 of 192.0.2.1-192.0.2.3',
    );
    expect(() => addressPool(['::/0'], own)).toThrow(RangeError);
    expect(all(addressPool(['192.0.2.1', '192.0.2.3'], own))).toHaveLength(2);
  });

  it('takes all of 127.0.0.0/8 at once where all of it is this machine’s', () => {
    let asked = 0;
    const pool = addressPool(['127.0.0.0/8'], () => (asked += 1) > 0);
    expect(asked).toBeLessThan(10);
    expect(pool.has('127.200.0.1')).toBe(true);
  });
});
