import type { FieldError } from '../field-error/field-error.ts';
import type { Claim, Grants, Pool } from './allocation.ts';
import { findFree } from './find-free.ts';

/** All that one Service asks for. */
export interface ClaimSet {
  /** Tells the Service from others: what it is given automatically follows from this. */
  readonly key: string;
  readonly claims: readonly Claim[];
}

/** A pool, and what has become of its values as far as one claim set is concerned. */
export interface Page {
  readonly pool: Pool;
  /** Given to somebody else for good. */
  readonly granted: Pick<ReadonlySet<string>, 'has'>;
  /** Not to be given automatically: granted, or kept for somebody else. */
  readonly taken: Pick<ReadonlySet<string>, 'has' | 'size'> & {
    readonly add: (value: string) => unknown;
  };
}

/** Pages by the name of their pool. */
export type Ledger<P extends Page = Page> = ReadonlyMap<string, P>;

/** A value that is had for a claim. */
export interface Holding<P extends Page = Page> {
  readonly claim: Claim;
  readonly page: P;
  readonly value: string;
}

/** What one claim set has got so far. */
export interface Account<P extends Page = Page> {
  readonly holdings: Holding<P>[];
  readonly errors: FieldError[];
}

/**
 * Takes all that a claim set claims: what it fixes, and then values that follow from its key, or the next free ones. All is
 * taken on its pages, even where an error says that it can't have all of it.
 *
 * @throws {Error} for a claim on a pool that has no page, which is a wiring fault.
 */
export function settle<P extends Page>(claimSet: ClaimSet, ledger: Ledger<P>): Account<P> {
  const account = takeWanted(claimSet, ledger);
  if (account.errors.length > 0) return account;
  for (const { page, value } of account.holdings) page.taken.add(value);
  for (const claim of claimSet.claims) {
    const error = takeAny(account, claim, claimSet.key, ledger);
    if (error) account.errors.push(error);
  }
  return account;
}

/** Holds the values that a claim set fixes, as far as no other has them. Takes nothing on the pages. */
export function takeWanted<P extends Page>({ claims }: ClaimSet, ledger: Ledger<P>): Account<P> {
  const holdings: Holding<P>[] = [];
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

/** What is granted with these holdings. */
export function grantsOf(holdings: readonly Holding[]): Grants {
  return Object.fromEntries(holdings.map(({ claim, value }) => [claim.field, value]));
}

function takeAny<P extends Page>(
  { holdings }: Account<P>,
  claim: Claim,
  claimSetKey: string,
  ledger: Ledger<P>,
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

function pageOf<P extends Page>({ pool, field }: Claim, ledger: Ledger<P>): P {
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
