import { matchRoute, regionsOf, type RegionRequest, type RouteMatch } from '@portolan/routing';

import { compare, type Comparison } from '../compare/comparison.ts';
import { factsOf, type Probe } from '../probe/probe.ts';
import type { Numbering } from '../side/signatures.ts';
import { changedHosts } from './changed-hosts.ts';
import { doorsOf, type Door, type Redirect } from './door.ts';
import { narrow } from './narrow.ts';
import { tellingApart } from './tell-apart.ts';

/** Compares what comes in from outside and is for no Service's own address: it goes where the routes say. */
export function compareRoutes(comparison: Comparison, number: Numbering): void {
  const { before, after } = comparison;
  const [tableBefore, tableAfter] = [before.snapshot.routes, after.snapshot.routes];
  const changed = changedHosts(before, after, number);
  if (changed.length === 0) return;
  const telling = tellingApart(tableBefore, tableAfter, changed);
  const { regions, complete } = regionsOf([
    narrow(tableBefore, new Set(changed.map((host) => host.before))),
    narrow(tableAfter, new Set(changed.map((host) => host.after))),
    ...(telling ? [telling] : []),
  ]);
  if (!complete) comparison.complete = false;
  for (const { request } of regions) compareRegion(comparison, request);
}

function compareRegion(comparison: Comparison, request: RegionRequest): void {
  const { before, after } = comparison;
  const facts = factsOf(probeOf(request, { scheme: 'http', port: 80 }));
  const matchBefore = matchRoute(before.snapshot.routes, facts);
  const matchAfter = matchRoute(after.snapshot.routes, facts);
  if (before.signatures.match(matchBefore) === after.signatures.match(matchAfter)) return;
  const redirects = [matchBefore, matchAfter].flatMap(redirectsOf);
  const doors = doorsOf(comparison, request.host, redirects);
  compare(
    comparison,
    doors.map((door) => probeOf(request, door)),
  );
}

function probeOf(request: RegionRequest, door: Door): Probe {
  return { ...request, ...door, entrance: 'external' };
}

function redirectsOf(match: RouteMatch): readonly Redirect[] {
  const filters = match.outcome === 'matched' ? match.filters : [];
  return filters.filter((filter) => filter.type === 'RequestRedirect');
}
