import { diffSnapshots, type Snapshot, type SnapshotDelta } from '@portolan/engine';

/** The latest Snapshots, the newest last. They share what has not changed between them, so that keeping them costs little. */
export interface RecentSnapshots {
  readonly latest: () => Snapshot;
  readonly add: (snapshot: Snapshot) => void;
  /** What has changed since a version; `undefined` where it is not among the latest. */
  readonly since: (version: string) => SnapshotDelta | undefined;
}

export function createRecentSnapshots(first: Snapshot, limit: number): RecentSnapshots {
  let snapshots: readonly Snapshot[] = [first];
  let latest = first;
  return {
    latest: () => latest,
    add: (snapshot) => {
      latest = snapshot;
      snapshots = [...snapshots.slice(1 - limit), snapshot];
    },
    since: (version) => {
      const from = snapshots.findLast((snapshot) => snapshot.version === version);
      return from && diffSnapshots(from, latest);
    },
  };
}
