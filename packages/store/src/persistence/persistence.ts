import type { StoredObject } from '../object/stored-object.ts';
import type { Change } from '../store/store.ts';

/** What was kept when it was last closed, or lost its process. */
export interface Kept {
  readonly objects: readonly StoredObject[];
  /** Not below any revision that was ever given out. */
  readonly revision: number;
}

/** Keeps a store's objects beyond its process. */
export interface Persistence {
  /** Reads all that is kept. Called once, before everything else. */
  readonly load: () => Kept;
  /**
   * Keeps changes and the store's revision, all or none: for good when it returns, whatever then happens to the process.
   *
   * @param changes None where a store that was just opened begins at a revision above the one kept.
   * @param revision That of the last change where there is one.
   * @throws where they can't be kept; nothing is kept then.
   */
  readonly keep: (changes: readonly Change[], revision: number) => void;
  readonly close: () => void;
}
