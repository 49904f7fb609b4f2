import type { Figure } from '../suite/suite.ts';

/** The middle of the samples, and how far they spread. @throws {RangeError} of none */
export function figureOf(samples: readonly number[]): Figure {
  const sorted = samples.toSorted((a, b) => a - b);
  const [lowest] = sorted;
  const highest = sorted.at(-1);
  const median = sorted[Math.floor(sorted.length / 2)];
  if (lowest === undefined || highest === undefined || median === undefined) {
    throw new RangeError('a figure needs a sample');
  }
  return { median, lowest, highest };
}
