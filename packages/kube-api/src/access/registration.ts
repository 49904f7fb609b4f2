import {
  addressScope,
  cidrContains,
  LEASE_ANNOTATION,
  parseCIDR,
  parseIP,
  SOURCE_ANNOTATION,
  validateDNS1123Subdomain,
  type AddressScope,
  type CIDR,
} from '@portolan/core';
import type { NewObject, Store } from '@portolan/store';

import { listAt, numberAt, objectAt, textAt } from '../content/json-object.ts';
import type { Identity } from './access.ts';
import { mayTouch } from './authorize.ts';

const REFUSED_SCOPES: ReadonlySet<AddressScope> = new Set([
  'link-local',
  'loopback',
  'multicast',
  'reserved',
  'unspecified',
]);

/** Where clouds have their metadata services outside the link-local block, and prefixes behind which NAT64 has all of IPv4. */
const REFUSED_BLOCKS: readonly CIDR[] = [
  'fd00:ec2::/32',
  'fd20:ce::254/128',
  '100.100.100.200/32',
  '168.63.129.16/32',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
].flatMap((block) => parseCIDR(block) ?? []);

/** UTF-16 code units of JSON, managed fields included: what is patched may grow beyond what one request may hold. */
const LARGEST = 65_536;

/** Bytes that a request of somebody may have as its content: what a `register` token may write is small, and judging it is work. */
export function bodyLimit(identity: Identity | undefined, limit: number): number {
  return identity?.role === 'register' ? Math.min(LARGEST, limit) : limit;
}

/** Seconds: a day. What a process leaves behind that has gone without a word is gone after two of them. */
const LONGEST_LEASE = 86_400;

/**
 * Why a `register` token may not keep this object; `undefined` where it may. Its Pods name a Lease, which is its own or isn't
 * there yet, and addresses that are allowed to it.
 */
export function registrationFault(
  identity: Identity,
  object: NewObject,
  store: Store,
): string | undefined {
  if (identity.role !== 'register') return undefined;
  const { annotations, namespace = '' } = object.metadata;
  // Either would keep it from going when its lease runs out.
  if (textAt(annotations, SOURCE_ANNOTATION) !== undefined) return 'it may not come from a sync';
  if (listAt(object.metadata, 'finalizers').length > 0) return 'it may not have finalizers';
  if (JSON.stringify(object).length > LARGEST) return `it may not be larger than ${LARGEST} bytes`;
  if ((numberAt(objectAt(object, 'spec'), 'leaseDurationSeconds') ?? 0) > LONGEST_LEASE) {
    return `its spec.leaseDurationSeconds may not be above ${LONGEST_LEASE}`;
  }
  if (object.kind !== 'Pod') return undefined;
  const name = textAt(annotations, LEASE_ANNOTATION) ?? '';
  if (validateDNS1123Subdomain(name).length > 0) {
    return `its annotation ${LEASE_ANNOTATION} must name a Lease`;
  }
  const lease = store.get({ resource: 'leases.coordination.k8s.io', namespace, name });
  if (lease !== undefined && !mayTouch(identity, lease)) {
    return `the Lease ${JSON.stringify(name)} is not its own`;
  }
  const addresses = addressesOf(object);
  if (addresses.length === 0) return 'its status.podIP must be an address';
  const refused = addresses.find((address) => !isAllowedAddress(identity, address));
  return refused && `the address ${JSON.stringify(refused)} is not allowed`;
}

function addressesOf({ status }: NewObject): readonly string[] {
  const podIP = textAt(status, 'podIP');
  const podIPs = listAt(status, 'podIPs').map((each) => textAt(each, 'ip') ?? '');
  return podIP === undefined ? podIPs : [podIP, ...podIPs];
}

function isAllowedAddress({ addresses }: Identity, text: string): boolean {
  const ip = parseIP(text);
  if (ip === undefined) return false;
  if (addresses === undefined) {
    const isRefused = REFUSED_BLOCKS.some((block) => cidrContains(block, ip));
    return !isRefused && !REFUSED_SCOPES.has(addressScope(ip));
  }
  return addresses.some((block) => {
    const cidr = parseCIDR(block);
    return cidr !== undefined && cidrContains(cidr, ip);
  });
}
