import type { Snapshot, SnapshotDelta } from '@portolan/engine';

/** The last Snapshot there is, or what has changed since the one that was named. */
export type SnapshotUpdate =
  | { readonly revision: number; readonly snapshot: Snapshot }
  | { readonly revision: number; readonly delta: SnapshotDelta };

/** Where Snapshots come from. */
export interface SnapshotSource {
  readonly name: 'control-plane' | 'kv';
  /**
   * What is new; `undefined` where nothing is.
   *
   * @param version Of the Snapshot that is served.
   * @throws where it can't be asked, or knows of no Snapshot.
   */
  readonly latest: (version: string) => Promise<SnapshotUpdate | undefined>;
}
