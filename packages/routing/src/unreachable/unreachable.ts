import type { Budget } from '../automaton/state.ts';
import { unmetCondition } from '../match/conditions.ts';
import { lossByPath } from '../match/loss.ts';
import { hostRegions } from '../regions/host-regions.ts';
import { regionFacts } from '../regions/region-facts.ts';
import type { RegionRequest } from '../regions/region.ts';
import type { RegionsOptions } from '../regions/regions.ts';
import { DEFAULT_LIMIT } from '../regions/regions.ts';
import type { RouteSource } from '../route/route.ts';
import type { RouteTable } from '../table/table.ts';
import { lookUp } from '../table/table.ts';

/** One that takes no request. */
export type UnreachableRule = UnreachableEntry | UnreachableDefaultBackend;

interface Unreachable {
  /** Indices of the entries that take the requests that it would take, ascending. */
  readonly takers: readonly number[];
  /** Whether this holds for all requests, or only for those that were looked at. */
  readonly proved: boolean;
}

/** It never wins. */
export interface UnreachableEntry extends Unreachable {
  readonly kind: 'entry';
  /** Index into `entries`. Without takers it fits no request. */
  readonly entry: number;
}

/** It is never asked, or only where an entry takes the request. */
export interface UnreachableDefaultBackend extends Unreachable {
  readonly kind: 'defaultBackend';
  /** Index into `defaultBackends`. */
  readonly defaultBackend: number;
  /** Indices of the default backends that are asked in its place, ascending. */
  readonly askedBefore: readonly number[];
}

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
          askedBefore: ascending(new Set([0, ...(askedBy.get(sourceKey(source)) ?? [])])).filter(
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

function ascending(numbers: Iterable<number> = []): readonly number[] {
  return [...numbers].toSorted((a, b) => a - b);
}

/** How often takers that were overlooked are added. */
const ROUNDS = 4;

/** What is to be said of an entry of which all requests that were looked at are taken; `undefined`: it does win one. */
function settle(
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
  const part: RouteTable = {
    ...table,
    entries: kept.flatMap((index) => table.entries[index] ?? []),
    hosts: Object.fromEntries(Object.entries(table.hosts).filter(([key]) => key === host)),
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

function hostOf(table: RouteTable, entry: number): string {
  return table.rules[table.entries[entry]?.rule ?? -1]?.host ?? '';
}

/** By object the default backends that are asked at the hosts that it has rules for. */
function hostBackends(table: RouteTable): ReadonlyMap<string, ReadonlySet<number>> {
  const backends = new Map<string, Set<number>>();
  for (const { host, source } of table.rules) {
    const asked = lookUp(table.hosts, host)?.defaultBackend;
    const object = table.sources[source];
    if (asked !== undefined && object) addTo(backends, sourceKey(object), asked);
  }
  return backends;
}

function sourceKey({ kind, namespace, name }: RouteSource): string {
  return `${kind} ${namespace}/${name}`;
}
