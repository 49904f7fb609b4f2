/** How far counts are from being equal: Pearson's statistic. */
export function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/**
 * The value that chi-square with so many degrees of freedom exceeds once in a million runs, by the approximation of Wilson
 * and Hilferty.
 */
export function oneInAMillion(degrees: number): number {
  const deviation = 4.7534;
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + deviation * Math.sqrt(spread)) ** 3;
}
