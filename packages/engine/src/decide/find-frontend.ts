import { EVERY_NODE, parseIP, type IPFamily } from '@portolan/core';

import type { RequestFacts } from '../decision/decision.ts';
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

/** @param host As `normalizeHost` gives it. */
export function findFrontend(
  snapshot: Snapshot,
  { entrance, port }: RequestFacts,
  host: string,
): FoundFrontend | undefined {
  const { frontends, nodeAddresses } = snapshot;
  const own = frontendKey({ entrance, protocol: 'TCP', host, port });
  const frontend = frontends[own];
  if (frontend !== undefined) return { key: own, frontend, family: parseIP(host)?.family };

  const node = Object.hasOwn(nodeAddresses, host) ? nodeAddresses[host] : undefined;
  if (node === undefined) return undefined;
  const key = frontendKey({ entrance, protocol: 'TCP', host: EVERY_NODE, port });
  const shared = frontends[key];
  if (shared === undefined) return undefined;
  const family = parseIP(host)?.family;
  const families = findService(snapshot, shared.service)?.ipFamilies ?? [];
  if (family !== undefined && !families.includes(family)) return undefined;
  return { key, frontend: shared, family, node };
}
