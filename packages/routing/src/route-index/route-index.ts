import { withoutTrailingSlash } from '../path/path.ts';
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
  let end = 0;
  for (const [place, name] of table.hosts.entries()) {
    const first = end;
    while (table.rules[table.entries[end]?.rule ?? -1]?.host === place) end++;
    const index = { table, first, end, defaultBackend: hostDefaultBackend(table, name) };
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
  const source = table.sources[rule?.source ?? -1];
  const action = table.actions[rule?.action ?? -1];
  const host = table.hosts[rule?.host ?? -1];
  if (rule === undefined || source === undefined || action === undefined || host === undefined) {
    throw new RangeError(`the table has no rule ${entry.rule}, or not its source, host or action`);
  }
  const { field } = rule;
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
