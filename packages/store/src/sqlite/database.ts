import { DatabaseSync } from 'node:sqlite';

import type { SQLDriver } from '../sql/sql-driver.ts';

/** An SQLite file as a driver. Locked until it is closed. */
export function openDatabase(path: string): SQLDriver {
  const database = new DatabaseSync(path);
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const exec: SQLDriver['exec'] = (text, ...values) => {
    const statement = statements.get(text) ?? database.prepare(text);
    statements.set(text, statement);
    return statement.all(...values);
  };
  try {
    // The lock is to be there before the journal is opened, so that no memory is shared with other processes.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
  } catch (error) {
    database.close();
    throw error;
  }
  let isWithin = false;
  let isOpen = true;
  return {
    exec,
    transaction: (run) => {
      if (isWithin) return run();
      database.exec('BEGIN IMMEDIATE');
      isWithin = true;
      try {
        run();
        database.exec('COMMIT');
      } catch (error) {
        rollBack(database);
        throw error;
      } finally {
        isWithin = false;
      }
    },
    close: () => {
      if (isOpen) database.close();
      isOpen = false;
    },
  };
}

/** Some errors, such as a full disk, have ended the transaction already. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // There is nothing left to undo.
  }
}

/**
 * What keeps a database from being opened, with its name.
 *
 * @param error what opening or reading it threw
 */
export function databaseError(path: string, error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`${path} ${faultOf(message)}`, { cause: error });
}

function faultOf(message: string): string {
  if (/database is locked/u.test(message)) return 'is in use by another process or store';
  if (/file is not a database|malformed|JSON/u.test(message)) return `is damaged: ${message}`;
  return `can't be opened: ${message}`;
}
