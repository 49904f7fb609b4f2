import type { Labels, Node, PodSpec } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { nodeNameFor, nodesFor } from './node.ts';

const containers = [{ name: 'web' }];
const nodes = [node('a', { disk: 'ssd' }), node('b', { disk: 'ssd' }), node('c', { disk: 'hdd' })];

describe('nodeNameFor', () => {
  it("is the Pod's own nodeName, known or not", () => {
    expect(nodeNameFor({ containers, nodeName: 'b' }, nodes, 'web', 0)).toBe('b');
    expect(nodeNameFor({ containers, nodeName: 'z' }, nodes, 'web', 0)).toBe('z');
  });

  it('goes round all nodes', () => {
    const names = [0, 1, 2, 3].map((index) => nodeNameFor({ containers }, nodes, 'web', index));
    expect(names.slice(0, 3).toSorted()).toEqual(['a', 'b', 'c']);
    expect(names[3]).toBe(names[0]);
  });

  it('does not begin every group at the same node', () => {
    const groups = ['one', 'two', 'three', 'four', 'five', 'six'];
    const names = groups.map((group) => nodeNameFor({ containers }, nodes, group, 0));
    expect(new Set(names).size).toBeGreaterThan(1);
  });

  it('keeps to the nodes that the nodeSelector allows', () => {
    const spec: PodSpec = withNodeSelector({ disk: 'ssd' });
    const names = [0, 1, 2, 3].map((index) => nodeNameFor(spec, nodes, 'web', index));
    expect([...new Set(names)].toSorted()).toEqual(['a', 'b']);
  });
});

describe('nodesFor', () => {
  it('is every node where none meets the nodeSelector', () => {
    expect(nodesFor(withNodeSelector({ 'kubernetes.io/os': 'linux' }), nodes)).toEqual(nodes);
  });
});

function node(name: string, labels: Labels): Node {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } };
}

function withNodeSelector(nodeSelector: Labels): PodSpec & { readonly nodeSelector: Labels } {
  return { containers, nodeSelector };
}
