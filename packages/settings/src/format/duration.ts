import { isWithin, type Range } from '../constraint/constraint.ts';
import type { Format } from './format.ts';

const DURATION = /^(?:\d{1,5}(?:h|ms|m|s)){1,4}$/;

const MILLISECONDS: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
]);

/**
 * A time in milliseconds, written as Gateway API writes durations: `1m30s`. Units may come in any order and more than
 * once, without fractions.
 *
 * Source: Gateway API, GEP-2257.
 */
export function duration(range: Range): Format<number> {
  return {
    expected: `a duration from ${writeDuration(range.least)} to ${writeDuration(range.most)}`,
    read: (text) => {
      if (!DURATION.test(text)) return undefined;
      let sum = 0;
      for (const [, count, unit = ''] of text.matchAll(/(\d+)(h|ms|m|s)/g)) {
        sum += Number(count) * (MILLISECONDS.get(unit) ?? 0);
      }
      return isWithin(range, sum) ? sum : undefined;
    },
    write: writeDuration,
  };
}

function writeDuration(milliseconds: number): string {
  let text = '';
  let left = milliseconds;
  for (const [unit, length] of MILLISECONDS) {
    const count = Math.floor(left / length);
    if (count > 0) text += `${count}${unit}`;
    left -= count * length;
  }
  return text === '' ? '0s' : text;
}
