import type { RequestFacts } from '../route/request.ts';
import { sourceName, sourceOf } from '../table/source.ts';
import type { RouteTable, TableDefaultBackend, TableEntry, TableRule } from '../table/table.ts';
import { EVERY_HOST, hostKey, hostKeys } from '../table/table.ts';
import type { Loss } from './loss.ts';
import { fitOf, lossByCondition, lossByHost, lossByPath, lossByPrecedence } from './loss.ts';
import type { Candidate, RouteTrace } from './trace.ts';

/** What matching found. */
export interface Found {
  /** Normalised; empty where the client sent none. */
  readonly host: string;
  /** Normalised. */
  readonly path: string;
  readonly winner: TableEntry | undefined;
  /** The index of the default backend that is asked where there is no winner. */
  readonly defaultBackend: number;
}

/** Every entry and every default backend of the table, each with the reason why it lost, or that it won. */
export function explain(table: RouteTable, facts: RequestFacts, found: Found): RouteTrace {
  const hosts = hostKeys(found.host);
  const chosen = hostKey(table, found.host);
  const rules = table.entries
    .flatMap((entry) => {
      const rule = table.rules[entry.rule];
      const host = table.hosts[rule?.host ?? -1];
      return rule === undefined || host === undefined ? [] : { entry, rule, host };
    })
    .toSorted((a, b) => placeOf(hosts, a.host) - placeOf(hosts, b.host))
    .map(({ entry, rule, host }) => {
      const loss =
        lossByHost(host, found.host, hosts, chosen) ??
        lossByPath(entry, found.path) ??
        lossByCondition(entry, facts) ??
        lossByPrecedence(table, entry, rule, found.winner);
      return candidateOf(table, { entry, rule, host }, loss ?? fitOf(entry, found.path));
    });
  const defaultBackends = table.defaultBackends.map((item, index) =>
    defaultCandidate(table, item, index, found),
  );
  return {
    host: found.host,
    path: { received: facts.path, normalized: found.path },
    candidates: [...rules, ...defaultBackends],
  };
}

/** An entry, its rule, and the host of that. */
interface Ruled {
  readonly entry: TableEntry;
  readonly rule: TableRule;
  readonly host: string;
}

function placeOf(hosts: readonly string[], host: string): number {
  const place = hosts.indexOf(host);
  return place < 0 ? hosts.length : place;
}

function candidateOf(
  table: RouteTable,
  { entry, rule, host }: Ruled,
  verdict: Loss | string,
): Candidate {
  return {
    source: sourceOf(table, rule),
    field: rule.field,
    ...(host !== EVERY_HOST && { host }),
    path: entry.written ?? entry.path,
    pathType: entry.type,
    ...verdictOf(verdict),
  };
}

function verdictOf(verdict: Loss | string): Pick<Candidate, 'outcome' | 'reason' | 'detail'> {
  return typeof verdict === 'string'
    ? { outcome: 'won', detail: verdict }
    : { outcome: 'lost', ...verdict };
}

function defaultCandidate(
  table: RouteTable,
  { source, field }: TableDefaultBackend,
  index: number,
  found: Found,
): Candidate {
  const winner = table.defaultBackends[found.defaultBackend];
  const verdict = found.winner
    ? { reason: 'precedence' as const, detail: 'a rule takes the request' }
    : index === found.defaultBackend
      ? 'no rule takes the request'
      : {
          reason: 'precedence' as const,
          detail: `the default backend of ${winner ? sourceName(winner.source) : 'another object'} is asked first`,
        };
  return { source, field, ...verdictOf(verdict) };
}
