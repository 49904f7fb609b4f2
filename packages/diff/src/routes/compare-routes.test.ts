import type { CompiledWithStandIns } from '@portolan/compile';
import type { Filter } from '@portolan/routing';
import { describe, expect, it } from 'vitest';

import { changes } from '../../test/changes.ts';
import { deployment, given, givenRoutes, ingress, route, service } from '../../test/objects.ts';
import { diff } from '../diff/diff.ts';

const web = [service('web'), deployment('web')];
const cart = [service('cart'), deployment('cart')];

describe('what a request is routed to changes', () => {
  it('by its backend, wherever a rule is put in', () => {
    expect(
      changes(
        given(...web, ...cart, ingress('i', { '/': 'web' }, { host: 'a.com' })),
        given(...web, ...cart, ingress('i', { '/': 'web', '/cart': 'cart' }, { host: 'a.com' })),
      ),
    ).toEqual(['backend: shop/web:80 → shop/cart:80: http://a.com/cart']);
  });

  it('by who answers for it', () => {
    const rules = ingress('i', { '/': 'web' }, { host: 'a.com' });
    expect(
      changes(given(service('web'), deployment('web', 2), rules), given(service('web'), rules)),
    ).toEqual([
      'reachability: shop/web:80 → 503 NoReadyEndpoints (shop/web:80): http://a.com/',
      'reachability: shop/web:80 → 503 NoReadyEndpoints (shop/web): http://web.shop/, inside the cluster +2',
    ]);
  });

  it('by age: of two rules that are alike the older one wins', () => {
    const rules = (age: string): CompiledWithStandIns =>
      given(
        ...web,
        ...cart,
        ingress('a', { '/': 'web' }, { created: age }),
        ingress('b', { '/': 'cart' }, { created: '2025-01-01T00:00:00Z' }),
      );
    expect(changes(rules('2024-01-01T00:00:00Z'), rules('2026-01-01T00:00:00Z'))).toEqual([
      'backend: shop/web:80 → shop/cart:80: http://other.example/',
    ]);
  });

  it('for a host whose rules are gone, so that those for every host take its requests', () => {
    const every = ingress('every', { '/': 'web', '/x': 'cart' });
    expect(
      changes(
        given(...web, ...cart, every, ingress('one', { '/': 'web' }, { host: 'a.com' })),
        given(...web, ...cart, every),
      ),
    ).toEqual(['backend: shop/web:80 → shop/cart:80: http://a.com/x']);
  });

  it('for a host whose rules are gone, where they took nothing before', () => {
    const every = ingress('every', { '/x': 'cart' }, { host: '*.a.com' });
    expect(
      changes(
        given(...web, ...cart, every, ingress('one', { '/only': 'cart' }, { host: 'b.a.com' })),
        given(...web, ...cart, every),
      ),
    ).toEqual([
      'reachability: shop/cart:80 → 404 NoMatchingRoute: http://b.a.com/only',
      'reachability: 404 NoMatchingRoute → shop/cart:80: http://b.a.com/x',
    ]);
  });

  it('by which default backend is older, and not for hosts that have one of their own', () => {
    const aged = (age: string): CompiledWithStandIns =>
      given(
        ...web,
        ...cart,
        ingress('a', { '*': 'web' }, { created: age }),
        ingress('b', { '*': 'cart' }, { created: '2025-01-01T00:00:00Z' }),
        ingress('own', { '*': 'web', '/x': 'web' }, { host: 'a.com' }),
      );
    expect(changes(aged('2024-01-01T00:00:00Z'), aged('2026-01-01T00:00:00Z'))).toEqual([
      'backend: shop/web:80 → shop/cart:80: http://other.example/',
    ]);
  });

  it('by the default backend, for hosts with rules and without', () => {
    const rules = ingress('rules', { '/a': 'web' }, { host: 'a.com' });
    expect(
      changes(
        given(...web, ...cart, rules, ingress('default', { '*': 'web' })),
        given(...web, ...cart, rules, ingress('default', { '*': 'cart' })),
      ),
    ).toEqual(['backend: shop/web:80 → shop/cart:80: http://a.com/']);
  });

  it('and not where the rules of other hosts change', () => {
    const same = ingress('same', { '/': 'web' }, { host: 'a.com' });
    expect(
      changes(
        given(...web, ...cart, same, ingress('other', { '/': 'web' }, { host: 'b.com' })),
        given(...web, ...cart, same, ingress('other', { '/': 'cart' }, { host: 'b.com' })),
      ),
    ).toEqual(['backend: shop/web:80 → shop/cart:80: http://b.com/']);
  });
});

describe('filters', () => {
  const PREFIX = { path: { type: 'PathPrefix', value: '/a' } } as const;
  const full = (replaceFullPath: string) =>
    ({ type: 'URLRewrite', path: { type: 'ReplaceFullPath', replaceFullPath } }) as const;
  const prefix = (replacePrefixMatch: string) =>
    ({ type: 'URLRewrite', path: { type: 'ReplacePrefixMatch', replacePrefixMatch } }) as const;

  it.each([
    ['a path that is replaced by itself', PREFIX, [], [full('/a')], undefined, '/a/'],
    ['a prefix that leaves a path alone', PREFIX, [prefix('/b')], [full('/b')], undefined, '/a/'],
    ['a prefix of which nothing is left', PREFIX, [prefix('/')], [full('/')], undefined, '/a/any'],
    [
      'a path that an expression takes among others',
      { path: { type: 'RegularExpression', value: '/x|/y' } } as const,
      [],
      [full('/x')],
      undefined,
      '/y',
    ],
  ] as const)(
    'that come to the same for %s are told apart by others',
    (_, match, was, is, host, at) => {
      const [change, ...others] = diff(
        givenRoutes([route(match, was, host)], ...web),
        givenRoutes([route(match, is, host)], ...web),
      ).changes;
      expect(others).toEqual([]);
      expect(change).toMatchObject({
        kinds: ['path'],
        witnesses: [{ url: `http://other.example${at}` }],
      });
    },
  );
});

describe('one filter', () => {
  it('leads elsewhere where another prefix is replaced', () => {
    const replaced = (value: string): CompiledWithStandIns =>
      givenRoutes(
        [
          route({ path: { type: 'PathPrefix', value } }, [
            {
              type: 'URLRewrite',
              path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/n' },
            },
          ]),
        ],
        ...web,
      );
    expect(changes(replaced('/a'), replaced('/a/b'))).toEqual([
      'reachability: shop/web:80 → 404 NoMatchingRoute: http://other.example/a',
      'path: shop/web:80, path /n{path after /a} → shop/web:80, path /n{path after /a/b}: http://other.example/a/b',
    ]);
  });
});

describe('a redirect', () => {
  const slash = { path: { type: 'PathPrefix', value: '/' } } as const;
  const redirected = (to: object, host?: string): CompiledWithStandIns =>
    givenRoutes([route(slash, [{ type: 'RequestRedirect', ...to }], host)], ...web);

  it('to the host that was asked is told from one to any host', () => {
    const [change, ...others] = diff(
      redirected({}, '*.a.com'),
      redirected({ hostname: 'any.a.com' }, '*.a.com'),
    ).changes;
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      kinds: ['status'],
      before: { location: '{origin}{path}' },
      after: { location: '{scheme}://any.a.com:{port}{path}' },
    });
    expect(change?.witnesses[0]?.url).not.toContain('//any.a.com/');
  });

  it('changes where its scheme or port tells, and the witness is such a request', () => {
    expect(changes(redirected({}), redirected({ scheme: 'https' }))).toEqual([
      'status: 302 to {origin}{path} → 302 to https://{host}{path}: http://other.example/',
    ]);
    expect(changes(redirected({}), redirected({ port: 80 }))).toEqual([
      'status: 302 to {origin}{path} → 302 to {scheme}://{host}:80{path}: https://other.example/',
    ]);
    expect(
      changes(redirected({ scheme: 'https' }), redirected({ scheme: 'https', port: 443 })),
    ).toEqual([]);
  });

  it('is a change of reachability where a Service answered', () => {
    expect(changes(givenRoutes([route(slash)], ...web), redirected({ statusCode: 301 }))).toEqual([
      'reachability: shop/web:80 → 301 to {origin}{path}: http://other.example/',
    ]);
  });
});

describe('what is done to a forwarded request changes', () => {
  const slash = { path: { type: 'PathPrefix', value: '/' } } as const;
  const withFilters = (...filters: readonly Filter[]): CompiledWithStandIns =>
    givenRoutes([route(slash, filters)], ...web);
  const set = (name: string, value: string): Filter => ({
    type: 'RequestHeaderModifier',
    set: [{ name, value }],
  });

  it('by its header fields, not by how their names are written', () => {
    expect(changes(withFilters(), withFilters(set('X-A', '1')))).toEqual([
      'header: shop/web:80, host and headers as they are → shop/web:80, request set x-a: 1: http://other.example/',
    ]);
    expect(changes(withFilters(set('x-a', '1')), withFilters(set('X-A', '1')))).toEqual([]);
  });

  it('by the host that the backend is shown', () => {
    expect(
      changes(withFilters(), withFilters({ type: 'URLRewrite', hostname: 'in.example' })),
    ).toEqual([
      'header: shop/web:80, host and headers as they are → shop/web:80, host in.example: http://other.example/',
    ]);
  });
});

describe('weights', () => {
  const shared = (...weights: readonly number[]): CompiledWithStandIns => {
    const [first] = route({ path: { type: 'PathPrefix', value: '/' } }).rules;
    const backends = weights.map((weight, index) => ({
      group: '',
      kind: 'Service',
      namespace: 'shop',
      name: ['web', 'cart', 'gone'][index] ?? '',
      port: 80,
      weight,
    }));
    const source = { kind: 'HTTPRoute', namespace: 'shop', name: 'r' };
    return givenRoutes([{ source, rules: first ? [{ ...first, backends }] : [] }], ...web, ...cart);
  };

  it('are compared as shares', () => {
    expect(changes(shared(1, 1), shared(3, 1))).toEqual([
      'backend: 50% shop/cart:80 | 50% shop/web:80 → 25% shop/cart:80 | 75% shop/web:80: http://other.example/',
    ]);
    expect(changes(shared(1, 2), shared(10, 20))).toEqual([]);
    expect(changes(shared(1), shared(1, 0))).toEqual([]);
  });

  it('may leave some requests without an answer', () => {
    expect(changes(shared(1), shared(3, 0, 1))).toEqual([
      'status+backend: shop/web:80 → 75% shop/web:80 | 25% 503 BackendNotFound (shop/gone:80): http://other.example/',
    ]);
  });
});

describe('a comparison that takes too many steps', () => {
  it('says that it is not complete, and what it found', () => {
    const expression = { path: { type: 'RegularExpression', value: '/(a|b)*a(a|b){20}' } } as const;
    const { changes: found, complete } = diff(
      givenRoutes([route(expression)], ...web),
      givenRoutes([route(expression)], service('web')),
    );
    expect(complete).toBe(false);
    expect(found.length).toBeGreaterThan(0);
  });
});
