import type { ObjectKey } from '@portolan/core';
import {
  exclusionText,
  nearestLosers,
  type ExplainedCandidate,
  type ExplainedEndpoint,
  type Explanation,
} from '@portolan/explain';
import { frontendId, serviceId, type OutlinedRule } from '@portolan/graph';

import { addressCardId, podCardId } from '../answerers/answerers.ts';
import { ingressId, placeKey, type Outline } from './outline.ts';

/** What a request passes, and who it might have passed instead: ids of cards. */
export interface Way {
  readonly rule?: OutlinedRule;
  readonly door?: string;
  readonly service?: string;
  readonly endpoints: ReadonlySet<string>;
  /** Endpoints that may not answer, with why. */
  readonly excluded: ReadonlyMap<string, string>;
  /** Rules that lost, with why. */
  readonly lost: ReadonlyMap<string, string>;
  /** Those of them that came closest, the nearest first. */
  readonly near: readonly OutlinedRule[];
}

export const NO_WAY: Way = {
  endpoints: new Set(),
  excluded: new Map(),
  lost: new Map(),
  near: [],
};

/** @param explanation With its trace. */
export function wayOf(explanation: Explanation, outline: Outline): Way {
  const { candidates = [], frontend, service } = explanation;
  const ruleOf = pairing(candidates, outline);
  const winner = candidates.find(({ outcome }) => outcome === 'won');
  const rule = winner && ruleOf.get(winner);
  const losers = candidates.filter(({ outcome }) => outcome === 'lost');
  // Where a rule takes the request no default backend is asked.
  const asked = losers.filter(({ path }) => path !== undefined || winner?.path === undefined);
  const near = nearestLosers(asked, explanation.request).flatMap((each) => ruleOf.get(each) ?? []);
  const lost = new Map<string, string>();
  for (const loser of losers) {
    const id = ruleOf.get(loser)?.outline.id;
    if (id !== undefined) lost.set(id, loser.detail);
  }
  const door =
    frontend === undefined ? rule && ingressId(rule.outline.source) : frontendId(frontend);
  return {
    ...(rule && { rule }),
    ...(door !== undefined && { door }),
    ...(service && { service: serviceId(`${service.namespace}/${service.name}`) }),
    ...endpointsOf(explanation),
    lost,
    near,
  };
}

/** Which rule each candidate is. Of those at one place both have the same order. */
function pairing(
  candidates: readonly ExplainedCandidate[],
  { rulesAt }: Outline,
): ReadonlyMap<ExplainedCandidate, OutlinedRule> {
  const seen = new Map<string, number>();
  const rules = new Map<ExplainedCandidate, OutlinedRule>();
  for (const candidate of candidates) {
    const key = placeKey(candidate, candidate.rule, candidate.path);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const rule = rulesAt.get(key)?.[nth];
    if (rule) rules.set(candidate, rule);
  }
  return rules;
}

/** A Pod may be excluded at one of its addresses and answer at another. */
function endpointsOf({
  service,
  endpoints,
  excluded = [],
  affinity,
}: Explanation): Pick<Way, 'endpoints' | 'excluded'> {
  const idOf = ({ pod, address }: ExplainedEndpoint): string => {
    const key: ObjectKey = `${service?.namespace ?? ''}/${pod ?? ''}`;
    return pod === undefined ? addressCardId(address) : podCardId(key);
  };
  const lit = new Set((affinity ? [affinity] : endpoints).map(idOf));
  const reasons = new Map<string, string>();
  const exclude = (id: string, reason: string): void => {
    if (!lit.has(id) && !reasons.has(id)) reasons.set(id, reason);
  };
  for (const each of endpoints) exclude(idOf(each), 'this client keeps to another one');
  for (const each of excluded) {
    if (each.reason !== 'OtherFamily') exclude(idOf(each), exclusionText(each.reason));
  }
  for (const each of excluded) exclude(idOf(each), exclusionText(each.reason));
  return { endpoints: lit, excluded: reasons };
}
