import type { Endpoint } from '@portolan/core';
import type { Dialer } from '@portolan/proxy';
import { expect, it } from 'vitest';

import { withOverrides } from './with-overrides.ts';

it('finds endpoints where they listen in truth', () => {
  const dialled: Endpoint[] = [];
  const dialer: Dialer = {
    name: 'any',
    dial: ({ endpoint }) => {
      dialled.push(endpoint);
      return { unreachable: 'InvalidAddress', message: '' };
    },
  };
  const endpoint: Endpoint = {
    address: 'fd00::7',
    addressType: 'IPv6',
    port: 80,
    ready: true,
    serving: true,
    terminating: false,
  };
  const service = { namespace: 'shop', name: 'cart', port: 80, portName: '' };
  const target = { endpoint, service };
  let overrides: Readonly<Record<string, string>> = {};
  const { dial } = withOverrides(dialer, () => overrides);
  dial(target);
  overrides = { '[fd00::7]:80': '127.1.0.7:18080' };
  dial(target);
  overrides = { '[fd00::7]:80': '[::1]:18080' };
  dial(target);
  expect(dialled.map(({ address, addressType, port }) => [address, addressType, port])).toEqual([
    ['fd00::7', 'IPv6', 80],
    ['127.1.0.7', 'IPv4', 18080],
    ['::1', 'IPv6', 18080],
  ]);
});
