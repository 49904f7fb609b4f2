import { openFolder } from '../../src/folder/folder.ts';
import type { Store } from '../../src/index.ts';
import { openSQLite } from '../../src/sqlite/sqlite.ts';

/** A store that is kept in a folder, as manifests or as an SQLite file. */
export async function openStoreOf(kind: string, place: string): Promise<Store> {
  return kind === 'folder' ? openFolder(place, { settleTime: 5 }) : openSQLite(`${place}/store.db`);
}
