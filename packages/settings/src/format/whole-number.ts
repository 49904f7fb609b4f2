import { isWithin, type Range } from '../constraint/constraint.ts';
import type { Format } from './format.ts';

/** Digits, without a sign or leading zeros. */
export function wholeNumber(range: Range): Format<number> {
  return {
    expected: `a whole number from ${range.least} to ${range.most}`,
    read: (text) => {
      const value = /^(?:0|[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN;
      return isWithin(range, value) ? value : undefined;
    },
    write: String,
  };
}
