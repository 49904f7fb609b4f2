import type { Condition, DNSRecord, Service } from '@portolan/core';
import type { Route } from '@portolan/routing';

import type { Snapshot } from '../snapshot/snapshot.ts';

/** A Snapshot, and what is to be said of the objects that it was built from. */
export interface Build {
  readonly snapshot: Snapshot;
  /** The Services as admitted: with defaults and with what was allocated to them. */
  readonly services: readonly Service[];
  /** What the route providers made, before it became the Snapshot's table. */
  readonly routes: readonly Route[];
  /** DNS records of all Services. */
  readonly dnsRecords: readonly DNSRecord[];
  readonly conditions: readonly Condition[];
}
