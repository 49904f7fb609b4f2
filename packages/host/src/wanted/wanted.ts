import { EVERY_NODE, parseIP, type Entrance } from '@portolan/core';
import { findService, type Snapshot } from '@portolan/engine';
import type { ListenAt } from '@portolan/sockets';

import type { HostFrontend } from '../host/host.ts';
import { isLoopback } from '../local-address/local-address.ts';

/** A place to listen at, and what for. */
export interface WantedFrontend extends ListenAt, Pick<HostFrontend, 'kind' | 'service'> {}

export interface WantedOptions {
  /** In canonical form. */
  readonly nodeAddresses: readonly string[];
  readonly clusterIPs: boolean;
}

/** Where a host is to listen for Services. */
export interface Wanted {
  readonly frontends: readonly WantedFrontend[];
  /** What can't be kept, as a sentence for people. */
  readonly warnings: readonly string[];
}

const NO_SCTP = 'SCTP is not carried, since no runtime has sockets for it';
const UNREACHABLE =
  "cluster IPs outside of 127.0.0.0/8 are not opened, since they are nobody's on this machine: clusterIPRanges such as 127.96.0.0/16 give others";

/**
 * Where a Snapshot's Services want a host to listen: node ports at each of its addresses that a Node has, external IPs that
 * are among them, and cluster IPs that nobody but this machine reaches.
 */
export function wantedFrontends(snapshot: Snapshot, options: WantedOptions): Wanted {
  const frontends: WantedFrontend[] = [];
  const sctp = new Set<string>();
  const nobodys = new Set<string>();
  let isAnyUnreachable = false;
  for (const [key, { service }] of Object.entries(snapshot.frontends)) {
    const frontend = parseKey(key);
    const { entrance, protocol, host, port } = frontend;
    const kind = kindOf(frontend);
    if (kind === undefined || (kind === 'cluster-ip' && !options.clusterIPs)) continue;
    const isWantedHere = kind === 'cluster-ip' || options.nodeAddresses.length > 0;
    if (protocol !== 'TCP' && protocol !== 'UDP') {
      if (isWantedHere) sctp.add(service);
      continue;
    }
    const at = { entrance, protocol, port, kind, service } as const;
    if (kind === 'node-port') {
      const { ipFamilies = [] } = findService(snapshot, service) ?? {};
      for (const address of options.nodeAddresses) {
        const family = parseIP(address)?.family;
        if (!Object.hasOwn(snapshot.nodeAddresses, address)) nobodys.add(address);
        else if (family !== undefined && ipFamilies.includes(family))
          frontends.push({ ...at, address });
      }
    } else if (kind === 'external-ip') {
      if (options.nodeAddresses.includes(host)) frontends.push({ ...at, address: host });
    } else if (isLoopback(host)) {
      frontends.push({ ...at, address: host });
    } else {
      isAnyUnreachable = true;
    }
  }
  return {
    frontends,
    warnings: [
      ...Array.from(sctp, (service) => `Service ${service}: ${NO_SCTP}`),
      ...Array.from(
        nobodys,
        (address) => `${address} is no Node's: node ports are not opened there`,
      ),
      ...(isAnyUnreachable ? [UNREACHABLE] : []),
    ],
  };
}

interface ParsedKey {
  readonly entrance: Entrance;
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
}

/** Reads what `frontendKey` writes. */
function parseKey(key: string): ParsedKey {
  const [entrance = '', protocol = '', at = ''] = key.split(' ');
  const colon = at.lastIndexOf(':');
  return {
    entrance: entrance === 'internal' ? 'internal' : 'external',
    protocol,
    host: at.slice(0, colon),
    port: Number(at.slice(colon + 1)),
  };
}

/** `undefined` for names, at which nobody can listen. */
function kindOf({ entrance, host }: ParsedKey): WantedFrontend['kind'] | undefined {
  if (entrance === 'external' && host === EVERY_NODE) return 'node-port';
  if (parseIP(host) === undefined) return undefined;
  return entrance === 'internal' ? 'cluster-ip' : 'external-ip';
}
