/** A set of code points as ascending, disjoint, inclusive ranges: `[low, high, low, high, …]`. */
export type CodePoints = readonly number[];

const LAST = 0x10_ffff;

/** The sets behind `\d`, `\w`, `\s` and line terminators (ECMA-262 §22.2.2.9, §12.2, §12.3). */
export const DIGITS: CodePoints = [0x30, 0x39];
export const WORD: CodePoints = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];
export const SPACE: CodePoints = [
  0x09, 0x0d, 0x20, 0x20, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f,
  0x202f, 0x205f, 0x205f, 0x3000, 0x3000, 0xfeff, 0xfeff,
];
export const LINE_TERMINATORS: CodePoints = [0x0a, 0x0a, 0x0d, 0x0d, 0x2028, 0x2029];

/** The union of ranges given in any order, overlapping or not. */
export function union(ranges: readonly (readonly [low: number, high: number])[]): CodePoints {
  const merged: number[] = [];
  for (const [low, high] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last + 1) merged[merged.length - 1] = Math.max(last, high);
    else merged.push(low, high);
  }
  return merged;
}

export function complement(points: CodePoints): CodePoints {
  const result: number[] = [];
  let next = 0;
  for (const [low, high] of pairs(points)) {
    if (low > next) result.push(next, low - 1);
    next = high + 1;
  }
  if (next <= LAST) result.push(next, LAST);
  return result;
}

export function pairs(points: CodePoints): (readonly [low: number, high: number])[] {
  const result: (readonly [number, number])[] = [];
  for (let index = 0; index + 1 < points.length; index += 2) {
    result.push([points[index] ?? 0, points[index + 1] ?? 0]);
  }
  return result;
}

export function contains(points: CodePoints, point: number): boolean {
  for (let index = 0; index < points.length; index += 2) {
    if (point < (points[index] ?? 0)) return false;
    if (point <= (points[index + 1] ?? 0)) return true;
  }
  return false;
}
