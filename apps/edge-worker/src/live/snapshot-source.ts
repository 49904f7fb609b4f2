import type { SnapshotUpdate } from './snapshot-update.ts';

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
