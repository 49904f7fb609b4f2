import type { RouteTable, TableEntry, TableHost } from '../table/table.ts';
import { EVERY_HOST } from '../table/table.ts';
import { indexPaths, type PathIndex } from './path-index.ts';
import type { Taker } from './taker.ts';

/** What a table says of one host. */
export interface HostIndex {
  readonly table: RouteTable;
  readonly host: TableHost;
  /** Only once they were asked for: a table may have very many hosts. */
  rules?: HostRules;
}

/** The rules of one host, ready to be asked. */
export interface HostRules {
  readonly paths: PathIndex;
  /** In order of precedence. */
  readonly expressions: readonly Taker[];
}

/** Where a table's hosts are found. */
export interface RouteIndex {
  /** By normalised host. */
  readonly hosts: ReadonlyMap<string, HostIndex>;
  /** By what comes after the first label, with its dot. */
  readonly wildcards: ReadonlyMap<string, HostIndex>;
  readonly everyHost: HostIndex | undefined;
}

const known = new WeakMap<RouteTable, RouteIndex>();

/** Made when it is first asked for; a table never changes. */
export function indexOf(table: RouteTable): RouteIndex {
  let index = known.get(table);
  if (index === undefined) known.set(table, (index = indexHosts(table)));
  return index;
}

function indexHosts(table: RouteTable): RouteIndex {
  const hosts = new Map<string, HostIndex>();
  const wildcards = new Map<string, HostIndex>();
  let everyHost: HostIndex | undefined;
  for (const [name, host] of Object.entries(table.hosts)) {
    const index = { table, host };
    if (name === EVERY_HOST) everyHost = index;
    else if (name.startsWith('*')) wildcards.set(name.slice(1), index);
    else hosts.set(name, index);
  }
  return { hosts, wildcards, everyHost };
}

/** That of the most specific host that a normalised host fits. */
export function findHost(
  { hosts, wildcards, everyHost }: RouteIndex,
  host: string,
): HostIndex | undefined {
  const dot = host.indexOf('.');
  return hosts.get(host) ?? (dot < 0 ? undefined : wildcards.get(host.slice(dot))) ?? everyHost;
}

export function rulesOf(index: HostIndex): HostRules {
  return (index.rules ??= indexRules(index));
}

function indexRules({ table, host }: HostIndex): HostRules {
  return {
    paths: indexPaths(indexLists(table, host.exact), indexLists(table, host.prefixes)),
    expressions: host.expressions.flatMap((entry) => firstTaker(table, [entry]) ?? []),
  };
}

function indexLists(table: RouteTable, lists: TableHost['exact']): ReadonlyMap<string, Taker> {
  const takers = new Map<string, Taker>();
  for (const [path, entries] of Object.entries(lists)) {
    const first = firstTaker(table, entries);
    if (first !== undefined) takers.set(path, first);
  }
  return takers;
}

/** @param entries indices, in order of precedence */
function firstTaker(table: RouteTable, entries: readonly number[]): Taker | undefined {
  return entries.reduceRight<Taker | undefined>((next, index) => {
    const entry = table.entries[index];
    return entry === undefined ? next : { entry, match: matchBy(table, entry), next };
  }, undefined);
}

function matchBy(table: RouteTable, entry: TableEntry): Taker['match'] {
  const rule = table.rules[entry.rule];
  const source = table.sources[rule?.source ?? -1];
  const action = table.actions[rule?.action ?? -1];
  if (rule === undefined || source === undefined || action === undefined) {
    throw new RangeError(`the table has no rule ${entry.rule}, or not its source or action`);
  }
  const { field, host } = rule;
  const { filters, backends } = action;
  return {
    outcome: 'matched',
    source,
    field,
    ...(host !== EVERY_HOST && { host }),
    pathMatch: { type: entry.type, value: entry.written ?? entry.path },
    ...(entry.type === 'PathPrefix' && { matchedPrefix: entry.path }),
    filters,
    backends,
    path: '',
  };
}
