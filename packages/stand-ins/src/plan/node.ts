import { hash, HOSTNAME_LABEL, matchesSelector, selectorFromLabels } from '@portolan/core';
import type { Labels, Node, PodSpec } from '@portolan/core';

/** The only node where none is given. */
export const STAND_IN_NODE: Node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'stand-in', labels: { [HOSTNAME_LABEL]: 'stand-in' } },
  status: {
    addresses: [
      { type: 'InternalIP', address: '127.0.0.1' },
      { type: 'Hostname', address: 'stand-in' },
    ],
    conditions: [{ type: 'Ready', status: 'True' }],
  },
};

/** The nodes that meet a Pod's `nodeSelector`; all of them where none does. Taints and affinity are not read. */
export function nodesFor(
  spec: PodSpec & { readonly nodeSelector?: Labels },
  nodes: readonly Node[],
): readonly Node[] {
  const selector = selectorFromLabels(spec.nodeSelector ?? {});
  const eligible = nodes.filter(({ metadata }) => matchesSelector(selector, metadata.labels ?? {}));
  return eligible.length === 0 ? nodes : eligible;
}

/**
 * The name of the node that a Pod runs on: its own `spec.nodeName`, or else one of those it may run on. Pods of one
 * group go round all of them, from a node that follows from the group's name.
 */
export function nodeNameFor(
  spec: PodSpec,
  nodes: readonly Node[],
  group: string,
  index: number,
): string {
  if (spec.nodeName !== undefined && spec.nodeName !== '') return spec.nodeName;
  const eligible = nodesFor(spec, nodes);
  const node = eligible[(hash(group) + index) % eligible.length] ?? STAND_IN_NODE;
  return node.metadata.name;
}
