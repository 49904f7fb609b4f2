import { hostname } from 'node:os';

import {
  HOSTNAME_LABEL,
  MANIFESTS_ANNOTATION,
  nodeAddresses,
  ZONE_LABEL,
  type Node,
} from '@portolan/core';

/** What this machine tells of itself as a Node. */
export interface ThisNodeOptions {
  /** By default the machine's name. */
  readonly name?: string;
  readonly zone?: string;
  /** IP literals. */
  readonly addresses: readonly string[];
}

/** Which Node a machine is, and where. */
export interface Whereabouts {
  readonly node: string;
  readonly zone?: string;
}

/** Whose manifest a Node is that a host made of its machine: the value of `MANIFESTS_ANNOTATION`. */
export const THIS_NODE = 'this-node';

/** The name that this machine has as a Node where nobody gives it another: as a kubelet does, its host name in lower case. */
export function machineName(): string {
  return hostname().toLowerCase();
}

/** This machine as a Node, as a kubelet would register it. */
export function thisNode({ name = machineName(), zone, addresses }: ThisNodeOptions): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { [HOSTNAME_LABEL]: name, ...(zone !== undefined && { [ZONE_LABEL]: zone }) },
    },
    status: {
      addresses: [
        ...addresses.map((address) => ({ type: 'InternalIP', address }) as const),
        { type: 'Hostname', address: name },
      ],
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

/** The Node among others that is this machine: the one called so, or one that has an address of ours. */
export function nodeOfThisMachine(
  nodes: readonly Node[],
  { name, addresses }: Pick<ThisNodeOptions, 'addresses' | 'name'>,
): Node | undefined {
  const others = nodes.filter(
    ({ metadata }) => metadata.annotations?.[MANIFESTS_ANNOTATION] !== THIS_NODE,
  );
  const named = others.find(({ metadata }) => metadata.name === (name ?? machineName()));
  if (named !== undefined) return named;
  const owners = nodeAddresses(others);
  const owner = addresses.map((address) => owners.get(address)).find((each) => each !== undefined);
  return others.find(({ metadata }) => metadata.name === owner);
}
