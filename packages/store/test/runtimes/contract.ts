import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { storeContract, type StoreUnderTest } from '../../src/contract/store-contract.ts';
import { openFolder } from '../../src/folder/folder.ts';
import { openStore, type Store, type StoreOptions } from '../../src/index.ts';
import { openSQLite } from '../../src/sqlite/sqlite.ts';

/** Puts all stores that need no Worker to the contract, on whatever runs this, and says where they break it. */
function keptAt(
  open: (place: string, options?: StoreOptions) => Store | Promise<Store>,
): StoreUnderTest {
  const place = () => {
    const folder = mkdtempSync(join(tmpdir(), 'portolan-store-'));
    return {
      open: (options?: StoreOptions) => open(folder, options),
      remove: () => rmSync(folder, { recursive: true }),
    };
  };
  return { place, keeps: true, many: 50 };
}

const stores: Readonly<Record<string, StoreUnderTest>> = {
  memory: { place: () => ({ open: (options) => openStore(undefined, options) }), keeps: false },
  sqlite: keptAt((folder, options) => openSQLite(join(folder, 'store.db'), options)),
  folder: keptAt((folder, options) => openFolder(folder, options)),
};
const broken: Record<string, string> = {};
for (const [store, subject] of Object.entries(stores)) {
  for (const { name, run } of storeContract(subject)) {
    await run().catch((error: unknown) => {
      broken[`${store}: ${name}`] = String(error);
    });
  }
}
process.stdout.write(JSON.stringify(broken));
