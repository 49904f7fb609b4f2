import type { ObjectRef } from '../object/stored-object.ts';
import type { SQLDriver } from '../sql/sql-driver.ts';

/** What is remembered of an object that stands in a file. */
export interface FileRecord {
  readonly ref: ObjectRef;
  /** Relative to the folder, with `/`. */
  readonly file: string;
  /** What stands there, as `authoredText`; absent where it was taken out of the file. */
  readonly authored?: string;
  /** What stood there before, empty for nothing, until it is certain that `authored` is on the disk. */
  readonly before?: string;
}

/** The records of a folder, in its state database. */
export interface FileRecords {
  readonly get: (key: string) => FileRecord | undefined;
  readonly all: () => Iterable<readonly [key: string, record: FileRecord]>;
  /** Writes records, or takes them away. To be called in a transaction; memory follows with `remember`. */
  readonly save: (changes: RecordChanges) => void;
  readonly remember: (changes: RecordChanges) => void;
}

export type RecordChanges = ReadonlyMap<string, FileRecord | undefined>;

export function keyOf({ resource, namespace, name }: ObjectRef): string {
  return [resource, namespace, name].join('\0');
}

export function openRecords({ exec }: SQLDriver): FileRecords {
  exec(
    `CREATE TABLE IF NOT EXISTS store_files (
       key TEXT PRIMARY KEY, resource TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL,
       file TEXT NOT NULL, authored TEXT, before TEXT
     ) WITHOUT ROWID`,
  );
  const records = new Map<string, FileRecord>();
  for (const row of exec(
    'SELECT resource, namespace, name, file, authored, before FROM store_files',
  )) {
    const ref = {
      resource: String(row['resource']),
      namespace: String(row['namespace']),
      name: String(row['name']),
    };
    const { authored, before } = row;
    records.set(keyOf(ref), {
      ref,
      file: String(row['file']),
      ...(typeof authored === 'string' && { authored }),
      ...(typeof before === 'string' && { before }),
    });
  }
  return {
    get: (key) => records.get(key),
    all: () => records,
    save: (changes) => {
      for (const [key, record] of changes) {
        if (record === undefined) {
          exec('DELETE FROM store_files WHERE key = ?', key);
          continue;
        }
        const { ref, file, authored = null, before = null } = record;
        exec(
          `INSERT OR REPLACE INTO store_files (key, resource, namespace, name, file, authored, before)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
          key,
          ref.resource,
          ref.namespace,
          ref.name,
          file,
          authored,
          before,
        );
      }
    },
    remember: (changes) => {
      for (const [key, record] of changes) {
        if (record) records.set(key, record);
        else records.delete(key);
      }
    },
  };
}
