import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Kept } from '../persistence/persistence.ts';
import { sqlPersistence } from '../sql/sql-persistence.ts';
import { databaseError, openDatabase } from '../sqlite/database.ts';
import type { Change } from '../store/store.ts';
import { openRecords, type FileRecords, type RecordChanges } from './records.ts';
import { statsOf } from './stats-of.ts';

/** The folder in which is kept what has no place in manifests. */
export const STATE_FOLDER = '.portolan';

/** Objects as they are, and what is remembered of the files that they stand in. */
export interface FolderState {
  readonly records: Pick<FileRecords, 'get' | 'all'>;
  readonly load: () => Kept;
  /** Keeps changes and records, all or none. */
  readonly keep: (changes: readonly Change[], revision: number, records: RecordChanges) => void;
  readonly saveRecords: (records: RecordChanges) => void;
  /** Whether the database is open, and still where it was opened. */
  readonly isThere: () => boolean;
  readonly close: () => void;
}

/** @throws where another store has the folder open, and where the state can't be opened or read. */
export function openState(folder: string): FolderState {
  const path = join(folder, STATE_FOLDER);
  const file = join(path, 'state.sqlite');
  try {
    // Not the folder around it: where that is gone, nothing is to be kept.
    if (!existsSync(path)) mkdirSync(path);
    // So that nobody commits it to git by mistake.
    writeFileSync(join(path, '.gitignore'), '*\n');
    const driver = openDatabase(file);
    try {
      const objects = sqlPersistence(driver);
      const records = openRecords(driver);
      const inode = statsOf(file)?.ino;
      let isOpen = true;
      return {
        records,
        load: objects.load,
        keep: (changes, revision, changed) => {
          driver.transaction(() => {
            objects.keep(changes, revision);
            records.save(changed);
          });
          records.remember(changed);
        },
        saveRecords: (changed) => {
          if (changed.size === 0) return;
          driver.transaction(() => records.save(changed));
          records.remember(changed);
        },
        isThere: () => isOpen && statsOf(file)?.ino === inode,
        close: () => {
          isOpen = false;
          driver.close();
        },
      };
    } catch (error) {
      driver.close();
      throw error;
    }
  } catch (error) {
    throw databaseError(file, error);
  }
}

/**
 * Opens an empty state in the place of whatever is there, which is not what was opened before.
 *
 * @throws as `openState`.
 */
export function replaceState(folder: string): FolderState {
  for (const suffix of ['', '-wal', '-journal']) {
    rmSync(join(folder, STATE_FOLDER, `state.sqlite${suffix}`), { force: true });
  }
  return openState(folder);
}
