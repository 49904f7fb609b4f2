import type { ControlPlane } from '@portolan/control-plane';
import { MANIFESTS_ANNOTATION, ZONE_LABEL } from '@portolan/core';
import type { Store } from '@portolan/store';

import { storedObjects } from '../stored/stored.ts';
import {
  machineName,
  nodeOfThisMachine,
  THIS_NODE,
  thisNode,
  type ThisNodeOptions,
  type Whereabouts,
} from './this-node.ts';

/** This machine among the Nodes. */
export interface RegisteredNode {
  /** What it is called at present, and the zone that was given, else that of its Node. */
  readonly whereabouts: () => Whereabouts;
  /** Makes it a Node where no other is it, and takes that back where one has come. */
  readonly register: () => Promise<void>;
}

export interface RegisterNodeOptions extends ThisNodeOptions {
  /** Is told why it could not be made one. */
  readonly warn: (messages: readonly string[]) => void;
}

export function registerNode(
  store: Pick<Store, 'list'>,
  controlPlane: Pick<ControlPlane, 'applyManifests'>,
  options: RegisterNodeOptions,
): RegisteredNode {
  return {
    whereabouts: () => {
      const metadata = nodeOfThisMachine(storedObjects(store, 'Node'), options)?.metadata;
      const zone = options.zone ?? metadata?.labels?.[ZONE_LABEL];
      return {
        node: options.name ?? metadata?.name ?? machineName(),
        ...(zone !== undefined && { zone }),
      };
    },
    register: async () => {
      const nodes = storedObjects(store, 'Node');
      const isMissing =
        options.addresses.length > 0 && nodeOfThisMachine(nodes, options) === undefined;
      const isThere = nodes.some(
        ({ metadata }) => metadata.annotations?.[MANIFESTS_ANNOTATION] === THIS_NODE,
      );
      if (isMissing === isThere) return;
      const { refused } = await controlPlane.applyManifests(isMissing ? [thisNode(options)] : [], {
        source: THIS_NODE,
      });
      options.warn(refused.map(({ ref: { name }, message }) => `Node ${name}: ${message}`));
    },
  };
}
