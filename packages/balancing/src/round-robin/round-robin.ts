import type { Endpoint } from '@portolan/core';

import { endpointAt, weigh, type Candidates, type Weighted } from '../candidates/candidates.ts';
import type { PickContext, Policy } from '../policy/policy.ts';
import { weightedPolicy } from '../policy/weighted-policy.ts';
import { evenStep } from './even-step.ts';

/**
 * One endpoint after the other. In a round, as many turns as the weights sum up to, each has as many turns as its weight,
 * apart from each other. The turns of those that are unavailable go round among the others.
 */
export const ROUND_ROBIN: Policy = weightedPolicy('RoundRobin', pickFrom);

function pickFrom(
  candidates: Candidates,
  { isAvailable, nextTurn }: PickContext,
): Endpoint | undefined {
  const { endpoints, weights, starts, total } = candidates;
  // No turn is taken in vain: who asks twice for each request would come to every other endpoint only.
  if (!endpoints.some(isAvailable)) return undefined;
  const turn = nextTurn();
  const position = positionAt(candidates, turn);
  const endpoint = endpointAt(candidates, position);
  if (endpoint !== undefined && isAvailable(endpoint)) return endpoint;

  // Turns that can't be taken are numbered without gaps, all those of earlier rounds before those of this one.
  const available: Endpoint[] = [];
  let inRound = 0;
  let before = 0;
  for (const [index, each] of endpoints.entries()) {
    if (isAvailable(each)) {
      available.push(each);
      continue;
    }
    const weight = weights[index] ?? 0;
    inRound += weight;
    before += Math.min(Math.max(position - (starts[index] ?? 0), 0), weight);
  }
  const others = weigh(available);
  const turnAmongOthers = Math.floor(turn / total) * inRound + before;
  return endpointAt(others, positionAt(others, turnAmongOthers));
}

const steps = new WeakMap<Weighted, number>();

/** Every position once in a round: one after the other, or, where weights differ, so that those of an endpoint lie apart. */
function positionAt(weighted: Weighted, turn: number): number {
  const { endpoints, total } = weighted;
  if (total === endpoints.length) return turn % total;
  let step = steps.get(weighted);
  if (step === undefined) steps.set(weighted, (step = evenStep(total)));
  return ((turn % total) * step) % total;
}
