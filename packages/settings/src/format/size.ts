import { isWithin, type Range } from '../constraint/constraint.ts';
import type { Format } from './format.ts';

/** The largest first. */
const SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['Ti', 2 ** 40],
  ['T', 1e12],
  ['Gi', 2 ** 30],
  ['G', 1e9],
  ['Mi', 2 ** 20],
  ['M', 1e6],
  ['Ki', 2 ** 10],
  ['k', 1e3],
  ['', 1],
]);

/**
 * Bytes, written as Kubernetes writes quantities: `64Ki`. Without fractions, signs and exponents.
 *
 * Source: Kubernetes API reference, Quantity.
 */
export function size(range: Range): Format<number> {
  return {
    expected: 'a number of bytes without a fraction, in k, M, G, T, Ki, Mi, Gi or Ti if need be',
    read: (text) => {
      const [, digits, suffix = ''] = /^(\d+)([kMGT]|[KMGT]i)?$/.exec(text) ?? [];
      if (digits === undefined) return undefined;
      const bytes = Number(digits) * (SUFFIXES.get(suffix) ?? 1);
      return isWithin(range, bytes) ? bytes : undefined;
    },
    write: (bytes) => {
      for (const [suffix, unit] of SUFFIXES) {
        if (bytes > 0 && bytes % unit === 0) return `${bytes / unit}${suffix}`;
      }
      return String(bytes);
    },
  };
}
