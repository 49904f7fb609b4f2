import { hostRegions } from '../regions/host-regions.ts';
import type { RegionsOptions } from '../regions/regions.ts';
import { DEFAULT_LIMIT } from '../regions/regions.ts';
import { sourceName, sourceOf } from '../table/source.ts';
import type { RouteTable } from '../table/table.ts';
import { lookUp } from '../table/table.ts';
import { ascending, hostOf, settle } from './settle.ts';
import type {
  UnreachableDefaultBackend,
  UnreachableEntry,
  UnreachableRule,
} from './unreachable-rule.ts';

/**
 * The entries of `table` that win no request, also those that are `shadowedBy` another, and the default backends that
 * answer none. First the entries and then the default backends, both in the table's order.
 *
 * It is proved unless telling apart the requests for their hosts takes more steps than the options allow.
 */
export function unreachableRules(
  table: RouteTable,
  options: RegionsOptions = {},
): readonly UnreachableRule[] {
  const limit = options.limit ?? DEFAULT_LIMIT;
  const tally = count(table, limit);
  const entries = table.entries.flatMap(({ shadowedBy }, entry): UnreachableEntry | [] => {
    if (tally.winners.has(entry)) return [];
    const takers = ascending(tally.takersOfEntries.get(entry));
    const proved = !tally.unsettledHosts.has(hostOf(table, entry));
    if (shadowedBy === undefined || proved) return { kind: 'entry', entry, takers, proved };
    return {
      kind: 'entry',
      entry,
      takers: takers.length > 0 ? takers : [shadowedBy],
      proved: true,
    };
  });
  const askedBy = hostBackends(table);
  const unproved = entries.filter(({ proved }) => !proved).length;
  const steps = { left: limit };
  return [
    ...entries.flatMap((entry) =>
      entry.proved ? entry : (settle(table, entry, limit / unproved, steps) ?? []),
    ),
    ...table.defaultBackends.flatMap(
      ({ source }, defaultBackend): UnreachableDefaultBackend | [] => {
        if (tally.answering.has(defaultBackend)) return [];
        return {
          kind: 'defaultBackend',
          defaultBackend,
          takers: ascending(tally.takersOfDefaultBackends.get(defaultBackend)),
          askedBefore: ascending(new Set([0, ...(askedBy.get(sourceName(source)) ?? [])])).filter(
            (index) => index !== defaultBackend,
          ),
          proved: !tally.unsettledDefaultBackends.has(defaultBackend),
        };
      },
    ),
  ];
}

/** What was found in all regions. */
interface Tally {
  readonly winners: ReadonlySet<number>;
  readonly takersOfEntries: ReadonlyMap<number, ReadonlySet<number>>;
  readonly answering: ReadonlySet<number>;
  readonly takersOfDefaultBackends: ReadonlyMap<number, ReadonlySet<number>>;
  /** Hosts, as rules write them, of which not all regions are known, and the default backends that are asked there. */
  readonly unsettledHosts: ReadonlySet<string>;
  readonly unsettledDefaultBackends: ReadonlySet<number>;
}

function count(table: RouteTable, limit: number): Tally {
  const winners = new Set<number>();
  const takersOfEntries = new Map<number, Set<number>>();
  const answering = new Set<number>();
  const takersOfDefaultBackends = new Map<number, Set<number>>();
  const unsettledHosts = new Set<string>();
  const unsettledDefaultBackends = new Set<number>();
  for (const { keys, regions, complete } of hostRegions([table], limit)) {
    if (!complete && keys[0] !== undefined) unsettledHosts.add(keys[0]);
    for (const { fitting, defaultBackends } of regions) {
      const [winner, ...losers] = fitting[0] ?? [];
      const [defaultBackend] = defaultBackends;
      if (!complete && defaultBackend !== undefined) unsettledDefaultBackends.add(defaultBackend);
      if (winner === undefined) {
        if (defaultBackend !== undefined) answering.add(defaultBackend);
        continue;
      }
      winners.add(winner);
      for (const loser of losers) addTo(takersOfEntries, loser, winner);
      if (defaultBackend !== undefined) addTo(takersOfDefaultBackends, defaultBackend, winner);
    }
  }
  return {
    winners,
    takersOfEntries,
    answering,
    takersOfDefaultBackends,
    unsettledHosts,
    unsettledDefaultBackends,
  };
}

function addTo<Key>(sets: Map<Key, Set<number>>, key: Key, member: number): void {
  const set = sets.get(key);
  if (set) set.add(member);
  else sets.set(key, new Set([member]));
}

/** By object the default backends that are asked at the hosts that it has rules for. */
function hostBackends(table: RouteTable): ReadonlyMap<string, ReadonlySet<number>> {
  const backends = new Map<string, Set<number>>();
  for (const rule of table.rules) {
    const asked = lookUp(table.hostDefaultBackends, table.hosts[rule.host] ?? '');
    if (asked !== undefined) addTo(backends, sourceName(sourceOf(table, rule)), asked);
  }
  return backends;
}
