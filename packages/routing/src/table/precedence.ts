import { compareByAge, compareText } from '@portolan/core';

import type { RouteSource } from '../route/route.ts';
import type { TableEntry } from './table.ts';

/**
 * Which of two entries for one host is asked first: the first difference decides.
 *
 * 1. Exact before all others.
 * 2. The longer path, counted in characters after normalisation, the trailing slash too; a regular expression counts
 *    as it is written.
 * 3. Of the same length, PathPrefix before RegularExpression.
 * 4. One that asks for a method; the one that asks for more headers; for more query parameters.
 *
 * What is left is settled by `compareSources`, and within one object by the order of its rules.
 *
 * Source: Gateway API v1, HTTPRouteRule.matches; Kubernetes documentation, Ingress, Multiple Matches. Both leave regular
 * expressions to the implementation.
 */
export function compareEntries(a: TableEntry, b: TableEntry): number {
  return (
    Number(a.type !== 'Exact') - Number(b.type !== 'Exact') ||
    b.path.length - a.path.length ||
    Number(a.type === 'RegularExpression') - Number(b.type === 'RegularExpression') ||
    Number(a.method === undefined) - Number(b.method === undefined) ||
    (b.headers?.length ?? 0) - (a.headers?.length ?? 0) ||
    (b.queryParams?.length ?? 0) - (a.queryParams?.length ?? 0)
  );
}

/**
 * Sorts by precedence of the objects: older first (an absent or unreadable time is youngest), then by
 * `namespace/name`, then by kind.
 *
 * Source: Gateway API v1, HTTPRouteRule.matches.
 */
export function sortBySource<Item extends { readonly source: RouteSource }>(
  items: readonly Item[],
): readonly Item[] {
  return items.toSorted(
    ({ source: a }, { source: b }) =>
      compareByAge({ metadata: a }, { metadata: b }) || compareText(a.kind, b.kind),
  );
}
