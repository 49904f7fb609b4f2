import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { RequestFacts } from '../route/request.ts';
import type { Match, Route, RouteSource, Rule } from '../route/route.ts';
import { compileRoutes } from '../table/compile.ts';
import type { RouteTable } from '../table/table.ts';
import { matchRoute } from './match.ts';

/** One match of one rule, with everything that its precedence depends on. */
interface Item {
  readonly route: Route;
  readonly rule: Rule;
  readonly match: Match;
}

/**
 * Who takes a request, by looking at everything, sentence by sentence. Hosts and paths are taken to be in normal form
 * already, and the regular expressions to be understood by the native RegExp.
 */
function oracle(routes: readonly Route[], facts: RequestFacts): unknown {
  const items = routes.flatMap((route) =>
    route.rules.flatMap((rule) => rule.matches.map((match): Item => ({ route, rule, match }))),
  );
  // The most specific host that has rules.
  const withRules = new Set(routes.flatMap((route) => route.rules.map((rule) => rule.host)));
  const host = [facts.host, facts.host.replace(/^[^.]+/u, '*'), undefined].find((candidate) =>
    withRules.has(candidate),
  );
  const hasHost = withRules.has(host);
  const [winner] = items
    .filter(({ rule }) => hasHost && rule.host === host)
    .filter(({ match }) => fitsPath(match.path, facts.path))
    .filter(({ match }) => match.method === undefined || match.method === facts.method)
    .filter(({ match }) =>
      (match.headers ?? []).every(({ name, value }) => facts.headers.get(name) === value),
    )
    .filter(({ match }) =>
      (match.queryParams ?? []).every(({ name, value }) =>
        facts.query.split('&').includes(`${name}=${value}`),
      ),
    )
    .toSorted(byPrecedence);
  if (winner) {
    const { route, rule, match } = winner;
    return [route.source.name, rule.field, match.path.type, match.path.value];
  }
  const withDefault = routes
    .filter((route) => route.defaultBackend)
    .toSorted((a, b) => bySource(a.source, b.source));
  const taker =
    withDefault.find((route) => hasHost && route.rules.some((rule) => rule.host === host)) ??
    withDefault.find((route) => route.rules.length === 0) ??
    withDefault[0];
  return taker && [taker.source.name, 'default'];
}

function fitsPath({ type, value }: Match['path'], path: string): boolean {
  if (type === 'Exact') return path === value;
  if (type === 'RegularExpression') return new RegExp(`^(?:${value})$`, 'u').test(path);
  return elements(value).every((element, index) => elements(path)[index] === element);
}

function elements(path: string): readonly string[] {
  return path.split('/').filter(Boolean);
}

function byPrecedence(a: Item, b: Item): number {
  const isExact = (item: Item): number => (item.match.path.type === 'Exact' ? 0 : 1);
  const isExpression = (item: Item): number =>
    item.match.path.type === 'RegularExpression' ? 1 : 0;
  return (
    isExact(a) - isExact(b) ||
    b.match.path.value.length - a.match.path.value.length ||
    isExpression(a) - isExpression(b) ||
    (b.match.method ? 1 : 0) - (a.match.method ? 1 : 0) ||
    (b.match.headers?.length ?? 0) - (a.match.headers?.length ?? 0) ||
    (b.match.queryParams?.length ?? 0) - (a.match.queryParams?.length ?? 0) ||
    (a.route === b.route ? 0 : bySource(a.route.source, b.route.source)) ||
    a.route.rules.indexOf(a.rule) - b.route.rules.indexOf(b.rule) ||
    a.rule.matches.indexOf(a.match) - b.rule.matches.indexOf(b.match)
  );
}

function bySource(a: RouteSource, b: RouteSource): number {
  return sortKey(a) < sortKey(b) ? -1 : 1;
}

/** An absent time is later than any. */
function sortKey({ creationTimestamp = '9', namespace, name }: RouteSource): string {
  return `${creationTimestamp} ${namespace}/${name}`;
}

const hosts = fc.constantFrom(undefined, 'a.com', 'b.a.com', '*.a.com', '*.com');
const paths = fc.constantFrom('/', '/a', '/a/', '/a/b', '/a/b/', '/a/bb', '/b', '/a/b/c');
const expressions = fc.constantFrom('/a.*', '/.', '/a/b', '.*b', '(/a)?/b/?', '/[ab]+', '.*');

const matches = fc.record(
  {
    path: fc.oneof(
      fc.record({ type: fc.constantFrom('Exact' as const, 'PathPrefix' as const), value: paths }),
      fc.record({ type: fc.constant('RegularExpression' as const), value: expressions }),
    ),
    method: fc.constantFrom('GET', 'POST'),
    headers: fc.constantFrom(
      [{ type: 'Exact' as const, name: 'x', value: '1' }],
      [
        { type: 'Exact' as const, name: 'x', value: '1' },
        { type: 'Exact' as const, name: 'y', value: '1' },
      ],
    ),
    queryParams: fc.constant([{ type: 'Exact' as const, name: 'q', value: '1' }]),
  },
  { requiredKeys: ['path'] },
);

const routeLists: fc.Arbitrary<readonly Route[]> = fc
  .array(
    fc.record({
      namespace: fc.constantFrom('one', 'two'),
      created: fc.constantFrom(undefined, '2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
      rules: fc.array(fc.record({ host: hosts, matches: fc.array(matches, { maxLength: 3 }) }), {
        maxLength: 4,
      }),
      hasDefault: fc.boolean(),
    }),
    { maxLength: 5 },
  )
  .map((list) =>
    list.map(({ namespace, created, rules, hasDefault }, index) => ({
      source: { kind: 'Ingress', namespace, name: `i${index}`, creationTimestamp: created },
      rules: rules.map((rule, position) => ({
        ...rule,
        field: `rules[${position}]`,
        backends: [],
      })),
      ...(hasDefault && { defaultBackend: { field: 'default', backends: [] } }),
    })),
  );

const requests: fc.Arbitrary<RequestFacts> = fc
  .record({
    method: fc.constantFrom('GET', 'POST'),
    scheme: fc.constant('http' as const),
    host: fc.constantFrom('a.com', 'b.a.com', 'c.a.com', 'd.c.a.com', 'a.org', 'com'),
    path: paths,
    query: fc.constantFrom('', 'q=1', 'p=1&q=1'),
    sent: fc.subarray(['x', 'y']),
  })
  .map(({ sent, ...facts }) => ({
    ...facts,
    headers: { get: (name) => (sent.includes(name) ? '1' : null) },
  }));

function found(table: RouteTable, facts: RequestFacts): unknown {
  const match = matchRoute(table, facts);
  if (match.outcome === 'matched') {
    return [match.source.name, match.field, match.pathMatch.type, match.pathMatch.value];
  }
  return match.outcome === 'default' ? [match.source.name, 'default'] : undefined;
}

describe('matchRoute', () => {
  it('agrees with a linear scan by the sentences of the specification', () => {
    fc.assert(
      fc.property(
        routeLists,
        fc.array(requests, { minLength: 5, maxLength: 5 }),
        (routes, many) => {
          const { table } = compileRoutes(routes);
          expect(many.map((facts) => found(table, facts))).toEqual(
            many.map((facts) => oracle(routes, facts)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('has one winner in every trace, the one that it returns, and none where nobody takes it', () => {
    fc.assert(
      fc.property(routeLists, requests, (routes, facts) => {
        const { table } = compileRoutes(routes);
        const match = matchRoute(table, facts, { trace: true });
        const won = match.trace?.candidates.filter(({ outcome }) => outcome === 'won');
        const { outcome } = match;
        expect(won?.map(({ source, field, path }) => [source, field, path])).toEqual(
          outcome === 'matched'
            ? [[match.source, match.field, match.pathMatch.value]]
            : outcome === 'default'
              ? [[match.source, match.field, undefined]]
              : [],
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('the table', () => {
  it('answers the same after a journey through JSON', () => {
    fc.assert(
      fc.property(routeLists, requests, (routes, facts) => {
        const { table } = compileRoutes(routes);
        const travelled: RouteTable = JSON.parse(JSON.stringify(table));
        expect(matchRoute(travelled, facts, { trace: true })).toEqual(
          matchRoute(table, facts, { trace: true }),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('and the conditions are the same in whatever order the routes come', () => {
    fc.assert(
      fc.property(
        routeLists.chain((routes) =>
          fc.tuple(
            fc.constant(routes),
            fc.shuffledSubarray([...routes], { minLength: routes.length }),
          ),
        ),
        ([routes, shuffled]) => {
          expect(JSON.stringify(compileRoutes(shuffled))).toBe(
            JSON.stringify(compileRoutes(routes)),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
