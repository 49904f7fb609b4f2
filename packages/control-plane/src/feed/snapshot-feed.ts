import type { Snapshot, SnapshotDelta } from '@portolan/engine';

/** Hands out Snapshots as they come to be. */
export interface SnapshotFeed {
  readonly snapshot: () => Snapshot;
  /** What has changed since the Snapshot of that version; `undefined` where that is no longer known. */
  readonly since: (version: string) => SnapshotDelta | undefined;
  /** Is told of each new Snapshot, once it is there. */
  readonly subscribe: (listener: (snapshot: Snapshot) => void) => () => void;
}
