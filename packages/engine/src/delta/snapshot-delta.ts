import type { TrafficSettings } from '@portolan/settings';

import type { Snapshot, SnapshotFrontend, SnapshotService } from '../snapshot/snapshot.ts';
import type { RouteChanges } from './route-changes.ts';

/** What became of the entries of a part of a Snapshot. */
export interface EntryChanges<Value> {
  /** Those that are new or other than before, whole, by their keys. */
  readonly changed: Readonly<Record<string, Value>>;
  /** Keys. */
  readonly removed: readonly string[];
}

/** What makes one Snapshot of another, as plain JSON. A part that has not changed is absent. */
export interface SnapshotDelta extends Pick<Snapshot, 'format'> {
  /** The version of the Snapshot that this is to be applied to. */
  readonly from: string;
  /** The version of what comes of it. */
  readonly to: string;
  readonly clusterDomain?: string;
  readonly routes?: RouteChanges;
  readonly routeSettings?: EntryChanges<TrafficSettings>;
  readonly services?: EntryChanges<SnapshotService>;
  readonly frontends?: EntryChanges<SnapshotFrontend>;
  readonly nodeAddresses?: EntryChanges<string>;
}
