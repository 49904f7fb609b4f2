import type { Snapshot } from '@portolan/engine';
import {
  sourceOf,
  type Backends,
  type Filter,
  type RouteSource,
  type TableEntry,
} from '@portolan/routing';

import type { RuleNode } from '../graph/graph.ts';
import { drawBackend, type DrawnBackend } from './backends.ts';
import { ruleId } from './ids.ts';
import { READY, verdictOf, verdictOnAll, type Verdict } from './status.ts';

export interface DrawnRule {
  readonly node: RuleNode;
  readonly backends: readonly DrawnBackend[];
}

/** A rule, or a default backend, before it is known how its backends fare. */
export interface OutlinedRule {
  /** The node without its verdict. */
  readonly outline: Omit<RuleNode, 'lit' | 'reason' | 'status'>;
  readonly backends: Backends;
  /** Another rule takes all of its requests. */
  readonly isShadowed: boolean;
}

/** The rules that requests are matched with, and the default backends. */
export function drawRules(snapshot: Snapshot): readonly DrawnRule[] {
  return outlineRules(snapshot.routes).map((rule) => drawRule(snapshot, rule));
}

/**
 * The same without anything that follows from Services: first those of `entries`, then those of `defaultBackends`. Those of
 * one object with equal text share no id.
 */
export function outlineRules(routes: Snapshot['routes']): readonly OutlinedRule[] {
  const taken = new Set<string>();
  const freeId = (wanted: string): string => {
    let id = wanted;
    for (let next = 2; taken.has(id); next += 1) id = `${wanted} #${next}`;
    taken.add(id);
    return id;
  };
  const fromRules = routes.entries.flatMap((entry): readonly OutlinedRule[] => {
    const rule = routes.rules[entry.rule];
    const action = routes.actions[rule?.action ?? -1];
    const host = routes.hosts[rule?.host ?? -1];
    if (!rule || !action || host === undefined) return [];
    const path = entry.written ?? entry.path;
    const conditions = conditionsOf(entry);
    const rest = [host, entry.type, path, ...conditions].join(' ');
    const place = { ...placeOf(sourceOf(routes, rule)), field: rule.field };
    const redirect = action.filters.find(isRedirect);
    const outline: OutlinedRule['outline'] = {
      kind: 'Rule',
      id: freeId(ruleId(place.source, rest)),
      ...place,
      ...(host !== '*' && { host }),
      path,
      pathType: entry.type,
      conditions,
      ...(redirect && { redirect: redirect.statusCode ?? 302 }),
    };
    const { backends } = action;
    return [{ outline, backends, isShadowed: entry.shadowedBy !== undefined }];
  });
  const fromDefaults = routes.defaultBackends.map(({ source, field, backends }): OutlinedRule => {
    const place = { ...placeOf(source), field };
    const id = freeId(ruleId(place.source, 'default'));
    return {
      outline: { kind: 'Rule', id, ...place, conditions: [] },
      backends,
      isShadowed: false,
    };
  });
  return [...fromRules, ...fromDefaults];
}

/** Draws a rule as its backends fare. */
export function drawRule(
  snapshot: Pick<Snapshot, 'services'>,
  { outline, backends: refs, isShadowed }: OutlinedRule,
): DrawnRule {
  const redirects = outline.redirect !== undefined;
  const drawn = redirects ? [] : drawBackends(snapshot, outline.id, refs);
  const backends = isShadowed ? drawn.map(neverAsked) : drawn;
  return { node: { ...outline, ...verdictOnRule(backends, redirects, isShadowed) }, backends };
}

function placeOf({ kind, namespace, name }: RouteSource): Pick<RuleNode, 'namespace' | 'source'> {
  return { namespace, source: { kind, namespace, name } };
}

function drawBackends(
  snapshot: Pick<Snapshot, 'services'>,
  from: string,
  backends: Backends,
): readonly DrawnBackend[] {
  const weighted = backends.filter(({ weight }) => weight > 0);
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  const drawn = weighted.map(({ weight, ...backend }) => ({
    weight,
    ...drawBackend(snapshot, from, backend),
  }));
  // Two that name one port of one Service are one.
  const distinct = [...Map.groupBy(drawn, ({ edge }) => edge.id).values()];
  return distinct.flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    if (distinct.length === 1) return [first];
    const share = same.reduce((sum, { weight }) => sum + weight, 0) / total;
    const label = `${first.edge.label} ${Math.round(share * 100)} %`.trim();
    return [{ ...first, edge: { ...first.edge, label } }];
  });
}

const SHADOWED: Verdict = {
  status: 'shadowed',
  reason: 'another rule takes all of its requests',
};

function neverAsked(backend: DrawnBackend): DrawnBackend {
  return { ...backend, edge: { ...backend.edge, ...SHADOWED } };
}

function verdictOnRule(
  backends: readonly DrawnBackend[],
  redirects: boolean,
  isShadowed: boolean,
): Verdict {
  if (isShadowed) return SHADOWED;
  if (redirects) return READY;
  if (backends.length === 0) return { status: 'notReady', reason: 'no backend' };
  const { status, reason } = verdictOnAll(backends.map(({ edge }) => edge));
  // It is there itself, and its requests get an answer: 503.
  const fails = status === 'missing' || status === 'refused';
  return verdictOf({ status: fails ? 'notReady' : status, reason });
}

function conditionsOf({ method, headers = [], queryParams = [] }: TableEntry): readonly string[] {
  return [
    ...(method === undefined ? [] : [`method ${method}`]),
    ...headers.map(({ name, value }) => `header ${name}: ${value}`),
    ...queryParams.map(({ name, value }) => `query ${name}=${value}`),
  ];
}

function isRedirect(
  filter: Filter,
): filter is Extract<Filter, { readonly type: 'RequestRedirect' }> {
  return filter.type === 'RequestRedirect';
}
