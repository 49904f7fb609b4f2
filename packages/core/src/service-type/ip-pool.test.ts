import { describe, expect, it } from 'vitest';

import { ipPool } from './ip-pool.ts';

describe('a pool of IPv4 addresses', () => {
  const pool = ipPool('clusterIP/IPv4', '10.96.0.0/24');

  it('leaves out the network’s and the broadcast address', () => {
    expect(pool.size).toBe(254);
    expect(pool.valueAt(0)).toBe('10.96.0.1');
    expect(pool.valueAt(253)).toBe('10.96.0.254');
    expect(pool.canonical('10.96.0.0')).toBeUndefined();
    expect(pool.canonical('10.96.0.255')).toBeUndefined();
    expect(pool.canonical('10.96.0.254')).toBe('10.96.0.254');
  });

  it.each(['10.95.255.255', '10.96.1.1', 'fd00::1', '::ffff:10.96.0.7', 'web', ''])(
    'does not have %j',
    (value) => {
      expect(pool.canonical(value)).toBeUndefined();
    },
  );

  it('says in the API server’s words why an address can’t be given', () => {
    expect(pool.outOfRange('10.0.0.1')).toBe(
      'the provided IP (10.0.0.1) is not in the valid range. The range of valid IPs is 10.96.0.0/24',
    );
    expect(pool.allocated).toBe('provided IP is already allocated');
  });
});

describe('a pool of IPv6 addresses', () => {
  it('leaves out the first address alone, and knows others by their canonical form', () => {
    const pool = ipPool('clusterIP/IPv6', 'fd00:10:96::/112');
    expect(pool.size).toBe(65535);
    expect(pool.valueAt(0)).toBe('fd00:10:96::1');
    expect(pool.valueAt(65534)).toBe('fd00:10:96::ffff');
    expect(pool.canonical('FD00:10:96:0:0::0AB')).toBe('fd00:10:96::ab');
    expect(pool.canonical('fd00:10:96::')).toBeUndefined();
  });

  it('may be a /64, of which any address can be fixed', () => {
    const pool = ipPool('clusterIP/IPv6', 'fd00::/64');
    expect(pool.size).toBe(2 ** 32);
    expect(pool.canonical('fd00::ffff:ffff:ffff:ffff')).toBe('fd00::ffff:ffff:ffff:ffff');
  });
});

describe('any pool of addresses', () => {
  it.each([
    ['10.96.0.0/12', 256],
    ['10.96.0.0/20', 256],
    ['10.96.0.0/22', 64],
    ['10.96.0.0/24', 16],
    ['10.96.0.0/27', 16],
    ['10.96.0.0/28', 0],
    ['fd00::/64', 256],
    ['fd00::/120', 16],
  ])('keeps the lower band of %s for fixed addresses: %i of them (KEP-3070)', (cidr, band) => {
    expect(ipPool('pool', cidr).staticBand).toBe(band);
  });

  it.each(['10.96.0.0/31', '10.96.0.0/32', 'fd00::/128', 'fd00::/63', '10.96.0.0', 'web'])(
    'can’t be made of %s',
    (cidr) => {
      expect(() => ipPool('pool', cidr)).toThrow(RangeError);
    },
  );
});
