import { sqlPersistence } from '../sql/sql-persistence.ts';
import { openStore, type StoreOptions } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';

/** What is needed of the `ctx.storage` of a Durable Object with SQLite. */
export interface DurableObjectStorage {
  readonly sql: {
    exec(
      query: string,
      ...bindings: (string | number | null)[]
    ): { toArray(): readonly Readonly<Record<string, unknown>>[] };
  };
  transactionSync<T>(run: () => T): T;
}

/** Bytes. A string and a row have 2 MB at the most: Cloudflare, Durable Objects, Limits, SQL storage limits. */
const MAXIMUM_SIZE = 2_000_000;

/**
 * Opens a store that is kept in the SQLite database of a Durable Object, in tables of its own (`store_objects`, `store_meta`).
 *
 * A commit may return before it is on the disk. Cloudflare then holds back every response, request and message that leaves the
 * Durable Object until what was written before it is there (output gate), and the writes of one commit are one transaction
 * (write coalescing), so that nobody outside hears of a write that is lost. Source: Cloudflare, Durable Objects, Rules of
 * Durable Objects, "Understand how input and output gates work".
 *
 * An object of more than 2 MB is refused with an `UnavailableError` that names it.
 *
 * @throws where the tables are there in another form.
 */
export function openDurableObjectStore(
  storage: DurableObjectStorage,
  options: StoreOptions = {},
): Store {
  const driver = {
    exec: (statement: string, ...values: readonly (string | number | null)[]) =>
      storage.sql.exec(statement, ...values).toArray(),
    transaction: (run: () => void) => {
      storage.transactionSync(run);
    },
    close: () => {},
  };
  return openStore(sqlPersistence(driver, { maximumSize: MAXIMUM_SIZE }), options);
}
