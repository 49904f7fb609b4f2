import { expect, it } from 'vitest';

import type { Node } from '../resources/node.ts';
import { nodeAddresses } from './node-addresses.ts';

type Address = NonNullable<NonNullable<Node['status']>['addresses']>[number];

function node(name: string, ...addresses: readonly Address[]): Node {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { addresses } };
}

it('an address that is missing is passed over, since nobody checks a status', () => {
  const status: object = { addresses: [{ type: 'InternalIP' }, null, { address: '192.168.0.1' }] };
  const odd = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' }, status } as const;
  expect([...nodeAddresses([odd])]).toEqual([['192.168.0.1', 'a']]);
});

it('nodes are knocked at by every address, in canonical form', () => {
  const addresses = nodeAddresses([
    node(
      'a',
      { type: 'InternalIP', address: '192.168.0.1' },
      { type: 'InternalIP', address: 'FD00:0::1' },
      { type: 'ExternalIP', address: '203.0.113.1' },
      { type: 'Hostname', address: 'Node-A' },
      { type: 'InternalDNS', address: 'node-a' },
      { type: 'ExternalDNS', address: 'a.example.com.' },
    ),
    node('b', { type: 'InternalIP', address: '192.168.0.1' }, { type: 'Hostname', address: 'b_b' }),
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'c' } },
  ]);
  expect([...addresses]).toEqual([
    ['192.168.0.1', 'a'],
    ['fd00::1', 'a'],
    ['203.0.113.1', 'a'],
    ['node-a', 'a'],
    ['a.example.com', 'a'],
  ]);
});
