import { describe, expect, it } from 'vitest';

import type { RequestFacts } from '../route/request.ts';
import type { Match, Route, Rule } from '../route/route.ts';
import { compileRoutes } from '../table/compile.ts';
import { matchRoute } from './match.ts';
import type { Candidate, RouteTrace } from './trace.ts';

function rule(field: string, host: string, match: Match): Rule {
  return { field, ...(host !== '' && { host }), matches: [match], backends: [] };
}

function route(name: string, rules: readonly Rule[], more: Partial<Route> = {}): Route {
  return { source: { kind: 'Ingress', namespace: 'default', name }, rules, ...more };
}

const facts: RequestFacts = {
  method: 'GET',
  scheme: 'http',
  host: 'Shop.example.com:80',
  path: '/foo/./bar',
  query: 'v=1',
  headers: { get: (name) => (name === 'x-env' ? 'canary' : null) },
};

function trace(routes: readonly Route[], changes: Partial<RequestFacts> = {}): RouteTrace {
  const match = matchRoute(compileRoutes(routes).table, { ...facts, ...changes }, { trace: true });
  if (!match.trace) throw new Error('no trace');
  return match.trace;
}

/** `[field, reason or 'won', detail]` of every candidate. */
function verdicts(routes: readonly Route[], changes?: Partial<RequestFacts>): readonly unknown[] {
  return trace(routes, changes).candidates.map((candidate) => [
    candidate.field,
    candidate.reason ?? candidate.outcome,
    candidate.detail,
  ]);
}

const exact = (value: string): Match => ({ path: { type: 'Exact', value } });
const prefix = (value: string): Match => ({ path: { type: 'PathPrefix', value } });
const expression = (value: string): Match => ({ path: { type: 'RegularExpression', value } });

describe('the trace', () => {
  it('is only there where it was asked for', () => {
    const { table } = compileRoutes([route('a', [rule('r', '', prefix('/'))])]);
    expect(matchRoute(table, facts)).not.toHaveProperty('trace');
    expect(matchRoute(table, facts, { trace: false })).not.toHaveProperty('trace');
  });

  it('shows host and path after normalisation', () => {
    const { host, path } = trace([]);
    expect(host).toBe('shop.example.com');
    expect(path).toEqual({ received: '/foo/./bar', normalized: '/foo/bar' });
  });

  it('has the whole of a candidate', () => {
    const expected: Candidate = {
      source: { kind: 'Ingress', namespace: 'default', name: 'a' },
      field: 'r',
      host: 'shop.example.com',
      path: '//foo',
      pathType: 'PathPrefix',
      outcome: 'won',
      detail: '/foo/bar is /foo or below it',
    };
    expect(
      trace([route('a', [rule('r', 'shop.example.com', prefix('//foo'))])]).candidates,
    ).toEqual([expected]);
  });

  it('lists hosts from the most specific to those that do not fit', () => {
    const routes = [
      route('a', [
        rule('other', 'blog.example.com', prefix('/')),
        rule('deep', '*.shop.example.com', prefix('/')),
        rule('every', '', prefix('/')),
        rule('wildcard', '*.example.com', prefix('/')),
        rule('exact', 'shop.example.com', prefix('/')),
      ]),
    ];
    expect(verdicts(routes)).toEqual([
      ['exact', 'won', '/foo/bar is / or below it'],
      ['wildcard', 'host', '*.example.com is less specific than shop.example.com'],
      ['every', 'host', 'every host is less specific than shop.example.com'],
      ['deep', 'host', 'shop.example.com is not shop.example.com with one more label in front'],
      ['other', 'host', 'shop.example.com is not blog.example.com'],
    ]);
    expect(verdicts(routes, { host: '' }).at(-1)).toEqual([
      'exact',
      'host',
      'the request names no host, not shop.example.com',
    ]);
  });

  it('says which path does not fit', () => {
    const routes = [
      route('a', [
        rule('prefix', '', prefix('/foobar/')),
        rule('exact', '', exact('/foo/bar/')),
        rule('expression', '', expression('/foo')),
      ]),
    ];
    expect(verdicts(routes)).toEqual([
      ['exact', 'path', '/foo/bar is not exactly /foo/bar/'],
      ['prefix', 'path', '/foo/bar is not /foobar or below it'],
      ['expression', 'path', '/foo/bar as a whole does not match /foo'],
    ]);
  });

  it('says which condition is not met', () => {
    const header = (name: string, type: 'Exact' | 'RegularExpression', value: string): Match => ({
      ...prefix('/foo'),
      headers: [{ type, name, value }],
    });
    const routes = [
      route('a', [
        rule('method', '', { ...prefix('/foo'), method: 'POST' }),
        rule('header', '', header('X-Env', 'Exact', 'stable')),
        rule('absent', '', header('X-Other', 'Exact', 'a')),
        rule('pattern', '', header('x-env', 'RegularExpression', 'can')),
        rule('query', '', {
          ...prefix('/foo'),
          queryParams: [{ type: 'Exact', name: 'v', value: '2' }],
        }),
      ]),
    ];
    expect(verdicts(routes)).toEqual([
      ['method', 'method', 'the method is GET, not POST'],
      ['header', 'header', 'header x-env is "canary", not "stable"'],
      ['absent', 'header', 'header x-other is absent'],
      ['pattern', 'header', 'header x-env is "canary", which as a whole does not match can'],
      ['query', 'query', 'query parameter v is "1", not "2"'],
    ]);
  });

  it('says why another one that fits comes first', () => {
    const conditions = {
      headers: [{ type: 'Exact', name: 'x-env', value: 'canary' }],
      queryParams: [{ type: 'Exact', name: 'v', value: '1' }],
    } as const;
    const routes = [
      route('a', [
        rule('root', '', prefix('/')),
        rule('expression', '', expression('/foo/...')),
        rule('exact', '', exact('/foo/bar')),
        rule('prefix', '', prefix('/foo/bar')),
      ]),
    ];
    expect(verdicts(routes)).toEqual([
      ['exact', 'won', '/foo/bar is exactly /foo/bar'],
      ['prefix', 'precedence', 'Exact /foo/bar is exact, PathPrefix /foo/bar is not'],
      ['expression', 'precedence', 'Exact /foo/bar is exact, RegularExpression /foo/... is not'],
      ['root', 'precedence', 'Exact /foo/bar is exact, PathPrefix / is not'],
    ]);
    expect(
      verdicts([
        route('a', [
          rule('expression', '', expression('/foo/...')),
          rule('plain', '', prefix('/foo/bar')),
          rule('short', '', prefix('/foo')),
          rule('header', '', { ...prefix('/foo/bar'), headers: conditions.headers }),
        ]),
      ]),
    ).toEqual([
      ['header', 'won', '/foo/bar is /foo/bar or below it'],
      ['plain', 'precedence', 'another rule for PathPrefix /foo/bar asks for more headers'],
      [
        'expression',
        'precedence',
        'PathPrefix /foo/bar comes before RegularExpression /foo/... of the same length',
      ],
      ['short', 'precedence', 'PathPrefix /foo/bar is longer than PathPrefix /foo'],
    ]);
    expect(
      verdicts([
        route('a', [
          rule('plain', '', prefix('/')),
          rule('query', '', { ...prefix('/'), queryParams: conditions.queryParams }),
        ]),
      ]).at(-1),
    ).toEqual([
      'plain',
      'precedence',
      'another rule for PathPrefix / asks for more query parameters',
    ]);
    expect(
      verdicts([
        route('a', [
          rule('plain', '', prefix('/')),
          rule('method', '', { ...prefix('/'), method: 'GET' }),
        ]),
      ]).at(-1),
    ).toEqual(['plain', 'precedence', 'another rule for PathPrefix / asks for the method, too']);
  });

  it('says which object or rule comes first where two fit just as well', () => {
    const older = {
      source: {
        kind: 'Ingress',
        namespace: 'default',
        name: 'z',
        creationTimestamp: '2024-01-01T00:00:00Z',
      },
    };
    const one = [rule('r', '', prefix('/'))];
    expect(verdicts([route('z', one, older), route('a', one)])).toEqual([
      ['r', 'won', '/foo/bar is / or below it'],
      ['r', 'olderObject', 'Ingress default/z is older'],
    ]);
    expect(verdicts([route('b', one), route('a', one)]).at(-1)).toEqual([
      'r',
      'olderObject',
      'Ingress default/a comes first by namespace/name',
    ]);
    expect(
      verdicts([route('a', [rule('r', '', prefix('/')), rule('s', '', prefix('/'))])]).at(-1),
    ).toEqual(['s', 'earlierRule', 'r comes first in the same object']);
  });

  it('ends with the default backends', () => {
    const defaultBackend = { field: 'spec.defaultBackend', backends: [] };
    const rules = [rule('r', '', prefix('/x'))];
    const routes = [route('a', rules, { defaultBackend }), route('b', [], { defaultBackend })];
    expect(verdicts(routes)).toEqual([
      ['r', 'path', '/foo/bar is not /x or below it'],
      [
        'spec.defaultBackend',
        'precedence',
        'the default backend of Ingress default/a is asked first',
      ],
      ['spec.defaultBackend', 'won', 'no rule takes the request'],
    ]);
    expect(verdicts(routes, { path: '/x' }).slice(1)).toEqual([
      ['spec.defaultBackend', 'precedence', 'a rule takes the request'],
      ['spec.defaultBackend', 'precedence', 'a rule takes the request'],
    ]);
  });

  it('is there for a refused request too, without candidates', () => {
    expect(trace([], { path: '/%' })).toEqual({
      host: 'shop.example.com',
      path: { received: '/%', normalized: '' },
      candidates: [],
    });
    expect(trace([], { host: 'a b' })).toMatchObject({ host: '', candidates: [] });
  });
});
