import { formatIP } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { nodeAddress } from './node-address.ts';

describe('the address of a node', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:4711', '192.0.2.1'],
    ['192.0.2.1:_port', '192.0.2.1'],
    ['2001:DB8::1', '2001:db8::1'],
    ['::1:80', '::1:80'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['[2001:db8::1]:_port', '2001:db8::1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
  ])('is in %s', (text, address) => {
    const ip = nodeAddress(text);
    expect(ip && formatIP(ip)).toBe(address);
  });

  it.each([
    '',
    'unknown',
    '_hidden',
    'localhost',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.1:',
    '192.0.2.1:port',
    '192.0.2.1:123456',
    '192.0.2.1 192.0.2.2',
    '[192.0.2.1',
    '[]',
    '[::1]80',
    '[::1',
    '::1]',
    'fe80::1%eth0',
    '1,2',
  ])('is not in %o', (text) => {
    expect(nodeAddress(text)).toBeUndefined();
  });
});
