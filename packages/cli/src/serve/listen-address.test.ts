import { describe, expect, it } from 'vitest';

import { parseListenAddress } from './listen-address.ts';

describe('a place to listen at', () => {
  it.each([
    ['8080', { hostname: '127.0.0.1', port: 8080 }],
    ['0', { hostname: '127.0.0.1', port: 0 }],
    ['0.0.0.0:80', { hostname: '0.0.0.0', port: 80 }],
    ['[::1]:65535', { hostname: '::1', port: 65_535 }],
    ['off', 'off'],
  ])('may be %s', (text, at) => {
    expect(parseListenAddress(text)).toEqual(at);
  });

  it.each([
    '',
    'on',
    ':80',
    '80:',
    '65536',
    '-1',
    '1e3',
    'localhost:80',
    '127.0.0.1',
    '::1:80',
    '[::1]',
    '[127.0.0.1]:80',
    '127.0.0.1:80:80',
    '127.0.0.256:80',
  ])('is not %j', (text) => {
    expect(() => parseListenAddress(text)).toThrow('must be a port, an IP address and a port');
  });
});
