import type { Node } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { machineName, nodeOfThisMachine, thisNode } from './this-node.ts';

const node = (name: string, address: string): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { addresses: [{ type: 'InternalIP', address }] },
});

describe('this machine as a Node', () => {
  it('has its name, zone and addresses', () => {
    expect(thisNode({ name: 'here', zone: 'a', addresses: ['127.0.0.1'] })).toMatchObject({
      metadata: {
        name: 'here',
        labels: { 'kubernetes.io/hostname': 'here', 'topology.kubernetes.io/zone': 'a' },
      },
      status: { addresses: [{ type: 'InternalIP', address: '127.0.0.1' }, { address: 'here' }] },
    });
    expect(thisNode({ addresses: [] }).metadata.name).toBe(machineName());
  });

  it('is found by its name, else by an address', () => {
    const nodes = [node('a', '192.0.2.1'), node('b', '127.0.0.1')];
    const found = (name: string, ...addresses: readonly string[]): string | undefined =>
      nodeOfThisMachine(nodes, { name, addresses })?.metadata.name;
    expect(found('a', '127.0.0.1')).toBe('a');
    expect(found('c', '127.0.0.9', '127.0.0.1')).toBe('b');
    expect(found('c', '127.0.0.9')).toBeUndefined();
  });
});
