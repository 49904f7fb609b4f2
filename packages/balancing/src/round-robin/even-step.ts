/** So many steps on either side of the golden section are tried. With fewer, some rounds have none that is even. */
const TRIED = 16;

/**
 * A step by which every position of a round is visited once, `turn × step mod total`, and positions side by side are visited
 * at nearly even distances: of those near the golden section the one whose continued fraction has the smallest terms.
 *
 * @param total The positions in a round, 1 or more.
 */
export function evenStep(total: number): number {
  const golden = Math.round((total * (Math.sqrt(5) - 1)) / 2);
  let best = { step: 1, terms: Infinity };
  for (let step = golden - TRIED; step <= golden + TRIED; step += 1) {
    if (step < 1 || step > total) continue;
    const terms = sumOfTerms(total, step);
    if (terms < best.terms) best = { step, terms };
  }
  return best.step;
}

/** Of the continued fraction of a ratio; infinite where the numbers have a common divisor. */
function sumOfTerms(a: number, b: number): number {
  if (b === 0) return a === 1 ? 0 : Infinity;
  return Math.floor(a / b) + sumOfTerms(b, a % b);
}
