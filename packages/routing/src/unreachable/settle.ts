import type { Budget } from '../automaton/state.ts';
import { unmetCondition } from '../match/conditions.ts';
import { lossByPath } from '../match/loss.ts';
import { hostRegions } from '../regions/host-regions.ts';
import { regionFacts } from '../regions/region-facts.ts';
import type { RegionRequest } from '../regions/region.ts';
import type { RouteTable } from '../table/table.ts';
import type { UnreachableEntry } from './unreachable-rule.ts';

/** How often takers that were overlooked are added. */
const ROUNDS = 4;

/**
 * What is to be said of an entry of which all requests that were looked at are taken; `undefined`: it does win one.
 *
 * @param limit Of the steps of one round that tells requests apart.
 * @param steps What is left, for all entries that are to be settled, of the steps that find who wins a request.
 */
export function settle(
  table: RouteTable,
  found: UnreachableEntry,
  limit: number,
  steps: Budget,
): UnreachableEntry | undefined {
  let entry = found;
  for (let round = 0; round < ROUNDS; round++) {
    const { requests, complete } = untakenRequests(table, entry, limit);
    if (requests.length === 0) return { ...entry, proved: complete };
    const takers = new Set(entry.takers);
    for (const request of requests) {
      const winner = winnerOf(table, request, hostOf(table, entry.entry), steps);
      if (winner === entry.entry) return undefined;
      if (winner === undefined) return entry;
      takers.add(winner);
    }
    entry = { ...entry, takers: ascending(takers) };
  }
  return entry;
}

/**
 * Requests that the entry fits and none of its known takers. That can often be told where all entries of the host together
 * are too many.
 */
function untakenRequests(
  table: RouteTable,
  { entry, takers }: UnreachableEntry,
  limit: number,
): { readonly requests: readonly RegionRequest[]; readonly complete: boolean } {
  const host = hostOf(table, entry);
  const kept = ascending([...takers, entry]);
  const items = kept.flatMap((index) => {
    const each = table.entries[index];
    const rule = table.rules[each?.rule ?? -1];
    return each && rule ? { entry: each, rule } : [];
  });
  const part: RouteTable = {
    ...table,
    entries: items.map((item, place) => ({ ...item.entry, rule: place })),
    rules: items.map(({ rule }) => ({ ...rule, host: 0 })),
    hosts: [host],
  };
  const place = kept.indexOf(entry);
  const found = [...hostRegions([part], limit)];
  return {
    requests: found.flatMap(({ regions }) =>
      regions.filter(({ fitting }) => fitting[0]?.[0] === place).map(({ request }) => request),
    ),
    complete: found.every(({ complete }) => complete),
  };
}

/** The one that wins the request; `undefined` where finding it takes too many steps. */
function winnerOf(
  table: RouteTable,
  request: RegionRequest,
  host: string,
  steps: Budget,
): number | undefined {
  if (steps.left <= 0) return undefined;
  const facts = regionFacts(request);
  const winner = table.entries.findIndex(
    (entry, index) =>
      hostOf(table, index) === host &&
      unmetCondition(entry, facts) === undefined &&
      lossByPath(entry, request.path) === undefined,
  );
  steps.left -= winner + 1;
  return winner;
}

/** The host of the rule that an entry belongs to, one of `hosts`. */
export function hostOf(table: RouteTable, entry: number): string {
  return table.hosts[table.rules[table.entries[entry]?.rule ?? -1]?.host ?? -1] ?? '';
}

export function ascending(numbers: Iterable<number> = []): readonly number[] {
  return [...numbers].toSorted((a, b) => a - b);
}
