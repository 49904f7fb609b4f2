import type { RouteTable } from '../table/table.ts';
import { hostRegions } from './host-regions.ts';
import type { Region, Regions } from './region.ts';

export interface RegionsOptions {
  /**
   * The most steps that telling apart the paths of one host may take, or the conditions on one path; all together may take ten
   * times as many. A million steps, the default, take a few tenths of a second.
   */
  readonly limit?: number;
}

export const DEFAULT_LIMIT = 1_000_000;

/** Where two tables tell apart many hosts and many paths, there is one for each pair. */
const MAXIMUM_REGIONS = 200_000;

/**
 * Every way in which requests can be treated by `tables`, once, with a request that is treated so: two requests belong to
 * the same region if in each table the same entries fit them and the same default backend is asked. With one table this
 * tells which rules never win, with two, which requests change.
 *
 * Hosts and paths without regular expressions take time in proportion to the entries. Regular expressions are followed
 * all at once through everything that normalised paths, or values, may consist of. Where that takes too many steps, or
 * there are too many regions, those that were found are returned and `complete` is `false`.
 *
 * Requests that are refused before they are matched (400 for host or path) belong to none.
 */
export function regionsOf(tables: readonly RouteTable[], options: RegionsOptions = {}): Regions {
  const regions = new Map<string, Region>();
  let complete = true;
  for (const host of hostRegions(tables, options.limit ?? DEFAULT_LIMIT)) {
    complete &&= host.complete && regions.size < MAXIMUM_REGIONS;
    if (regions.size >= MAXIMUM_REGIONS) break;
    for (const region of host.regions) {
      const key = `${region.fitting.join('|')}/${region.defaultBackends.join()}`;
      if (!regions.has(key)) regions.set(key, region);
    }
  }
  return { regions: [...regions.values()], complete };
}
