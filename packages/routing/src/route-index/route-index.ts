import { withoutTrailingSlash } from '../path/path.ts';
import { sourceOf } from '../table/source.ts';
import type { RouteTable, TableEntry } from '../table/table.ts';
import { EVERY_HOST, hostDefaultBackend } from '../table/table.ts';
import { indexPaths, type PathIndex } from './path-index.ts';
import type { Taker } from './taker.ts';

/** What a table says of one host. */
export interface HostIndex {
  readonly table: RouteTable;
  /** Its entries: from this index up to `end`. */
  readonly first: number;
  readonly end: number;
  /** Index into `defaultBackends`. */
  readonly defaultBackend: number;
  /** Only once they were asked for. */
  rules?: HostRules;
}

/** The rules of one host, ready to be asked. */
export interface HostRules {
  readonly paths: PathIndex;
  /** In order of precedence. */
  readonly expressions: readonly Taker[];
}

/** Where a table's hosts are found. Hosts by their places in the table's list. */
export interface RouteIndex {
  readonly table: RouteTable;
  /** By normalised host. */
  readonly places: ReadonlyMap<string, number>;
  /** By what comes after the first label, with its dot. */
  readonly wildcards: ReadonlyMap<string, number>;
  readonly everyHost: number | undefined;
  /** Where the entries of each host end, and those of the next begin. */
  readonly ends: Int32Array;
  /** Only of hosts that were asked for: a table may have very many. */
  readonly asked: Map<number, HostIndex>;
}

const known = new WeakMap<RouteTable, RouteIndex>();

/** Made when it is first asked for; a table never changes. */
export function indexOf(table: RouteTable): RouteIndex {
  let index = known.get(table);
  if (index === undefined) known.set(table, (index = indexHosts(table)));
  return index;
}

function indexHosts(table: RouteTable): RouteIndex {
  const { hosts, rules, entries } = table;
  const places = new Map<string, number>();
  const wildcards = new Map<string, number>();
  let everyHost: number | undefined;
  const ends = new Int32Array(hosts.length);
  let end = 0;
  for (let place = 0; place < hosts.length; place++) {
    const name = hosts[place] ?? '';
    while (rules[entries[end]?.rule ?? -1]?.host === place) end++;
    ends[place] = end;
    if (name === EVERY_HOST) everyHost = place;
    else if (name.startsWith('*')) wildcards.set(name.slice(1), place);
    else places.set(name, place);
  }
  return { table, places, wildcards, everyHost, ends, asked: new Map() };
}

/** The host of just this name, which is normal. */
export function namedHost(index: RouteIndex, name: string): HostIndex | undefined {
  return hostAt(index, index.places.get(name));
}

/**
 * That of the most specific host that a normalised host fits.
 *
 * @param mayBeNamed whether it may be there by just this name
 */
export function findHost(
  index: RouteIndex,
  host: string,
  mayBeNamed: boolean,
): HostIndex | undefined {
  const { places, wildcards, everyHost } = index;
  const named = mayBeNamed ? places.get(host) : undefined;
  return hostAt(index, named ?? wildcardPlace(wildcards, host) ?? everyHost);
}

function wildcardPlace(wildcards: RouteIndex['wildcards'], host: string): number | undefined {
  if (wildcards.size === 0) return undefined;
  const dot = host.indexOf('.');
  return dot < 0 ? undefined : wildcards.get(host.slice(dot));
}

function hostAt(
  { table, ends, asked }: RouteIndex,
  place: number | undefined,
): HostIndex | undefined {
  if (place === undefined) return undefined;
  let host = asked.get(place);
  if (host === undefined) {
    const defaultBackend = hostDefaultBackend(table, table.hosts[place]);
    host = { table, first: ends[place - 1] ?? 0, end: ends[place] ?? 0, defaultBackend };
    asked.set(place, host);
  }
  return host;
}

export function rulesOf(index: HostIndex): HostRules {
  return (index.rules ??= indexRules(index));
}

function indexRules({ table, first, end }: HostIndex): HostRules {
  const exact = new Map<string, Taker>();
  const prefixes = new Map<string, Taker>();
  const expressions: Taker[] = [];
  // From the last in order of precedence, since each knows who is asked next.
  for (let index = end - 1; index >= first; index--) {
    const entry = table.entries[index];
    if (entry === undefined || entry.shadowedBy !== undefined) continue;
    const taker = { entry, match: matchBy(table, entry), next: undefined };
    switch (entry.type) {
      case 'Exact':
        exact.set(entry.path, { ...taker, next: exact.get(entry.path) });
        break;
      case 'PathPrefix': {
        const prefix = withoutTrailingSlash(entry.path);
        prefixes.set(prefix, { ...taker, next: prefixes.get(prefix) });
        break;
      }
      case 'RegularExpression':
        expressions.push(taker);
    }
  }
  return { paths: indexPaths(exact, prefixes), expressions: expressions.toReversed() };
}

function matchBy(table: RouteTable, entry: TableEntry): Taker['match'] {
  const rule = table.rules[entry.rule];
  const action = table.actions[rule?.action ?? -1];
  const host = table.hosts[rule?.host ?? -1];
  if (rule === undefined || action === undefined || host === undefined) {
    throw new RangeError(`the table has no rule ${entry.rule}, or not its host or action`);
  }
  const { field } = rule;
  const { filters, backends } = action;
  return {
    outcome: 'matched',
    source: sourceOf(table, rule),
    field,
    ...(host !== EVERY_HOST && { host }),
    pathMatch: { type: entry.type, value: entry.written ?? entry.path },
    ...(entry.type === 'PathPrefix' && { matchedPrefix: entry.path }),
    filters,
    backends,
    path: '',
  };
}
