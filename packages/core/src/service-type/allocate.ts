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
 * Fixed values go first; then the rest gets values that follow from the key of the claim set alone, or the next free ones. So
 * one claim set more or less moves few others. What a claim set fixes that can't be given all it claims falls to the next that
 * wants it. The cost is near linear in the number of claims.
 *
 * @throws {Error} for a claim on a pool that is not given, which is a wiring fault.
 */
export function allocate<T extends ClaimSet>(
  claimSets: readonly T[],
  pools: ReadonlyMap<string, Pool>,
): readonly Allocation<T>[] {
  const ledger: Ledger = new Map(
    [...pools].map(([name, pool]) => [
      name,
      { pool, granted: new Set(), taken: new Set(), wishes: new Map() },
    ]),
  );
  const candidates = claimSets.map((claimSet) => ({
    claimSet,
    wishes: wishesOf(claimSet, ledger),
  }));
  for (const { wishes } of candidates) announce(wishes);
  return candidates.map(({ claimSet, wishes }) => {
    const account = settle(claimSet, ledger);
    close(account, wishes);
    return outcome(claimSet, account);
  });
}

/** A pool, and what has become of its values. */
interface Page {
  readonly pool: Pool;
  /** Given for good. */
  readonly granted: Set<string>;
  /** Not to be given automatically: granted, or kept for a claim set that fixes it and has yet to be settled. */
  readonly taken: Set<string>;
  /** Fixed value → how many claims of claim sets that have yet to be settled want it. */
  readonly wishes: Map<string, number>;
}

type Ledger = ReadonlyMap<string, Page>;

interface Holding {
  readonly claim: Claim;
  readonly page: Page;
  readonly value: string;
}

/** What one claim set has got so far. */
interface Account {
  readonly holdings: Holding[];
  readonly errors: FieldError[];
}

/** The values that a claim set fixes; none where it can't have them even if no other wants them. */
function wishesOf(claimSet: ClaimSet, ledger: Ledger): readonly Holding[] {
  const { holdings, errors } = takeWanted(claimSet, ledger);
  return errors.length === 0 ? holdings : [];
}

/** Keeps values for a claim set, unless one of them is kept for an earlier one, which will probably get it. */
function announce(wishes: readonly Holding[]): void {
  for (const { page, value } of wishes) page.wishes.set(value, wishesFor(page, value) + 1);
  if (wishes.some(({ page, value }) => page.taken.has(value))) return;
  for (const { page, value } of wishes) page.taken.add(value);
}

/** Takes all that a claim set claims. What it fixes may have been granted to an earlier one. */
function settle(claimSet: ClaimSet, ledger: Ledger): Account {
  const account = takeWanted(claimSet, ledger);
  if (account.errors.length > 0) return account;
  for (const { page, value } of account.holdings) page.taken.add(value);
  for (const claim of claimSet.claims) {
    const error = takeAny(account, claim, claimSet.key, ledger);
    if (error) account.errors.push(error);
  }
  return account;
}

/** Grants what a claim set holds. One that met an error gives all back, to whoever else wants it first. */
function close({ holdings, errors }: Account, wishes: readonly Holding[]): void {
  for (const { page, value } of wishes) page.wishes.set(value, wishesFor(page, value) - 1);
  if (errors.length === 0) {
    for (const { page, value } of holdings) page.granted.add(value);
    return;
  }
  for (const { page, value } of [...holdings, ...wishes]) {
    if (!page.granted.has(value) && wishesFor(page, value) === 0) page.taken.delete(value);
  }
}

function wishesFor(page: Page, value: string): number {
  return page.wishes.get(value) ?? 0;
}

function takeWanted({ claims }: ClaimSet, ledger: Ledger): Account {
  const holdings: Holding[] = [];
  const errors: FieldError[] = [];
  for (const claim of claims) {
    if (claim.wanted === undefined) continue;
    const page = pageOf(claim, ledger);
    const value = page.pool.canonical(claim.wanted);
    if (value === undefined) {
      errors.push(invalid(claim, page.pool.outOfRange(claim.wanted)));
      continue;
    }
    const own = holdings.find((each) => each.page === page && each.value === value);
    if (own ? areShared(own.claim, claim) : !page.granted.has(value)) {
      holdings.push({ claim, page, value });
    } else {
      errors.push(invalid(claim, page.pool.allocated));
    }
  }
  return { holdings, errors };
}

function takeAny(
  { holdings }: Account,
  claim: Claim,
  claimSetKey: string,
  ledger: Ledger,
): FieldError | undefined {
  if (claim.wanted !== undefined) return undefined;
  const page = pageOf(claim, ledger);
  const shared = holdings.find((each) => each.page === page && areShared(each.claim, claim));
  const key = `${claimSetKey} ${claim.sharedBy ?? claim.field}`;
  const value = shared?.value ?? findFree(page.pool, page.taken, key);
  if (value === undefined) {
    return failure(claim, { type: 'Internal', field: claim.field, detail: 'range is full' });
  }
  page.taken.add(value);
  holdings.push({ claim, page, value });
  return undefined;
}

function areShared(a: Claim, b: Claim): boolean {
  return a.sharedBy !== undefined && a.sharedBy === b.sharedBy;
}

function outcome<T extends ClaimSet>(claimSet: T, { holdings, errors }: Account): Allocation<T> {
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
