import { EVERY_NODE, type Entrance } from '@portolan/core';
import { frontendKey, type Snapshot, type SnapshotFrontend } from '@portolan/engine';

/** Where a client may knock. */
export interface Place {
  readonly entrance: Entrance;
  /** As `normalizeHost` gives it. */
  readonly host: string;
  readonly port: number;
}

/**
 * The Service that may answer at an address of its own. Whether it does is for `decide` to say: at a node's address it
 * doesn't where the address is of an IP family that the Service hasn't.
 */
export function frontendAt(
  { frontends, nodeAddresses }: Snapshot,
  { entrance, host, port }: Place,
): SnapshotFrontend | undefined {
  const own = frontends[frontendKey({ entrance, protocol: 'TCP', host, port })];
  if (own !== undefined || !Object.hasOwn(nodeAddresses, host)) return own;
  return frontends[frontendKey({ entrance, protocol: 'TCP', host: EVERY_NODE, port })];
}
