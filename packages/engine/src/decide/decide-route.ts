import {
  matchRoute,
  modifyPath,
  pickBackend,
  redirect,
  type DefaultRoute,
  type Filter,
  type MatchedRoute,
} from '@portolan/routing';

import type { DecidedRoute, Decision, RespondDecision } from '../decision/decision.ts';
import { forwardToService, type Deciding } from './forward-to-service.ts';

/** What came in at the external entrance and at no Service's own address: it goes where the routes say. */
export function decideRoute(deciding: Deciding, host: string): Decision {
  const { snapshot, facts, random } = deciding;
  const match = matchRoute(snapshot.routes, facts, { trace: deciding.trace });
  const trace = match.trace && { routing: match.trace };
  const respond = (
    status: RespondDecision['status'],
    reason: string,
    message: string,
    route?: DecidedRoute,
  ): RespondDecision => ({
    outcome: 'respond',
    status,
    reason,
    message,
    ...(route && { route }),
    ...(trace && { trace: { ...trace, excluded: [] } }),
  });

  switch (match.outcome) {
    case 'invalidHost':
      return respond(400, 'InvalidHost', `${JSON.stringify(facts.host)} is not a host`);
    case 'invalidPath':
      return respond(400, 'InvalidPath', `${JSON.stringify(facts.path)} is not a path`);
    case 'unmatched':
      return respond(404, 'NoMatchingRoute', `no rule takes ${host}${match.path}`);
    case 'default':
    case 'matched':
  }

  const route = decidedRoute(match);
  const filters = match.outcome === 'matched' ? match.filters : [];
  const matchedPrefix = match.outcome === 'matched' ? match.matchedPrefix : undefined;
  const redirection = filters.find((filter) => filter.type === 'RequestRedirect');
  if (redirection !== undefined) {
    const { scheme, port, query } = facts;
    const request = { scheme, host, port, path: match.path, query, matchedPrefix };
    return {
      outcome: 'redirect',
      ...redirect(redirection, request),
      route,
      ...(trace && { trace: { ...trace, excluded: [] } }),
    };
  }

  const backend = pickBackend(match.backends, random());
  if (backend === undefined) return respond(503, 'NoBackends', 'the rule has no backend', route);
  if (backend.group !== '' || backend.kind !== 'Service') {
    const message = `no plugin serves backends of kind ${backend.kind}`;
    return respond(503, 'InvalidKind', message, route);
  }
  const rewrite = filters.find((filter) => filter.type === 'URLRewrite');
  return forwardToService(
    deciding,
    {
      service: `${backend.namespace}/${backend.name}`,
      port: backend.port,
      // An Ingress controller calls the endpoints itself and not through the Service's addresses, whose policies are for
      // those who knock there.
      client: { trafficPolicy: 'Cluster', node: facts.node, zone: facts.zone },
      route,
      path: rewrite?.path ? modifyPath(rewrite.path, match.path, matchedPrefix) : match.path,
      hostname: rewrite?.hostname,
      filters: filters.filter(isHeaderModifier),
    },
    trace,
  );
}

function decidedRoute(match: DefaultRoute | MatchedRoute): DecidedRoute {
  const { kind, namespace, name } = match.source;
  return {
    kind,
    namespace,
    name,
    rule: match.field,
    ...(match.outcome === 'matched' && { path: match.pathMatch.value }),
  };
}

type HeaderModifier = Extract<
  Filter,
  { readonly type: 'RequestHeaderModifier' | 'ResponseHeaderModifier' }
>;

function isHeaderModifier(filter: Filter): filter is HeaderModifier {
  return filter.type === 'RequestHeaderModifier' || filter.type === 'ResponseHeaderModifier';
}
