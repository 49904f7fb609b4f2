import type { Pool } from './allocation.ts';
import type { ClaimSet, Ledger, Page } from './settle.ts';

/** Who has which values of pools. */
export interface Holdings {
  /** The pages as they are for one claim set: what it holds is its to keep. What is taken on them is not held. */
  readonly ledgerFor: (key: string) => Ledger;
  /**
   * Takes down what a claim set fixes, in place of all that the one of that key held.
   *
   * @param shared Others may fix these values as well; only automatically nobody is given them.
   */
  readonly hold: (claimSet: ClaimSet, options?: { readonly shared?: boolean }) => void;
}

/** Holdings of pools, with nothing held yet. */
export function createHoldings(pools: ReadonlyMap<string, Pool>): Holdings {
  const counted = new Map([...pools].map(([name, pool]) => [name, countedPage(pool)]));
  const held = new Map<string, ReadonlyMap<string, OwnValues>>();
  return {
    ledgerFor: (key) => {
      const own = held.get(key);
      return new Map([...counted].map(([name, page]) => [name, ownPage(page, own?.get(name))]));
    },
    hold: ({ key, claims }, { shared = false } = {}) => {
      for (const [name, own] of held.get(key) ?? []) count(counted.get(name), own, -1);
      held.delete(key);
      const values = new Map<string, OwnValues>();
      for (const { pool: name, wanted } of claims) {
        const page = counted.get(name);
        if (page === undefined || wanted === undefined) continue;
        const own = values.get(name) ?? { shared, values: new Set() };
        values.set(name, own);
        own.values.add(page.pool.canonical(wanted) ?? wanted);
      }
      if (values.size === 0) return;
      for (const [name, own] of values) count(counted.get(name), own, 1);
      held.set(key, values);
    },
  };
}

/** Value → how many claim sets have it. */
type Counts = Map<string, number>;

interface CountedPage {
  readonly pool: Pool;
  readonly granted: Counts;
  /** All that is granted, and all that is held and shared. */
  readonly taken: Counts;
}

/** What one claim set has of one pool. */
interface OwnValues {
  readonly shared: boolean;
  readonly values: Set<string>;
}

function countedPage(pool: Pool): CountedPage {
  return { pool, granted: new Map(), taken: new Map() };
}

function count(page: CountedPage | undefined, { shared, values }: OwnValues, by: 1 | -1): void {
  if (page === undefined) return;
  for (const counts of shared ? [page.taken] : [page.granted, page.taken]) {
    for (const value of values) {
      const total = (counts.get(value) ?? 0) + by;
      if (total === 0) counts.delete(value);
      else counts.set(value, total);
    }
  }
}

function ownPage({ pool, granted, taken }: CountedPage, own?: OwnValues): Page {
  const added = new Set<string>();
  const ownValues = own?.values;
  const hasOther = (counts: Counts, value: string, isOwn: boolean): boolean =>
    (counts.get(value) ?? 0) > (isOwn ? 1 : 0);
  return {
    // A value that lies outside the pool may be kept by whoever has it: the range was another one once.
    pool: ownValues
      ? {
          ...pool,
          canonical: (value) => pool.canonical(value) ?? (ownValues.has(value) ? value : undefined),
        }
      : pool,
    granted: {
      has: (value) => hasOther(granted, value, own?.shared === false && own.values.has(value)),
    },
    taken: {
      has: (value) => added.has(value) || hasOther(taken, value, ownValues?.has(value) ?? false),
      size: taken.size - (ownValues?.size ?? 0),
      add: (value) => added.add(value),
    },
  };
}
