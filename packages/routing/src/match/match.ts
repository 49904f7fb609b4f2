import { normalizeHost } from '../host/host.ts';
import { normalizePath } from '../path/path.ts';
import { matchesProgram } from '../regular-expression/run.ts';
import { firstPath } from '../route-index/path-index.ts';
import {
  findHost,
  indexOf,
  namedHost,
  rulesOf,
  type HostIndex,
} from '../route-index/route-index.ts';
import type { Taker } from '../route-index/taker.ts';
import type { RequestFacts } from '../route/request.ts';
import type { RouteTable } from '../table/table.ts';
import { unmetCondition } from './conditions.ts';
import { explain } from './explain.ts';
import type { RouteMatch } from './route-match.ts';

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
  options?: { readonly trace?: boolean },
): RouteMatch {
  const index = indexOf(table);
  // What rules name is normal.
  const named = namedHost(index, facts.host);
  const host = named || facts.host === '' ? facts.host : normalizeHost(facts.host);
  const path = normalizePath(facts.path);
  if (host === undefined || path === undefined) {
    const outcome = host === undefined ? 'invalidHost' : 'invalidPath';
    if (!options?.trace) return { outcome };
    const received = { received: facts.path, normalized: path ?? '' };
    return { outcome, trace: { host: host ?? '', path: received, candidates: [] } };
  }
  const hostIndex = named ?? findHost(index, host, host !== facts.host);
  const winner = hostIndex && findTaker(hostIndex, path, facts);
  const defaultBackend = hostIndex?.defaultBackend ?? 0;
  const match = resultOf(table, path, winner, defaultBackend);
  return options?.trace
    ? {
        ...match,
        trace: explain(table, facts, { host, path, winner: winner?.entry, defaultBackend }),
      }
    : match;
}

function resultOf(
  table: RouteTable,
  path: string,
  winner: Taker | undefined,
  defaultBackend: number,
): RouteMatch {
  if (winner !== undefined) return { ...winner.match, path };
  const taker = table.defaultBackends[defaultBackend];
  return taker ? { outcome: 'default', ...taker, path } : { outcome: 'unmatched', path };
}

function findTaker(host: HostIndex, path: string, facts: RequestFacts): Taker | undefined {
  const { paths, expressions } = rulesOf(host);
  let expression = 0;
  for (let at = firstPath(paths, path); at !== undefined; at = at.above) {
    for (let taker: Taker | undefined = at.first; taker !== undefined; taker = taker.next) {
      const { entry } = taker;
      // A longer regular expression goes before, but not before an Exact path.
      for (; entry.type !== 'Exact' && expression < expressions.length; expression++) {
        const other = expressions[expression];
        if (other === undefined || other.entry.path.length <= entry.path.length) break;
        if (fitsExpression(other, path, facts)) return other;
      }
      if (!unmetCondition(entry, facts)) return taker;
    }
  }
  for (; expression < expressions.length; expression++) {
    const other = expressions[expression];
    if (other && fitsExpression(other, path, facts)) return other;
  }
  return undefined;
}

function fitsExpression({ entry }: Taker, path: string, facts: RequestFacts): boolean {
  if (unmetCondition(entry, facts)) return false;
  return entry.program !== undefined && matchesProgram(entry.program, path);
}
