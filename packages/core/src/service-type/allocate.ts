import type { FieldError } from '../field-error/field-error.ts';
import type { Grants, Pool } from './allocation.ts';
import { grantsOf, settle, takeWanted } from './settle.ts';
import type { Account, ClaimSet, Holding, Ledger, Page } from './settle.ts';

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
 * @param reserved What claim sets fix that ask nobody for it: it is given to nobody automatically, and to whoever fixes it too.
 * @throws {Error} for a claim on a pool that is not given, which is a wiring fault.
 */
export function allocate<T extends ClaimSet>(
  claimSets: readonly T[],
  pools: ReadonlyMap<string, Pool>,
  reserved: readonly ClaimSet[] = [],
): readonly Allocation<T>[] {
  const ledger: Ledger<SharedPage> = new Map(
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
  for (const claimSet of reserved) reserve(takeWanted(claimSet, ledger));
  return candidates.map(({ claimSet, wishes }) => {
    const account = settle(claimSet, ledger);
    close(account, wishes);
    return outcome(claimSet, account);
  });
}

/** A page that all claim sets write on, one after the other. */
interface SharedPage extends Page {
  readonly granted: Set<string>;
  readonly taken: Set<string>;
  /** Fixed value → how many claims of claim sets that have yet to be settled want it; a reserved one is wanted for good. */
  readonly wishes: Map<string, number>;
}

/** The values that a claim set fixes; none where it can't have them even if no other wants them. */
function wishesOf(claimSet: ClaimSet, ledger: Ledger<SharedPage>): readonly Holding<SharedPage>[] {
  const { holdings, errors } = takeWanted(claimSet, ledger);
  return errors.length === 0 ? holdings : [];
}

/** Keeps values for a claim set, unless one of them is kept for an earlier one, which will probably get it. */
function announce(wishes: readonly Holding<SharedPage>[]): void {
  for (const { page, value } of wishes) page.wishes.set(value, wishesFor(page, value) + 1);
  if (wishes.some(({ page, value }) => page.taken.has(value))) return;
  for (const { page, value } of wishes) page.taken.add(value);
}

/** Keeps values for good, from whoever doesn't fix them. */
function reserve({ holdings }: Account<SharedPage>): void {
  for (const { page, value } of holdings) {
    page.wishes.set(value, wishesFor(page, value) + 1);
    page.taken.add(value);
  }
}

/** Grants what a claim set holds. One that met an error gives all back, to whoever else wants it first. */
function close(
  { holdings, errors }: Account<SharedPage>,
  wishes: readonly Holding<SharedPage>[],
): void {
  for (const { page, value } of wishes) page.wishes.set(value, wishesFor(page, value) - 1);
  if (errors.length === 0) {
    for (const { page, value } of holdings) page.granted.add(value);
    return;
  }
  for (const { page, value } of [...holdings, ...wishes]) {
    if (!page.granted.has(value) && wishesFor(page, value) === 0) page.taken.delete(value);
  }
}

function wishesFor(page: SharedPage, value: string): number {
  return page.wishes.get(value) ?? 0;
}

function outcome<T extends ClaimSet>(claimSet: T, { holdings, errors }: Account): Allocation<T> {
  return errors.length > 0 ? { claimSet, errors } : { claimSet, grants: grantsOf(holdings) };
}
