import type { Budget } from '../automaton/state.ts';
import { unmetCondition } from '../match/conditions.ts';
import type { TableEntry } from '../table/table.ts';
import {
  aspectsOf,
  isPossibleName,
  matchersOf,
  requestOf,
  type Aspect,
  type AspectValue,
} from './aspect.ts';
import { methodClasses } from './method-class.ts';
import { regionFacts } from './region-facts.ts';
import type { RegionRequest } from './region.ts';
import type { ValueClasses, ValueKind, ValueMatcher } from './value-class.ts';

/** Methods, headers and query parameters that the same entries fit. */
interface ConditionClass {
  /** One of them. */
  readonly request: Pick<RegionRequest, 'method' | 'headers' | 'query'>;
  /** Indices of the entries, ascending. */
  readonly fits: readonly number[];
}

export interface ConditionClasses {
  readonly classes: readonly ConditionClass[];
  /** Whether every request belongs to one of them. */
  readonly complete: boolean;
}

/** The classes of the values of one header or query parameter. */
export type ValuesOf = (kind: ValueKind, matchers: readonly ValueMatcher[]) => ValueClasses;

/** Requests of which some aspects are settled. */
interface Draft {
  readonly values: readonly AspectValue[];
  /** Those entries that fit so far. */
  readonly fits: readonly number[];
}

/**
 * The classes of everything but host and path. One aspect after another is settled; drafts that the same entries still
 * fit go on as one. Where that takes more than the budget, there is at least a class for what each entry asks, of the first
 * thousand or so.
 */
export function conditionClasses(
  entries: readonly TableEntry[],
  valuesOf: ValuesOf,
  budget: Budget,
): ConditionClasses {
  let drafts: readonly Draft[] = [{ values: [], fits: [...entries.keys()] }];
  let complete = true;
  const classesOf = (aspect: Aspect, matchers: readonly ValueMatcher[]): ValueClasses => {
    if (aspect.kind === 'method') return methodClasses(matchers);
    if (!isPossibleName(aspect)) return { classes: [{ value: undefined, fits: [] }], complete };
    const values = valuesOf(aspect.kind, matchers);
    complete &&= values.complete;
    return values;
  };
  for (const aspect of aspectsOf(entries)) {
    drafts = settle(drafts, aspect, entries, classesOf, budget);
    if (budget.left > 0) continue;
    return { classes: ownClasses(entries, classesOf), complete: false };
  }
  return {
    classes: drafts.map(({ values, fits }) => ({ request: requestOf(values), fits })),
    complete,
  };
}

/** In all drafts every value of `aspect` that the entries that fit tell apart. */
function settle(
  drafts: readonly Draft[],
  aspect: Aspect,
  entries: readonly TableEntry[],
  classesOf: (aspect: Aspect, matchers: readonly ValueMatcher[]) => ValueClasses,
  budget: Budget,
): readonly Draft[] {
  const next = new Map<string, Draft>();
  const add = (draft: Draft): void => {
    budget.left -= draft.fits.length + 1;
    const key = draft.fits.join();
    if (!next.has(key)) next.set(key, draft);
  };
  for (const draft of drafts) {
    if (budget.left <= 0) break;
    const { asking, others } = group(draft.fits, aspect, entries);
    if (asking.length === 0) {
      add(draft);
      continue;
    }
    const matchers = asking.map(({ matcher }) => matcher);
    for (const { value, fits } of classesOf(aspect, matchers).classes) {
      const fitting = fits.flatMap((index) => asking[index]?.entries ?? []);
      add({
        values: value === undefined ? draft.values : [...draft.values, { ...aspect, value }],
        fits: [...others, ...fitting].toSorted((a, b) => a - b),
      });
    }
  }
  return [...next.values()];
}

interface Asking {
  readonly matcher: ValueMatcher;
  /** Those that ask it. */
  readonly entries: number[];
}

/** The entries among `fits` by what they ask of `aspect`. */
function group(
  fits: readonly number[],
  { kind, name }: Aspect,
  entries: readonly TableEntry[],
): { readonly asking: readonly Asking[]; readonly others: readonly number[] } {
  const asking = new Map<string, Asking>();
  const others: number[] = [];
  for (const index of fits) {
    const entry = entries[index];
    const matcher =
      entry && matchersOf(entry).find((other) => other.kind === kind && other.name === name);
    if (matcher === undefined) {
      others.push(index);
      continue;
    }
    const key = `${matcher.program !== undefined} ${matcher.value}`;
    const known = asking.get(key);
    if (known) known.entries.push(index);
    else asking.set(key, { matcher, entries: [index] });
  }
  return { asking: [...asking.values()], others };
}

/** How often one of these requests may be held against an entry. It is needed where the budget is used up already. */
const OWN_STEPS = 1_000_000;

/** For each entry a request that asks only what it asks, and one that asks nothing. */
function ownClasses(
  entries: readonly TableEntry[],
  classesOf: (aspect: Aspect, matchers: readonly ValueMatcher[]) => ValueClasses,
): readonly ConditionClass[] {
  const classes = new Map<string, ConditionClass>();
  const add = (values: readonly AspectValue[]): void => {
    const request = requestOf(values);
    const facts = regionFacts({ host: '', path: '/', ...request });
    const fits = [...entries.keys()].filter((index) => {
      const entry = entries[index];
      return entry && unmetCondition(entry, facts) === undefined;
    });
    const key = fits.join();
    if (!classes.has(key)) classes.set(key, { request, fits });
  };
  add([]);
  for (const entry of entries.slice(0, OWN_STEPS / entries.length)) {
    add(
      matchersOf(entry).flatMap(({ kind, name, ...matcher }): readonly AspectValue[] => {
        const own = classesOf({ kind, name }, [matcher]).classes.find(
          ({ fits }) => fits.length > 0,
        );
        return own?.value === undefined ? [] : [{ kind, name, value: own.value }];
      }),
    );
  }
  return [...classes.values()];
}
