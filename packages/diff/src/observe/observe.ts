import { decide, type DecidedRoute, type Decision, type RequestFacts } from '@portolan/engine';
import { matchRoute, type BackendRef, type Filter, type MatchedRoute } from '@portolan/routing';

import type { Outcome } from '../outcome/outcome.ts';
import { factsOf, type Probe } from '../probe/probe.ts';
import type { Side } from '../side/side.ts';
import { headerEffects } from './header-effects.ts';
import { shareOut, type Part } from './share-out.ts';
import { locationTemplate, PATH_AS_RECEIVED, pathTemplate } from './template.ts';

/** What one side does with one request. */
export interface Observation {
  readonly outcome: Outcome;
  /** What the template in the outcome comes to: the path that the backend is asked for, or the location. */
  readonly actual?: string;
  /** The rule or the Service that takes it, for people. */
  readonly takenBy?: string;
  /** Whether no Service was called at an address of its own, so that rules were asked, if any there are. */
  readonly isRouted: boolean;
}

/** Asks `decide`, once for each backend that the request may go to. */
export function observe(side: Side, probe: Probe): Observation {
  const facts = factsOf(probe);
  const decision = decide(side.snapshot, facts);
  if (decision.route !== undefined) {
    const takenBy = ruleName(decision.route);
    return { ...observeRule(side, facts, decision), takenBy, isRouted: true };
  }
  const seen = shareOut(side, [{ weight: 1, decision }], { path: PATH_AS_RECEIVED, headers: [] });
  if (decision.outcome === 'redirect' || decision.service === undefined) {
    return { ...seen, isRouted: true };
  }
  const { namespace, name } = decision.service;
  return { ...seen, takenBy: `Service ${namespace}/${name}`, isRouted: false };
}

function observeRule(
  side: Side,
  facts: RequestFacts,
  decision: Decision,
): Pick<Observation, 'actual' | 'outcome'> {
  const match = matchRoute(side.snapshot.routes, facts);
  const filters = match.outcome === 'matched' ? match.filters : [];
  const prefixed: Pick<MatchedRoute, 'matchedPrefix'> = match.outcome === 'matched' ? match : {};
  if (decision.outcome === 'redirect') {
    const { status, location: actual } = decision;
    const redirection = filters.find((filter) => filter.type === 'RequestRedirect');
    const location = redirection ? locationTemplate(redirection, prefixed) : actual;
    return { outcome: { outcome: 'redirect', status, location }, actual };
  }
  const backends = 'backends' in match ? match.backends : [];
  const rewrite = filters.find((filter) => filter.type === 'URLRewrite');
  return shareOut(side, decideEach(side, facts, decision, backends), {
    path: pathTemplate(rewrite?.path, prefixed),
    ...(rewrite?.hostname !== undefined && { hostname: rewrite.hostname }),
    headers: headerEffects(filters.filter(isHeaderModifier)),
  });
}

/** The Decision for each backend that may be picked. */
function decideEach(
  side: Side,
  facts: RequestFacts,
  decision: Decision,
  backends: readonly BackendRef[],
): readonly Part[] {
  const picked = backends.filter(({ weight }) => weight > 0);
  const [only] = picked;
  if (picked.length <= 1) return [{ weight: 1, decision, ...(only && { asked: only }) }];
  const total = picked.reduce((sum, { weight }) => sum + weight, 0);
  let before = 0;
  return picked.map((asked) => {
    const { weight } = asked;
    const unit = (before + weight / 2) / total;
    before += weight;
    return { weight, decision: decide(side.snapshot, facts, { random: () => unit }), asked };
  });
}

function ruleName({ kind, namespace, name, rule }: DecidedRoute): string {
  // The default backend that the options name belongs to no object.
  return name === '' ? `${kind} ${rule}` : `${kind} ${namespace}/${name} ${rule}`;
}

type HeaderModifier = Extract<
  Filter,
  { readonly type: 'RequestHeaderModifier' | 'ResponseHeaderModifier' }
>;

function isHeaderModifier(filter: Filter): filter is HeaderModifier {
  return filter.type === 'RequestHeaderModifier' || filter.type === 'ResponseHeaderModifier';
}
