import { hostKey, regionsOf, type RegionRequest } from '@portolan/routing';

import type { Comparison } from '../compare/comparison.ts';
import type { Side } from '../side/side.ts';
import { forEveryHost } from './narrow.ts';

/** Finds requests for a host, one of each kind that the routes of one side tell apart. */
export type RegionsOfHost = (side: Side, host: string) => readonly Omit<RegionRequest, 'host'>[];

/** Looks once for all hosts that have the same rules. */
export function regionsOfHost(comparison: Comparison): RegionsOfHost {
  const { before, after } = comparison;
  const known = new Map(
    [before, after].map((side) => [side, new Map<string | undefined, readonly RegionRequest[]>()]),
  );
  return (side, host) => {
    const { routes } = side.snapshot;
    const key = hostKey(routes, host);
    const found = known.get(side)?.get(key);
    if (found) return found;
    const { regions, complete } = regionsOf([forEveryHost(routes, key)]);
    if (!complete) comparison.complete = false;
    const requests = regions.map(({ request }) => request);
    known.get(side)?.set(key, requests);
    return requests;
  };
}
