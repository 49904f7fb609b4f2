import type { BackendRef, Backends } from '../route/route.ts';

/**
 * One backend, each with the probability of its weight among all weights; one of weight 0 never.
 *
 * Source: Gateway API v1, BackendRef.
 *
 * @param unit a number at least 0 and less than 1: the same number picks the same backend.
 * @returns `undefined` where there is none, or where all have weight 0.
 */
export function pickBackend(backends: Backends, unit: number): BackendRef | undefined {
  let total = 0;
  for (const backend of backends) total += backend.weight;
  let place = unit * total;
  let last: BackendRef | undefined;
  for (const backend of backends) {
    if (backend.weight === 0) continue;
    if (place < backend.weight) return backend;
    place -= backend.weight;
    last = backend;
  }
  // Only rounding comes here: the last one then is meant.
  return last;
}
