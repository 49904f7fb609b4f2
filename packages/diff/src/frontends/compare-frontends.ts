import type { RegionRequest } from '@portolan/routing';

import { compare, type Comparison } from '../compare/comparison.ts';
import { observe } from '../observe/observe.ts';
import { WELL_KNOWN_PORT, type Probe } from '../probe/probe.ts';
import { regionsOfHost } from '../routes/regions-of-host.ts';
import type { Side } from '../side/side.ts';
import { frontendAt, type Place } from './frontend-at.ts';
import { changedPlaces } from './places.ts';

/** A path that no rule reads: to the routes it is a bad request, and at a Service's own address it goes on as it is. */
const UNREADABLE_PATH = '/%';

/** Compares what comes in at the addresses of Services: cluster IPs, DNS names, nodes, load balancers. */
export function compareFrontends(comparison: Comparison): void {
  const requestsFor = regionsOfHost(comparison);
  for (const place of changedPlaces(comparison)) {
    if (isOurAffair(comparison, place)) continue;
    const plain = probeAt(place);
    const { before, after } = comparison;
    const [routed, ...others] = [before, after].filter((side) => observe(side, plain).isRouted);
    // Where both sides ask the rules, this is one of the requests that are routed.
    if (others.length > 0) continue;
    if (routed === undefined || place.entrance === 'internal') compare(comparison, [plain]);
    else compareWithRules(comparison, plain, requestsFor(routed, place.host));
  }
}

/** Compares a Service that answers on one side alone with the rules that take the same requests on the other. */
function compareWithRules(
  comparison: Comparison,
  plain: Probe,
  requests: readonly Omit<RegionRequest, 'host'>[],
): void {
  let isChanged = false;
  for (const request of requests) {
    const probe = { ...plain, ...request, host: plain.host };
    // The Service gets the path as it came, which only tells where that isn't normal.
    const isOther = compare(comparison, [probe, { ...probe, path: `/${probe.path}` }]);
    isChanged ||= isOther;
  }
  if (!isChanged) compare(comparison, [{ ...plain, path: UNREADABLE_PATH }]);
}

function probeAt({ entrance, host, port }: Place): Probe {
  return {
    method: 'GET',
    scheme: port === WELL_KNOWN_PORT.https ? 'https' : 'http',
    host,
    port,
    path: '/',
    query: '',
    headers: {},
    entrance,
  };
}

/**
 * Whether there is somebody at this address only because Portolan gave it out: nobody wrote it down, nobody calls it. The
 * Service's names are compared. Where it is the same Service's on both sides, it stands for all cluster IPs of its family.
 */
function isOurAffair({ before, after }: Comparison, place: Place): boolean {
  const holders = [before, after].flatMap((side) => holderOf(side, place) ?? []);
  const [first, second] = holders;
  if (holders.some(({ isAllocated }) => !isAllocated)) return false;
  return first === undefined || first.service !== second?.service;
}

function holderOf(
  { snapshot, allocated }: Side,
  place: Place,
): { readonly service: string; readonly isAllocated: boolean } | undefined {
  const frontend = frontendAt(snapshot, place);
  return (
    frontend && {
      service: frontend.service,
      isAllocated: place.entrance === 'internal' && allocated.has(place.host),
    }
  );
}
