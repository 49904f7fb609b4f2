import { sqlPersistence } from '../sql/sql-persistence.ts';
import { openStore, type StoreOptions } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { databaseError, openDatabase } from './database.ts';

/**
 * Opens a store that is kept in an SQLite file, which is made where it isn't there. Needs `node:sqlite`.
 *
 * A commit is on the disk when it returns (`synchronous = FULL`). The file is locked until the store is closed or its
 * process ends, however it ends.
 *
 * @throws {Error} where another store has the file open, and where it can't be opened or read; the message names the file.
 */
export function openSQLite(path: string, options: StoreOptions = {}): Store {
  try {
    const driver = openDatabase(path);
    try {
      return openStore(sqlPersistence(driver), options);
    } catch (error) {
      driver.close();
      throw error;
    }
  } catch (error) {
    throw databaseError(path, error);
  }
}
