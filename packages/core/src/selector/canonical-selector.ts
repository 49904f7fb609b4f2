import { compareText } from '../resources/order.ts';
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
      values: [...new Set(values)].toSorted(compareText),
    }))
    .toSorted(
      (a, b) =>
        compareText(a.key, b.key) ||
        compareText(a.operator, b.operator) ||
        compareText(a.values.join(), b.values.join()),
    );
}
