import { hash } from './hash.ts';

/**
 * The candidate with the highest random weight for `key`: the same one whatever the order of the candidates, and when a
 * candidate leaves, only the keys it had move. `undefined` where there is no candidate.
 *
 * Source: Thaler and Ravishankar, A Name-Based Mapping Scheme for Rendezvous, 1996.
 *
 * @param keyOf Names a candidate, uniquely among the candidates.
 */
export function rendezvous<Candidate>(
  candidates: Iterable<Candidate>,
  keyOf: (candidate: Candidate) => string,
  key: string,
): Candidate | undefined {
  const seed = hash(key);
  let best: { candidate: Candidate; name: string; weight: number } | undefined;
  for (const candidate of candidates) {
    const name = keyOf(candidate);
    const weight = hash(name, seed);
    if (
      best === undefined ||
      weight > best.weight ||
      (weight === best.weight && name < best.name)
    ) {
      best = { candidate, name, weight };
    }
  }
  return best?.candidate;
}
