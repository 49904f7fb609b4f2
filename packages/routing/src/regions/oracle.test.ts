import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { normalizeHost } from '../host/host.ts';
import { matchRoute } from '../match/match.ts';
import { normalizePath } from '../path/path.ts';
import { compileRegularExpression } from '../regular-expression/compile.ts';
import type { RequestFacts } from '../route/request.ts';
import type { Match, PathMatch, Route, ValueMatch } from '../route/route.ts';
import { compileRoutes } from '../table/compile.ts';
import { sourceOf } from '../table/source.ts';
import type { RouteTable, TableEntry } from '../table/table.ts';
import { unreachableRules } from '../unreachable/unreachable.ts';
import { regionFacts } from './region-facts.ts';
import type { Region } from './region.ts';
import { regionsOf } from './regions.ts';

/** The entries that fit a request, by looking at each; regular expressions are left to the native RegExp. */
function fittingOf(table: RouteTable, facts: RequestFacts): readonly number[] {
  const host = [facts.host, facts.host.replace(/^[^.]+/u, '*'), '*'].find((key) =>
    table.hosts.includes(key),
  );
  return table.entries.flatMap((entry, index) =>
    table.hosts[table.rules[entry.rule]?.host ?? -1] === host &&
    fitsPath(entry, facts.path) &&
    fitsConditions(entry, facts)
      ? [index]
      : [],
  );
}

function fitsPath({ type, path }: TableEntry, actual: string): boolean {
  if (type === 'Exact') return path === actual;
  if (type === 'RegularExpression') return matches(path, actual);
  return elements(path).every((element, index) => elements(actual)[index] === element);
}

function elements(path: string): readonly string[] {
  return path.split('/').filter(Boolean);
}

function fitsConditions(
  { method, headers = [], queryParams = [] }: TableEntry,
  facts: RequestFacts,
): boolean {
  const parameters = new URLSearchParams(facts.query);
  return (
    (method === undefined || method === facts.method) &&
    headers.every((header) => fitsValue(header, facts.headers.get(header.name))) &&
    queryParams.every((parameter) => fitsValue(parameter, parameters.get(parameter.name)))
  );
}

function fitsValue(
  { value, program }: { readonly value: string; readonly program?: unknown },
  actual: string | null,
): boolean {
  if (actual === null) return false;
  return program ? matches(value, actual) : value === actual;
}

const expressions = new Map<string, RegExp>();

function matches(pattern: string, text: string): boolean {
  const expression = expressions.get(pattern) ?? new RegExp(`^(?:${pattern})$`, 'u');
  expressions.set(pattern, expression);
  return expression.test(text);
}

/** The default backend that is asked, or would be if nothing fitted. */
function defaultBackendOf(table: RouteTable, facts: RequestFacts): number | undefined {
  const match = matchRoute({ ...table, entries: [] }, facts);
  if (match.outcome !== 'default') return undefined;
  return table.defaultBackends.findIndex(({ source }) => source === match.source);
}

function keyOf({ fitting, defaultBackends }: Pick<Region, 'fitting' | 'defaultBackends'>): string {
  return JSON.stringify([fitting, defaultBackends.map((index) => index ?? null)]);
}

function keyIn(tables: readonly RouteTable[], facts: RequestFacts): string {
  return keyOf({
    fitting: tables.map((table) => fittingOf(table, facts)),
    defaultBackends: tables.map((table) => defaultBackendOf(table, facts)),
  });
}

/** The index of the entry or default backend that `matchRoute` says takes the request. */
function expectToWin(table: RouteTable, facts: RequestFacts, fitting: readonly number[]): void {
  const entry = table.entries[fitting[0] ?? -1];
  const match = matchRoute(table, facts);
  const rule = table.rules[entry?.rule ?? -1];
  expect(match.outcome === 'matched' ? [match.source, match.field, match.pathMatch] : []).toEqual(
    entry && rule
      ? [
          sourceOf(table, rule),
          rule.field,
          { type: entry.type, value: entry.written ?? entry.path },
        ]
      : [],
  );
}

const hosts = fc.constantFrom(
  undefined,
  undefined,
  'a.com',
  'a.com',
  'b.a.com',
  '*.a.com',
  '*.a.com',
  '*.com',
  'any.a.com',
  '*.example',
  'other.example',
  'com',
  '*.b.a.com',
);

const names = fc.constantFrom('a', 'b', 'ab', 'any', 'a.b', '...', '.a', 'a%20', '%E2', 'A-', '2');

const paths = fc
  .tuple(fc.array(names, { maxLength: 3 }), fc.boolean())
  .map(([list, slash]) => `/${list.join('/')}${slash && list.length > 0 ? '/' : ''}`);

const characters = ['a', 'b', '/', '/', 'a', '2', '%', '%20', 'any', 'A', '-', ',', ';', ' ', 'é'];
const classes = ['.', '.*', '.+', '[ab]', '[^/]', '[^/]+', '[^a]', '[a-c%/]', '[^]', '[]'];
const escapes = ['\\w', '\\W', '\\d', '\\s', '\\S', '\\.', '\\/', '\\x2f', '\\u{61}'];
const atoms = fc.constantFrom(
  ...characters,
  ...classes,
  ...escapes,
  '^',
  '$',
  '\\b',
  '\\B',
  '(?:)',
);

const { pattern } = fc.letrec<{ readonly pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atoms,
    fc.array(tie('pattern'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
    fc.array(tie('pattern'), { maxLength: 3 }).map((parts) => `(${parts.join('|')})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('?', '*', '+', '{2}', '{0,2}', '??', '{2,}'))
      .map(([part, quantifier]) => `(?:${part})${quantifier}`),
    fc.array(tie('pattern'), { minLength: 2, maxLength: 2 }).map((parts) => parts.join('|')),
  ),
}));

// `*?` is left out: V8 says that `^(?:[^]*?a^)?$` does not match the empty text.
const understood = pattern.filter((text) => 'program' in compileRegularExpression(text));

const pathMatches: fc.Arbitrary<PathMatch> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ type: fc.constant('PathPrefix' as const), value: paths }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('Exact' as const), value: paths }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('RegularExpression' as const),
      value: fc.oneof(
        understood,
        understood.map((text) => `/(${text})`),
        understood.map((text) => `/a(${text}).*`),
      ),
    }),
  },
);

const values = fc.constantFrom(
  'a',
  'b',
  'a',
  '',
  'any',
  'a, ',
  'a; ',
  'a; b',
  'a, b',
  ' a',
  'a ',
  'a b',
  'é',
  '€',
  'a\n',
  '\\',
);

function valueMatches(name: fc.Arbitrary<string>): fc.Arbitrary<readonly ValueMatch[]> {
  return fc.array(
    fc.oneof(
      fc.record({ type: fc.constant('Exact' as const), name, value: values }),
      fc.record({ type: fc.constant('RegularExpression' as const), name, value: understood }),
    ),
    { maxLength: 2 },
  );
}

const matchLists: fc.Arbitrary<readonly Match[]> = fc.array(
  fc.record(
    {
      path: pathMatches,
      method: fc.constantFrom('GET', 'POST'),
      headers: valueMatches(fc.constantFrom('x', 'Y', 'Cookie')),
      queryParams: valueMatches(fc.constantFrom('q', 'r s', 'é')),
    },
    { requiredKeys: ['path'] },
  ),
  { maxLength: 3 },
);

const routeLists: fc.Arbitrary<readonly Route[]> = fc
  .array(
    fc.record({
      created: fc.constantFrom(undefined, '2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
      rules: fc.array(fc.record({ host: hosts, matches: matchLists }), { maxLength: 4 }),
      hasDefault: fc.boolean(),
    }),
    { maxLength: 4 },
  )
  .map((list) =>
    list.map(({ created, rules, hasDefault }, index) => ({
      source: { kind: 'Ingress', namespace: 'shop', name: `i${index}`, creationTimestamp: created },
      rules: rules.map((rule, place) => ({ ...rule, field: `rules[${place}]`, backends: [] })),
      ...(hasDefault && { defaultBackend: { field: 'default', backends: [] } }),
    })),
  );

/** Two versions of the same objects, or one. */
const tableLists = fc
  .oneof(
    routeLists.map((routes) => [routes]),
    fc.tuple(routeLists, routeLists),
    fc
      .tuple(routeLists, routeLists)
      .map(([routes, more]) => [routes, [...routes.slice(1), ...more.slice(1)]]),
  )
  .map((versions) => versions.map((routes) => compileRoutes(routes).table));

/** The native RegExp may take exponential time in their length. */
const texts = fc.string({ maxLength: 4 });

/** Requests near the boundaries of such tables. */
const requests: fc.Arbitrary<RequestFacts> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  scheme: fc.constant('http' as const),
  host: fc.constantFrom(
    '',
    'a.com',
    'b.a.com',
    'c.a.com',
    'd.c.a.com',
    'c.b.a.com',
    'any.a.com',
    'com',
    'x.com',
    'x.example',
    'other.example',
    'x.org',
  ),
  path: fc.oneof(
    paths,
    fc
      .array(
        fc.constantFrom('a', 'b', '/', '/', '.', '-', '%20', '%E2', '2', 'A', 'any', 'c', '~', ','),
        { maxLength: 7 },
      )
      .map((parts) => normalizePath(`/${parts.join('')}`) ?? '/'),
  ),
  query: fc
    .array(fc.tuple(fc.constantFrom('q', 'r s', 'é', 'z'), fc.oneof(values, texts)), {
      maxLength: 3,
    })
    .map((list) =>
      new URLSearchParams(list.map(([name, value]): [string, string] => [name, value])).toString(),
    ),
  headers: fc
    .array(fc.tuple(fc.constantFrom('x', 'y', 'z', 'cookie'), fc.oneof(values, texts)), {
      maxLength: 3,
    })
    .map((list) => {
      const headers = new Headers();
      for (const [name, value] of list)
        if (/^[^\0\r\n\u{100}-\u{10ffff}]*$/u.test(value)) headers.append(name, value);
      return headers;
    }),
});

describe('the regions of tables', () => {
  it('each have a request that is treated as the region says, in normal form', () => {
    fc.assert(
      fc.property(tableLists, (tables) => {
        for (const region of regionsOf(tables).regions) {
          const { host, path } = region.request;
          expect([normalizeHost(host), normalizePath(path)]).toEqual([host, path]);
          const facts = regionFacts(region.request);
          expect(keyOf(region)).toBe(keyIn(tables, facts));
          for (const [index, table] of tables.entries()) {
            expectToWin(table, facts, region.fitting[index] ?? []);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are all different', () => {
    fc.assert(
      fc.property(tableLists, (tables) => {
        const keys = regionsOf(tables).regions.map(keyOf);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 200 },
    );
  });

  it('have a place for every request where they are complete', () => {
    fc.assert(
      fc.property(
        tableLists,
        fc.array(requests, { minLength: 30, maxLength: 30 }),
        (tables, many) => {
          const { regions, complete } = regionsOf(tables);
          fc.pre(complete);
          const keys = new Set(regions.map(keyOf));
          for (const facts of many) expect(keys).toContain(keyIn(tables, facts));
        },
      ),
      { numRuns: 200 },
    );
  });
});

function winnersOf(table: RouteTable, limit?: number): ReadonlySet<number | undefined> {
  return new Set(regionsOf([table], { limit }).regions.map(({ fitting }) => fitting[0]?.[0]));
}

describe('the unreachable rules of a table', () => {
  it('win no request where that is proved, and all others win one', () => {
    fc.assert(
      fc.property(
        routeLists,
        fc.array(requests, { minLength: 30, maxLength: 30 }),
        fc.constantFrom(undefined, 50, 2000),
        (routes, many, limit) => {
          const { table } = compileRoutes(routes);
          const unreachable = unreachableRules(table, { limit });
          const proved = unreachable.filter((rule) => rule.proved);
          const entries = new Set(
            proved.flatMap((rule) => (rule.kind === 'entry' ? rule.entry : [])),
          );
          const defaults = new Set(
            proved.flatMap((rule) => (rule.kind === 'defaultBackend' ? rule.defaultBackend : [])),
          );
          for (const facts of many) {
            const [winner] = fittingOf(table, facts);
            const isProved =
              winner === undefined
                ? defaults.has(defaultBackendOf(table, facts) ?? -1)
                : entries.has(winner);
            expect(isProved).toBe(false);
          }
          const reported = new Set(
            unreachable.flatMap((rule) => (rule.kind === 'entry' ? rule.entry : [])),
          );
          const found = winnersOf(table, limit);
          expect(
            table.entries.filter((_, index) => found.has(index) && reported.has(index)),
          ).toEqual([]);
          fc.pre(regionsOf([table]).complete);
          const all = winnersOf(table);
          expect(
            table.entries.filter((_, index) => !all.has(index) && !reported.has(index)),
          ).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
