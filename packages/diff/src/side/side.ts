import type { CompiledWithStandIns } from '@portolan/compile';
import { authority, compareText, objectKey, type DNSRecord, type Endpoint } from '@portolan/core';
import type { Snapshot } from '@portolan/engine';

import { allocatedClusterIPs } from './allocated.ts';
import { counted } from './counted.ts';
import { standInOwners } from './owner.ts';
import { signaturesOf, type Numbering, type Signatures } from './signatures.ts';

/** One of the two sets of manifests, and what of it nobody wrote down. */
export interface Side {
  readonly snapshot: Snapshot;
  readonly dnsRecords: readonly DNSRecord[];
  /** What a stand-in with this address stands in for: `Deployment shop/cart`; `undefined`: none has it. */
  readonly standInAt: (address: string) => string | undefined;
  /** Cluster IPs that no manifest fixes. */
  readonly allocated: ReadonlySet<string>;
  readonly signatures: Signatures;
  /** The same text where the Snapshot is the same, down to whom its stand-ins stand in for. */
  readonly digest: string;
}

/** @param number the same for both sides */
export function sideOf(given: CompiledWithStandIns, number: Numbering): Side {
  const { snapshot, dnsRecords } = given.compiled;
  const owners = standInOwners(given);
  const addresses = new Map(
    given.plan.pods.flatMap((pod) =>
      (pod.status?.podIPs ?? []).map(({ ip }) => [ip, owners.get(objectKey(pod))] as const),
    ),
  );
  const side = { snapshot, standInAt: (address: string) => addresses.get(address) };
  return {
    ...side,
    dnsRecords,
    allocated: allocatedClusterIPs(given.compiled),
    signatures: signaturesOf(side, number),
    digest: JSON.stringify([snapshot.version, [...addresses]]),
  };
}

/** Endpoints as they are compared and shown: `10.0.0.1:8080 (weight 3)`, `2 × Deployment shop/cart:8080`; sorted. */
export function endpointNames(
  { standInAt }: Pick<Side, 'standInAt'>,
  endpoints: readonly Endpoint[],
): readonly string[] {
  const names: string[] = [];
  const standIns: string[] = [];
  for (const { address, port, weight = 1 } of endpoints) {
    const owner = standInAt(address);
    const share = weight === 1 ? '' : ` (weight ${weight})`;
    if (owner === undefined) names.push(authority(address, port) + share);
    else standIns.push(`${owner}:${port}${share}`);
  }
  return [...names, ...counted(standIns)].toSorted(compareText);
}
