import type { Requirement, Selector } from './selector.ts';

/**
 * The same selector with its requirements in ascending order, by key first, and the values of each in ascending order
 * and without repetition.
 */
export function canonicalSelector(requirements: readonly Requirement[]): Selector {
  return requirements
    .map(({ key, operator, values }) => ({
      key,
      operator,
      values: [...new Set(values)].toSorted(compare),
    }))
    .toSorted(
      (a, b) =>
        compare(a.key, b.key) ||
        compare(a.operator, b.operator) ||
        compare(a.values.join(), b.values.join()),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
