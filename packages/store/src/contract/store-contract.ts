import type { StoreOptions } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { keepingChecks } from './keeping-checks.ts';
import { randomChecks } from './random-checks.ts';
import { readingChecks } from './reading-checks.ts';
import { tellingChecks } from './telling-checks.ts';
import { writingChecks } from './writing-checks.ts';

/** A place that a store is kept in: a file, a folder, a Durable Object's storage. */
export interface StorePlace {
  /**
   * Opens a store there: an empty one the first time, later one with all that the last one kept. That one is closed by then.
   * Hands the options on to the store.
   */
  readonly open: (options?: StoreOptions) => Store | Promise<Store>;
  /** Takes the place away. The store is closed by then. */
  readonly remove?: () => void | Promise<void>;
}

/** A kind of store, and what is needed to put it to the test. */
export interface StoreUnderTest {
  /** Makes a place with nothing in it. */
  readonly place: () => StorePlace | Promise<StorePlace>;
  /** Whether objects outlive the store that they were written to. */
  readonly keeps: boolean;
  /** How many objects are many: 5 000 by default. Less where each takes its time. */
  readonly many?: number;
}

/** One clause of the contract. */
export interface ContractCheck {
  /** A sentence that says what holds. */
  readonly name: string;
  /** Rejects with an `Error` where it doesn't hold. */
  readonly run: () => Promise<void>;
}

/** What a check is given: an empty store, and a way to close it and open it anew. */
export interface Subject {
  readonly store: Store;
  readonly many: number;
  readonly reopen: (options?: StoreOptions) => Promise<Store>;
}

/** A check of a store that is opened for it and closed after it. */
export interface StoreCheck {
  readonly name: string;
  readonly options?: StoreOptions;
  readonly check: (subject: Subject) => void | Promise<void>;
}

/**
 * What every store has to keep to, as checks for any test framework:
 *
 * `for (const { name, run } of storeContract({ place, keeps })) it(name, run);`
 *
 * They write ConfigMaps, IngressClasses and Leases.
 */
export function storeContract(subject: StoreUnderTest): readonly ContractCheck[] {
  return [
    ...writingChecks(),
    ...readingChecks(),
    ...tellingChecks(),
    ...keepingChecks(subject.keeps),
    ...randomChecks(subject.keeps),
  ].map(({ name, options, check }) => ({ name, run: () => run(subject, options, check) }));
}

async function run(
  { place: makePlace, many = 5_000 }: StoreUnderTest,
  options: StoreOptions | undefined,
  check: StoreCheck['check'],
): Promise<void> {
  const place = await makePlace();
  let store = await place.open(options);
  try {
    await check({
      store,
      many,
      reopen: async (others = options) => {
        store.close();
        store = await place.open(others);
        return store;
      },
    });
  } finally {
    store.close();
    await place.remove?.();
  }
}
