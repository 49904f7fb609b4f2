import type { Endpoint } from '@portolan/core';

import { endpointAt, weigh, type Weighted } from '../candidates/candidates.ts';
import type { PickContext, Policy } from '../policy/policy.ts';
import { weightedPolicy } from '../policy/weighted-policy.ts';

/** Any available endpoint, by chance and weight. */
export const RANDOM: Policy = weightedPolicy('Random', draw);

/** So many draws may meet an endpoint that is unavailable before all are asked. */
const BLIND_DRAWS = 3;

/**
 * Any available endpoint, by chance and weight, whatever was drawn before: draws that meet an unavailable endpoint are
 * repeated, which favours none of the others.
 */
export function draw(
  candidates: Weighted,
  { random, isAvailable }: Pick<PickContext, 'isAvailable' | 'random'>,
): Endpoint | undefined {
  for (let draws = 0; draws < BLIND_DRAWS; draws += 1) {
    const endpoint = endpointAt(candidates, Math.floor(random() * candidates.total));
    if (endpoint !== undefined && isAvailable(endpoint)) return endpoint;
  }
  const available = weigh(candidates.endpoints.filter(isAvailable));
  return endpointAt(available, Math.floor(random() * available.total));
}
