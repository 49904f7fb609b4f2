import { compareText } from '@portolan/core';

/** Finds names that somebody who wrote another one may have meant. */
export interface SimilarNames {
  /** At most three, in the order of names: one edit away, or the same but for an ending such as `-svc`. Never `name` itself. */
  readonly to: (name: string) => readonly string[];
}

const MOST = 3;
const ENDING = /-(?:service|svc|srv|app|server)$/u;

/**
 * Two names are similar that become equal when at most one character is left out of each (one written wrong, too many, too few,
 * or two neighbours swapped), or when a usual ending is taken off.
 */
export function areSimilar(a: string, b: string): boolean {
  if (a === b) return false;
  if (withoutEnding(a) === withoutEnding(b)) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  const remainders = remaindersOf(a);
  return [...remaindersOf(b)].some((remainder) => remainders.has(remainder));
}

/**
 * Looks names up that are similar to one. Each is kept under all that may be left of it, which makes a look-up cost what the name
 * is long, however many there are.
 */
export function similarNames(names: Iterable<string>): SimilarNames {
  const byRemainder = new Map<string, Set<string>>();
  for (const name of names) {
    for (const remainder of remaindersOf(name)) {
      const kept = byRemainder.get(remainder);
      if (kept === undefined) byRemainder.set(remainder, new Set([name]));
      else kept.add(name);
    }
  }
  return {
    to: (name) => {
      const found = new Set<string>();
      for (const remainder of remaindersOf(name)) {
        for (const other of byRemainder.get(remainder) ?? []) found.add(other);
      }
      found.delete(name);
      return [...found].toSorted(compareText).slice(0, MOST);
    },
  };
}

/** Names of up to three characters are all alike by this measure, so nothing is left out of them. */
function remaindersOf(name: string): ReadonlySet<string> {
  const remainders = new Set([name, withoutEnding(name)]);
  if (name.length < 4) return remainders;
  for (let index = 0; index < name.length; index++) {
    remainders.add(name.slice(0, index) + name.slice(index + 1));
  }
  return remainders;
}

function withoutEnding(name: string): string {
  return name.replace(ENDING, '');
}
