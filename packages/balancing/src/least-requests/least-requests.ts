import type { Endpoint } from '@portolan/core';

import type { Candidates } from '../candidates/candidates.ts';
import type { PickContext, Policy } from '../policy/policy.ts';
import { weightedPolicy } from '../policy/weighted-policy.ts';
import { draw } from '../random/random.ts';

/**
 * Of two available endpoints that are drawn by chance and weight, the one with fewer requests under way for its weight.
 * Where nothing is under way, all get their shares; where much is, what is under way tends to the shares.
 *
 * Source: Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001.
 */
export const LEAST_REQUESTS: Policy = weightedPolicy('LeastRequests', pickFrom);

function pickFrom(candidates: Candidates, context: PickContext): Endpoint | undefined {
  const { random, isAvailable, load } = context;
  const first = draw(candidates, context);
  if (first === undefined || candidates.endpoints.length === 1) return first;
  const isOther = (endpoint: Endpoint) => endpoint !== first && isAvailable(endpoint);
  const second = draw(candidates, { random, isAvailable: isOther });
  if (second === undefined) return first;
  // Only where the second, with this request, has no more for its weight than the first already has without it: by
  // counting the request on both sides, an idle endpoint of a small weight would never be chosen.
  const isBetter = (load(second) + 1) * (first.weight || 1) <= load(first) * (second.weight || 1);
  return isBetter ? second : first;
}
