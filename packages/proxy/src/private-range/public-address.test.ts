import { describe, expect, it } from 'vitest';

import { isPublicAddress } from './public-address.ts';

describe('a public address', () => {
  it.each(['1.1.1.1', '93.184.215.14', '2606:4700:4700::1111', '64:ff9b::1.1.1.1'])(
    'is %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback', '::1'],
    ['loopback, mapped', '::ffff:127.0.0.1'],
    ['loopback through NAT64', '64:ff9b::127.0.0.1'],
    ['cloud metadata', '169.254.169.254'],
    ['cloud metadata, mapped', '::ffff:169.254.169.254'],
    ['cloud metadata through NAT64', '64:ff9b::a9fe:a9fe'],
    ['cloud metadata over IPv6', 'fd00:ec2::254'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['private', '10.0.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['private', 'fd12:3456::1'],
    ['shared', '100.64.0.1'],
    ['6to4', '2002:7f00:1::'],
    ['unspecified', '0.0.0.0'],
    ['unspecified', '::'],
    ['broadcast', '255.255.255.255'],
    ['multicast', '224.0.0.1'],
    ['no address', 'example.com'],
    ['an address in disguise', '127.1'],
    ['nothing', ''],
  ])('is not %s: %s', (_, address) => expect(isPublicAddress(address)).toBe(false));
});
