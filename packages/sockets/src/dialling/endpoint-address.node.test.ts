import type { Endpoint } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { endpointAddress } from './endpoint-address.ts';

function endpoint(address: string, addressType: Endpoint['addressType']): Endpoint {
  return { address, addressType, port: 80, ready: true, serving: true, terminating: false };
}

describe('an endpoint', () => {
  it('is reached at its own address', async () => {
    expect(await endpointAddress(endpoint('10.0.0.1', 'IPv4'), {})).toEqual({
      address: '10.0.0.1',
      port: 80,
    });
  });

  it.each([
    ['10.0.0.1', 'IPv4', '10.0.0.1:80', '127.0.0.1:4711', '127.0.0.1'],
    ['fd00::7', 'IPv6', '[fd00::7]:80', '[::1]:4711', '::1'],
    ['pay.example', 'FQDN', 'pay.example:80', '127.0.0.1:4711', '127.0.0.1'],
  ] as const)('may in truth listen elsewhere: %s', async (address, type, own, at, expected) => {
    expect(await endpointAddress(endpoint(address, type), { [own]: at })).toEqual({
      address: expected,
      port: 4711,
    });
  });

  it.each(['localhost', 'a.localhost', '127.0.0.1', '169.254.169.254'])(
    'that is a name is not reached at an address that is not public: %s',
    async (name) => {
      const reached = endpointAddress(endpoint(name, 'FQDN'), {});
      await expect(reached).rejects.toThrow('not a public address');
    },
  );
});
