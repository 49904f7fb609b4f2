import type { DNSRecord } from '@portolan/core';
import type { SnapshotService } from '@portolan/engine';

import type { RecordData } from '../answer/answer.ts';

/** What stands at each name; nothing at those that only have names beneath them. */
export type Names = ReadonlyMap<string, readonly RecordData[]>;

const known = new WeakMap<SnapshotService, Names>();

/**
 * The names of a Service and all that are above them: `_tcp.cart.shop.svc.cluster.local` is a name without records where
 * `_http._tcp.cart.shop.svc.cluster.local` has some (RFC 8020). Made once for each Service that is asked about.
 */
export function namesOf(service: SnapshotService): Names {
  let names = known.get(service);
  if (names === undefined) {
    names = indexed(service.dnsRecords ?? []);
    known.set(service, names);
  }
  return names;
}

function indexed(records: readonly DNSRecord[]): Names {
  const names = new Map<string, RecordData[]>();
  for (const { name, ...data } of records) {
    const there = names.get(name);
    if (there === undefined) names.set(name, [data]);
    else there.push(data);
  }
  for (const name of names.keys()) {
    for (let above = parentOf(name); !names.has(above); above = parentOf(above)) {
      names.set(above, []);
    }
  }
  return names;
}

/** That of a name of one label, and of the root, is the root: an empty name. */
function parentOf(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1);
}
