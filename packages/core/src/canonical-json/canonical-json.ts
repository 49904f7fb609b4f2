import { compareText } from '../resources/order.ts';

/** JSON text that is the same for equal values, whatever the order of their keys. */
export function canonicalJSON(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => compareText(a, b)))
      : item,
  );
}
