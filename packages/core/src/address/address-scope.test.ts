import { describe, expect, it } from 'vitest';

import type { AddressScope } from './address-scope.ts';
import { addressScope } from './address-scope.ts';
import { parseIP } from './ip.ts';

function scopeOf(text: string): AddressScope {
  const ip = parseIP(text);
  if (!ip) throw new Error(`${text} is no address`);
  return addressScope(ip);
}

describe('the scope of an address', () => {
  it.each<[AddressScope, string, string]>([
    ['unspecified', '0.0.0.0', '0.0.0.0'],
    ['unspecified', '::', '::'],
    ['loopback', '127.0.0.0', '127.255.255.255'],
    ['loopback', '::1', '::1'],
    ['link-local', '169.254.0.0', '169.254.255.255'],
    ['link-local', 'fe80::', 'febf:ffff::'],
    ['private', '10.0.0.0', '10.255.255.255'],
    ['private', '172.16.0.0', '172.31.255.255'],
    ['private', '192.168.0.0', '192.168.255.255'],
    ['private', '100.64.0.0', '100.127.255.255'],
    ['private', 'fc00::', 'fdff:ffff::'],
    ['private', '64:ff9b:1::', '64:ff9b:1:ffff::'],
    ['multicast', '224.0.0.0', '239.255.255.255'],
    ['multicast', 'ff00::', 'ff02::1'],
    ['documentation', '192.0.2.0', '192.0.2.255'],
    ['documentation', '198.51.100.0', '198.51.100.255'],
    ['documentation', '203.0.113.0', '203.0.113.255'],
    ['documentation', '2001:db8::', '2001:db8:ffff::'],
    ['documentation', '3fff::', '3fff:fff::'],
    ['reserved', '0.0.0.1', '0.255.255.255'],
    ['reserved', '192.0.0.0', '192.0.0.8'],
    ['reserved', '192.0.0.11', '192.0.0.255'],
    ['reserved', '192.88.99.0', '192.88.99.255'],
    ['reserved', '198.18.0.0', '198.19.255.255'],
    ['reserved', '240.0.0.0', '255.255.255.255'],
    ['reserved', '2001::', '2001:0:ffff::'],
    ['reserved', '2001:1::', '2001:1::4'],
    ['reserved', '2001:2::', '2001:2:ffff::'],
    ['reserved', '2001:10::', '2001:1f:ffff::'],
    ['reserved', '2002:7f00:1::', '2002:ffff::'],
    ['reserved', '100::', '100:0:0:1::'],
    ['reserved', '5f00::', '5f00:ffff::'],
    ['reserved', 'fec0::', 'feff::'],
    ['reserved', '::127.0.0.1', '::ffff:0:127.0.0.1'],
    ['public', '1.0.0.0', '9.255.255.255'],
    ['public', '100.63.255.255', '100.128.0.0'],
    ['public', '172.15.255.255', '172.32.0.0'],
    ['public', '192.0.0.9', '192.0.0.10'],
    ['public', '192.31.196.1', '192.52.193.1'],
    ['public', '223.255.255.255', '8.8.8.8'],
    ['public', '64:ff9b::', '64:ff9b::255.255.255.255'],
    ['public', '2000::', '2606:4700::1111'],
    ['public', '2001:1::1', '2001:1::3'],
    ['public', '2001:3::', '2001:4:112::'],
    ['public', '2001:20::', '2001:3f:ffff::'],
    ['public', '2001:200::', '2003::'],
    ['public', '3ffe:ffff::', '3fff:1000::'],
  ])('is %s from %s to %s', (scope, first, last) => {
    expect([scopeOf(first), scopeOf(last)]).toEqual([scope, scope]);
  });

  it.each<[AddressScope, string]>([
    ['loopback', '127.0.0.1'],
    ['private', '10.0.0.1'],
    ['link-local', '169.254.169.254'],
    ['public', '8.8.8.8'],
  ])('is %s for %s inside an IPv4-mapped address', (scope, text) => {
    expect(scopeOf(`::ffff:${text}`)).toBe(scope);
  });
});
