import { EVERY_NODE, parseIP, type Entrance, type IPFamily, type Protocol } from '@portolan/core';

import { findService } from '../snapshot/services.ts';
import {
  frontendKey,
  type FrontendKey,
  type Snapshot,
  type SnapshotFrontend,
} from '../snapshot/snapshot.ts';

/** A Service's own address that was knocked at. */
export interface FoundFrontend {
  readonly key: FrontendKey;
  readonly frontend: SnapshotFrontend;
  /** Of the address; absent where a name was knocked at. */
  readonly family?: IPFamily;
  /** The node whose address it is, where it is a node's. */
  readonly node?: string;
}

/** Where a client knocked. */
export interface Knock {
  readonly entrance: Entrance;
  readonly protocol: Protocol;
  /** As `normalizeHost` gives it. */
  readonly host: string;
  readonly port: number;
}

export function findFrontend(snapshot: Snapshot, knock: Knock): FoundFrontend | undefined {
  const { frontends, nodeAddresses } = snapshot;
  const { host } = knock;
  const own = frontendKey(knock);
  const frontend = frontends[own];
  if (frontend !== undefined) return { key: own, frontend, family: parseIP(host)?.family };

  const node = Object.hasOwn(nodeAddresses, host) ? nodeAddresses[host] : undefined;
  if (node === undefined) return undefined;
  const key = frontendKey({ ...knock, host: EVERY_NODE });
  const shared = frontends[key];
  if (shared === undefined) return undefined;
  const family = parseIP(host)?.family;
  const families = findService(snapshot, shared.service)?.ipFamilies ?? [];
  if (family !== undefined && !families.includes(family)) return undefined;
  return { key, frontend: shared, family, node };
}
