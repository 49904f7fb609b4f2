import type { StoredObject } from '../object/stored-object.ts';
import type { Persistence } from '../persistence/persistence.ts';
import { UnavailableError, type Change } from '../store/store.ts';
import type { SQLDriver } from './sql-driver.ts';

/** The form of the tables. Another one is refused, not guessed at. */
const FORMAT = 1;

export interface SQLPersistenceOptions {
  /** Bytes that one object may have as JSON, its key included. Without limit by default. */
  readonly maximumSize?: number;
}

/**
 * Keeps objects in two tables of an SQLite database, `store_objects` and `store_meta`, which are made where they aren't there.
 *
 * @throws where the tables are of another form, or what is in them can't be read.
 */
export function sqlPersistence(
  driver: SQLDriver,
  { maximumSize = Infinity }: SQLPersistenceOptions = {},
): Persistence {
  const { exec, transaction } = driver;
  transaction(() => {
    // The key is the only order, so that a row is written once and not a second time to an index.
    exec(
      `CREATE TABLE IF NOT EXISTS store_objects (
         resource TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL, object TEXT NOT NULL,
         PRIMARY KEY (resource, namespace, name)
       ) WITHOUT ROWID`,
    );
    exec(
      'CREATE TABLE IF NOT EXISTS store_meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID',
    );
    const format = meta('format');
    if (format === undefined) setMeta('format', FORMAT);
    else if (format !== FORMAT) {
      throw new Error(`the tables are of format ${format}, and this reads format ${FORMAT}`);
    }
  });

  function meta(key: string): number | undefined {
    const value = exec('SELECT value FROM store_meta WHERE key = ?', key)[0]?.['value'];
    return typeof value === 'number' ? value : undefined;
  }

  function setMeta(key: string, value: number): void {
    exec('INSERT OR REPLACE INTO store_meta (key, value) VALUES (?, ?)', key, value);
  }

  function apply({ type, ref, object }: Change): void {
    const { resource, namespace, name } = ref;
    const key = [resource, namespace, name];
    if (type === 'DELETED') {
      exec('DELETE FROM store_objects WHERE resource = ? AND namespace = ? AND name = ?', ...key);
      return;
    }
    const text = JSON.stringify(object);
    if (isLarger([...key, text].join(''), maximumSize)) {
      throw new UnavailableError(
        `${resource} ${namespace}/${name} is larger than ${maximumSize} bytes, the most that can be kept`,
      );
    }
    exec(
      'INSERT OR REPLACE INTO store_objects (resource, namespace, name, object) VALUES (?, ?, ?, ?)',
      ...key,
      text,
    );
  }

  return {
    load: () => ({
      objects: exec('SELECT object FROM store_objects').map(({ object }) => readObject(object)),
      revision: meta('revision') ?? 0,
    }),
    keep: (changes, revision) =>
      transaction(() => {
        for (const change of changes) apply(change);
        setMeta('revision', revision);
      }),
    close: driver.close,
  };
}

function isLarger(text: string, bytes: number): boolean {
  // A UTF-16 code unit is three bytes at the most.
  return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes;
}

/** What `apply` wrote is what is there: the database would tell if it weren't. */
function readObject(text: unknown): StoredObject {
  const object: StoredObject = JSON.parse(String(text));
  return object;
}
