import { hash, type Endpoint } from '@portolan/core';

import type { Candidates } from '../candidates/candidates.ts';
import type { PickContext, Policy } from '../policy/policy.ts';
import { weightedPolicy } from '../policy/weighted-policy.ts';
import { draw } from '../random/random.ts';

/**
 * The same endpoint for the same key, whatever the order of the endpoints: when one leaves, or is unavailable, only its
 * keys move, to all others by their weights; when it is back they return. Random without a key.
 */
export const RENDEZVOUS_HASH: Policy = weightedPolicy('RendezvousHash', (candidates, context) =>
  context.hashKey === undefined
    ? draw(candidates, context)
    : rendezvous(candidates, context.hashKey, context.isAvailable),
);

/**
 * The available endpoint with the highest score for a key.
 *
 * Sources: Thaler and Ravishankar, A Name-Based Mapping Scheme for Rendezvous, 1996; for weights Schindelhauer and
 * Schomaker, Weighted Distributed Hash Tables, 2005.
 */
export function rendezvous(
  { endpoints, names, weights }: Candidates,
  key: string,
  isAvailable: PickContext['isAvailable'],
): Endpoint | undefined {
  const seed = hash(key);
  let best: { endpoint: Endpoint; name: string; score: number } | undefined;
  for (const [index, endpoint] of endpoints.entries()) {
    const name = names[index] ?? '';
    const score = (weights[index] ?? 0) / -Math.log((hash(name, seed) + 0.5) / 2 ** 32);
    const isBetter =
      best === undefined || score > best.score || (score === best.score && name < best.name);
    if (isBetter && isAvailable(endpoint)) best = { endpoint, name, score };
  }
  return best?.endpoint;
}
