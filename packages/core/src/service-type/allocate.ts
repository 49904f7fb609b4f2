import type { FieldError } from '../field-error/field-error.ts';
import type { Claim, Grants, Pool } from './allocation.ts';
import { findFree } from './find-free.ts';

/** All that one Service asks for. */
export interface ClaimSet {
  /** Tells the Service from others: what it is given automatically follows from this. */
  readonly key: string;
  readonly claims: readonly Claim[];
}

/** What became of a claim set: all was granted, or nothing. */
export type Allocation<T extends ClaimSet> =
  | { readonly claimSet: T; readonly grants: Grants }
  | { readonly claimSet: T; readonly errors: readonly FieldError[] };

/**
 * Grants claims; of claim sets that want one value the first gets it.
 *
 * Fixed values go first, to all claim sets; then the rest gets values that follow from the key of the claim set alone, or the
 * next free ones. So one claim set more or less moves few others. The cost is near linear in the number of claims.
 *
 * @throws {Error} for a claim on a pool that is not given, which is a wiring fault.
 */
export function allocate<T extends ClaimSet>(
  claimSets: readonly T[],
  pools: ReadonlyMap<string, Pool>,
): readonly Allocation<T>[] {
  const hopeless: Account<T>[] = [];
  for (let candidates = claimSets; ;) {
    const ledger: Ledger = new Map(
      [...pools].map(([name, pool]) => [name, { pool, taken: new Set() }]),
    );
    const accounts = candidates.map(openAccount);
    settle(accounts, (account, claim) => takeWanted(account, claim, ledger));
    const [losers, holders] = partition(accounts, ({ errors }) => errors.length > 0);
    settle(holders, (account, claim) => takeAny(account, claim, ledger));
    const [exhausted, granted] = partition(holders, ({ errors }) => errors.length > 0);
    hopeless.push(...exhausted);
    // Who lost a value to a claim set that then came away with nothing gets another try.
    if (losers.length === 0 || exhausted.length === 0) {
      return [...granted, ...losers, ...hopeless].map(outcome);
    }
    const gone = new Set(exhausted.map(({ claimSet }) => claimSet));
    candidates = candidates.filter((claimSet) => !gone.has(claimSet));
  }
}

/** A pool, and which of its values are gone. */
interface Page {
  readonly pool: Pool;
  readonly taken: Set<string>;
}

type Ledger = ReadonlyMap<string, Page>;

/** What one claim set has got so far. */
interface Account<T extends ClaimSet = ClaimSet> {
  readonly claimSet: T;
  readonly holdings: { readonly claim: Claim; readonly page: Page; readonly value: string }[];
  readonly errors: FieldError[];
}

function openAccount<T extends ClaimSet>(claimSet: T): Account<T> {
  return { claimSet, holdings: [], errors: [] };
}

/** Takes what each account claims. One that meets an error gives back what it has. */
function settle(
  accounts: readonly Account[],
  takeFor: (account: Account, claim: Claim) => FieldError | undefined,
): void {
  for (const account of accounts) {
    const { claimSet, errors, holdings } = account;
    errors.push(...claimSet.claims.flatMap((claim) => takeFor(account, claim) ?? []));
    if (errors.length === 0) continue;
    for (const { page, value } of holdings.splice(0)) page.taken.delete(value);
  }
}

function takeWanted(account: Account, claim: Claim, ledger: Ledger): FieldError | undefined {
  if (claim.wanted === undefined) return undefined;
  const page = pageOf(claim, ledger);
  const value = page.pool.canonical(claim.wanted);
  if (value === undefined) return invalid(claim, page.pool.outOfRange(claim.wanted));
  if (page.taken.has(value)) {
    const own = account.holdings.find((each) => each.page === page && each.value === value);
    if (own === undefined || !areShared(own.claim, claim)) {
      return invalid(claim, page.pool.allocated);
    }
  }
  take(account, claim, page, value);
  return undefined;
}

function takeAny(account: Account, claim: Claim, ledger: Ledger): FieldError | undefined {
  if (claim.wanted !== undefined) return undefined;
  const page = pageOf(claim, ledger);
  const shared = account.holdings.find(
    (each) => each.page === page && areShared(each.claim, claim),
  );
  const key = `${account.claimSet.key} ${claim.sharedBy ?? claim.field}`;
  const value = shared?.value ?? findFree(page.pool, page.taken, key);
  if (value === undefined) {
    return failure(claim, { type: 'Internal', field: claim.field, detail: 'range is full' });
  }
  take(account, claim, page, value);
  return undefined;
}

function areShared(a: Claim, b: Claim): boolean {
  return a.sharedBy !== undefined && a.sharedBy === b.sharedBy;
}

function take(account: Account, claim: Claim, page: Page, value: string): void {
  page.taken.add(value);
  account.holdings.push({ claim, page, value });
}

function outcome<T extends ClaimSet>({ claimSet, holdings, errors }: Account<T>): Allocation<T> {
  if (errors.length > 0) return { claimSet, errors };
  const grants = Object.fromEntries(holdings.map(({ claim, value }) => [claim.field, value]));
  return { claimSet, grants };
}

function pageOf({ pool, field }: Claim, ledger: Ledger): Page {
  const page = ledger.get(pool);
  if (page === undefined)
    throw new Error(`${field} is claimed from pool ${pool}, which no type brings`);
  return page;
}

function invalid(claim: Claim, detail: string): FieldError {
  return failure(claim, { type: 'Invalid', field: claim.field, value: claim.wanted, detail });
}

function failure(claim: Claim, error: FieldError): FieldError {
  const prefix = claim.failure?.detail;
  const detail = prefix === undefined ? error.detail : `${prefix}: ${error.detail}`;
  return { ...error, ...claim.failure, detail };
}

function partition<T>(
  items: readonly T[],
  belongs: (item: T) => boolean,
): readonly [readonly T[], readonly T[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}
