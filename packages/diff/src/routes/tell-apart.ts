import { compareText } from '@portolan/core';
import {
  compileRoutes,
  EVERY_HOST,
  hostKey,
  type PathMatch,
  type PathModifier,
  type RouteTable,
  type Rule,
  type TableEntry,
} from '@portolan/routing';

import { withoutTrailingSlash } from '../observe/template.ts';
import type { ChangedHost } from './changed-hosts.ts';

/**
 * A table that makes a region of its own of all requests for which two filters that differ happen to come to the same: of a
 * path that is replaced by itself, of a host that is redirected to itself. What is beside these regions are requests for
 * which the filters do differ. `undefined` where there are no such filters.
 */
export function tellingApart(
  before: RouteTable,
  after: RouteTable,
  changed: readonly ChangedHost[],
): RouteTable | undefined {
  const [filtersBefore, filtersAfter] = [before, after].map(filtersByHost);
  const all = { hosts: [...new Set([...before.hosts, ...after.hosts])].toSorted(compareText) };
  const rules: Rule[] = [];
  for (const host of changed) {
    const filters = [
      ...(filtersBefore?.get(host.before) ?? []),
      ...(filtersAfter?.get(host.after) ?? []),
    ];
    const paths = coincidences(filters).map((value): PathMatch => ({ type: 'Exact', value }));
    if (paths.length > 0) rules.push(ruleOf(host.host, paths));
    for (const hostname of new Set(filters.flatMap((each) => each.hostname ?? []))) {
      const isOneOfThem = hostname !== host.host && hostKey(all, hostname) === host.host;
      if (isOneOfThem) rules.push(ruleOf(hostname, [{ type: 'PathPrefix', value: '/' }, ...paths]));
    }
  }
  if (rules.length === 0) return undefined;
  return compileRoutes([{ source: { kind: '', namespace: '', name: '' }, rules }]).table;
}

/** What the filters of an entry do to where a request leads. */
interface Leading {
  /** The one path that all others become. */
  readonly path?: string;
  /** What is replaced, and by what; without trailing slashes. */
  readonly prefix?: { readonly from: string; readonly to: string };
  /** Of a redirect. */
  readonly hostname?: string;
}

function filtersByHost(table: RouteTable): ReadonlyMap<string | undefined, readonly Leading[]> {
  const found = new Map<string | undefined, Leading[]>();
  for (const entry of table.entries) {
    const { host: place = -1, action = -1 } = table.rules[entry.rule] ?? {};
    const host = table.hosts[place];
    for (const filter of table.actions[action]?.filters ?? []) {
      if (filter.type !== 'RequestRedirect' && filter.type !== 'URLRewrite') continue;
      const hostname = filter.type === 'RequestRedirect' ? filter.hostname : undefined;
      const leading = {
        ...pathOf(filter.path, entry),
        ...(hostname !== undefined && { hostname }),
      };
      const others = found.get(host);
      if (others === undefined) found.set(host, [leading]);
      else others.push(leading);
    }
  }
  return found;
}

function pathOf(modifier: PathModifier | undefined, { path }: TableEntry): Leading {
  if (modifier === undefined) return {};
  if (modifier.type === 'ReplaceFullPath') return { path: modifier.replaceFullPath };
  const [from, to] = [path, modifier.replacePrefixMatch].map(withoutTrailingSlash);
  return from === undefined || to === undefined ? {} : { prefix: { from, to } };
}

/**
 * The paths that become what they would become otherwise. Two prefixes that are replaced differ everywhere or nowhere, so
 * each of these has to do with a path that all others become.
 */
function coincidences(filters: readonly Leading[]): readonly string[] {
  const targets = filters.flatMap(({ path }) => path ?? []);
  const replaced = targets.flatMap((target) =>
    filters.flatMap(({ prefix }) => {
      if (prefix === undefined || !target.startsWith(prefix.to)) return [];
      const rest = target.slice(prefix.to.length);
      // What is left of nothing is `/` too.
      const whole = target === '/' ? [prefix.from || '/'] : [];
      return rest === '' || rest.startsWith('/') ? [`${prefix.from}${rest}` || '/', ...whole] : [];
    }),
  );
  return [...new Set([...targets, ...replaced])];
}

function ruleOf(host: string, paths: readonly PathMatch[]): Rule {
  return {
    field: '',
    ...(host !== EVERY_HOST && { host }),
    matches: paths.map((path) => ({ path })),
    backends: [],
  };
}
