import { normalizeHost } from '../host/host.ts';
import { normalizePath } from '../path/path.ts';
import { matchesProgram } from '../regular-expression/run.ts';
import type { RequestFacts } from '../route/request.ts';
import type { Backends, Filter, PathMatch, RouteSource } from '../route/route.ts';
import type { RouteTable, TableEntry, TableHost } from '../table/table.ts';
import { EVERY_HOST, hostKeys, lookUp } from '../table/table.ts';
import { unmetCondition } from './conditions.ts';
import { explain } from './explain.ts';
import type { RouteTrace } from './trace.ts';

interface Traced {
  /** Only where it was asked for. */
  readonly trace?: RouteTrace;
}

/** A rule takes the request. */
export interface MatchedRoute extends Traced {
  readonly outcome: 'matched';
  readonly source: RouteSource;
  /** The rule's. */
  readonly field: string;
  /** As the rule writes it; absent for every host. */
  readonly host?: string;
  /** As the rule writes it. */
  readonly pathMatch: PathMatch;
  /** Of a PathPrefix, normalised: what `ReplacePrefixMatch` replaces. */
  readonly matchedPrefix?: string;
  /** With normalised paths. */
  readonly filters: readonly Filter[];
  readonly backends: Backends;
  /** The request's, normalised: forward this one. */
  readonly path: string;
}

/** No rule takes it, a default backend does. */
export interface DefaultRoute extends Traced {
  readonly outcome: 'default';
  readonly source: RouteSource;
  readonly field: string;
  readonly backends: Backends;
  readonly path: string;
}

/** Nobody takes it: 404. */
export interface UnmatchedRoute extends Traced {
  readonly outcome: 'unmatched';
  readonly path: string;
}

/** It can't be understood: 400. */
export interface InvalidRequest extends Traced {
  readonly outcome: 'invalidHost' | 'invalidPath';
}

export type RouteMatch = MatchedRoute | DefaultRoute | UnmatchedRoute | InvalidRequest;

/**
 * Who takes a request. A request without a host goes to the rules for every host. See `compileRoutes` for the rules of
 * precedence. An entry whose method, headers or query parameters don't fit is passed over for the next in order, also
 * one with a shorter path.
 *
 * Without `trace` the cost depends on the length of host and path and on the regular expressions of the host; with it,
 * on the number of rules.
 */
export function matchRoute(
  table: RouteTable,
  facts: RequestFacts,
  options: { readonly trace?: boolean } = {},
): RouteMatch {
  const host = facts.host === '' ? '' : normalizeHost(facts.host);
  const path = normalizePath(facts.path);
  if (host === undefined || path === undefined) {
    const outcome = host === undefined ? 'invalidHost' : 'invalidPath';
    if (!options.trace) return { outcome };
    const received = { received: facts.path, normalized: path ?? '' };
    return { outcome, trace: { host: host ?? '', path: received, candidates: [] } };
  }
  const tableHost = findHost(table, host);
  const winner = tableHost && findEntry(table, tableHost, path, facts);
  const defaultBackend = tableHost?.defaultBackend ?? 0;
  const match = resultOf(table, path, winner, defaultBackend);
  return options.trace
    ? { ...match, trace: explain(table, facts, { host, path, winner, defaultBackend }) }
    : match;
}

function resultOf(
  table: RouteTable,
  path: string,
  winner: TableEntry | undefined,
  defaultBackend: number,
): RouteMatch {
  const rule = table.rules[winner?.rule ?? -1];
  const source = table.sources[rule?.source ?? -1];
  if (winner && rule && source) {
    const { field, filters, backends } = rule;
    return {
      outcome: 'matched',
      source,
      field,
      ...(rule.host !== EVERY_HOST && { host: rule.host }),
      pathMatch: { type: winner.type, value: winner.written ?? winner.path },
      ...(winner.type === 'PathPrefix' && { matchedPrefix: winner.path }),
      filters,
      backends,
      path,
    };
  }
  const taker = table.defaultBackends[defaultBackend];
  return taker ? { outcome: 'default', ...taker, path } : { outcome: 'unmatched', path };
}

function findHost(table: RouteTable, host: string): TableHost | undefined {
  for (const key of hostKeys(host)) {
    const found = lookUp(table.hosts, key);
    if (found) return found;
  }
  return undefined;
}

function findEntry(
  table: RouteTable,
  host: TableHost,
  path: string,
  facts: RequestFacts,
): TableEntry | undefined {
  for (const index of lookUp(host.exact, path) ?? []) {
    const entry = table.entries[index];
    if (entry && !unmetCondition(entry, facts)) return entry;
  }
  let expression = 0;
  for (let end = longestBoundary(host, path); end >= 0; end = path.lastIndexOf('/', end - 1)) {
    // Found by its prefix, in order of precedence; a longer regular expression goes before.
    for (const index of lookUp(host.prefixes, path.slice(0, end)) ?? []) {
      const entry = table.entries[index];
      if (entry === undefined) continue;
      for (; expression < host.expressions.length; expression++) {
        const other = table.entries[host.expressions[expression] ?? -1];
        if (other === undefined || other.path.length <= entry.path.length) break;
        if (fitsExpression(other, path, facts)) return other;
      }
      if (!unmetCondition(entry, facts)) return entry;
    }
    if (end === 0) break;
  }
  for (; expression < host.expressions.length; expression++) {
    const other = table.entries[host.expressions[expression] ?? -1];
    if (other && fitsExpression(other, path, facts)) return other;
  }
  return undefined;
}

/** Where the longest prefix may end that is both a whole number of the path's elements and as long as any in the table. */
function longestBoundary(host: TableHost, path: string): number {
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  return end <= host.longestPrefix ? end : path.lastIndexOf('/', host.longestPrefix);
}

function fitsExpression(entry: TableEntry, path: string, facts: RequestFacts): boolean {
  if (unmetCondition(entry, facts)) return false;
  return entry.program !== undefined && matchesProgram(entry.program, path);
}
