import { canonicalIP } from '@portolan/core';
import { findService, type Snapshot } from '@portolan/engine';

import type { RecordData } from '../answer/answer.ts';
import { namesOf } from '../service-names/service-names.ts';
import { hasNamespace, pointersAt } from '../shard-index/shard-index.ts';

/** The part of a Snapshot that names are found in. */
export type Named = Pick<Snapshot, 'clusterDomain' | 'services' | 'version'>;

/** What stands at a name. */
export interface Found {
  /** The zone that the name is in. */
  readonly zone: string;
  /** Absent where there is no such name; none where it has nothing but names beneath it. */
  readonly records?: readonly RecordData[];
}

/** The version of the schema that names follow: Kubernetes DNS-Based Service Discovery, section 1. */
const SCHEMA_VERSION = '1.1.0';

const REVERSE_ZONES = ['in-addr.arpa', 'ip6.arpa'];

/**
 * Looks a name up.
 *
 * The reverse zones are the world's: of them only the addresses of Services and their endpoints are ours.
 *
 * @param name In lower case.
 * @param ttl Seconds, for the SOA record at the top of the zone.
 * @returns `undefined` for a name in no zone of ours.
 */
export function lookUp(snapshot: Named, name: string, ttl: number): Found | undefined {
  const zone = snapshot.clusterDomain.toLowerCase();
  if (name === zone) {
    return {
      zone,
      records: [startOfAuthority(snapshot, ttl), { type: 'NS', target: nameServer(zone) }],
    };
  }
  if (name.endsWith(`.${zone}`)) {
    const records = recordsWithin(snapshot, name, name.slice(0, -zone.length - 1));
    return { zone, ...(records && { records }) };
  }
  const reverseZone = REVERSE_ZONES.find((each) => name.endsWith(`.${each}`));
  if (reverseZone === undefined) return undefined;
  const records = pointersAt(snapshot, name);
  return records.length > 0 ? { zone: reverseZone, records } : undefined;
}

/**
 * The SOA record of each zone, as CoreDNS has it. Its serial number is of the Snapshot's version: another for another
 * Snapshot, though not a higher one, since nobody is given the zone to keep.
 */
export function startOfAuthority(
  { clusterDomain, version }: Pick<Named, 'clusterDomain' | 'version'>,
  ttl: number,
): RecordData {
  const zone = clusterDomain.toLowerCase();
  return {
    type: 'SOA',
    mname: nameServer(zone),
    rname: `hostmaster.${zone}`,
    serial: Number.parseInt(version.slice(0, 8), 16) || 0,
    refresh: 7200,
    retry: 1800,
    expire: 86_400,
    minimum: ttl,
  };
}

/** As CoreDNS calls itself. The name is there without an address, which only whoever listens could know. */
function nameServer(zone: string): string {
  return `ns.dns.${zone}`;
}

/** @param relative The name without the zone. */
function recordsWithin(
  snapshot: Named,
  name: string,
  relative: string,
): readonly RecordData[] | undefined {
  switch (relative) {
    case 'dns':
    case 'ns.dns':
    case 'pod':
    case 'svc':
      return [];
    case 'dns-version':
      return [{ type: 'TXT', text: SCHEMA_VERSION }];
  }
  const labels = relative.split('.');
  const kind = labels.pop();
  const namespace = labels.pop() ?? '';
  const last = labels.pop();
  if (kind !== 'svc' && kind !== 'pod') return undefined;
  if (last === undefined) return hasNamespace(snapshot, namespace) ? [] : undefined;
  if (kind === 'svc') {
    const service = findService(snapshot, `${namespace}/${last}`);
    return service && namesOf(service).get(name);
  }
  const isPod = labels.length === 0 && hasNamespace(snapshot, namespace);
  return isPod ? podRecords(last) : undefined;
}

/**
 * `10-244-1-7.shop.pod.cluster.local` has the address that it says, whether or not there is such a Pod.
 *
 * Source: Kubernetes DNS-Based Service Discovery, section 2.6, deprecated; IPv6 as CoreDNS has it.
 */
function podRecords(label: string): readonly RecordData[] | undefined {
  if (!/^[\da-f-]+$/.test(label)) return undefined;
  const ipv4 = canonicalIP(label.replaceAll('-', '.'));
  if (ipv4 !== undefined) return [{ type: 'A', address: ipv4 }];
  const ipv6 = canonicalIP(label.replaceAll('-', ':'));
  return ipv6 === undefined ? undefined : [{ type: 'AAAA', address: ipv6 }];
}
