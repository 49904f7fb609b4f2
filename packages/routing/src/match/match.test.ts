import { describe, expect, it } from 'vitest';

import type { RequestFacts } from '../route/request.ts';
import type { Backends, Match, PathMatch, Route, Rule } from '../route/route.ts';
import type { CompileRoutesOptions } from '../table/compile.ts';
import { compileRoutes } from '../table/compile.ts';
import { matchRoute } from './match.ts';
import type { RouteMatch } from './route-match.ts';

function to(name: string): Backends {
  return [{ group: '', kind: 'Service', namespace: 'default', name, port: 80, weight: 1 }];
}

/** `PathPrefix` unless it starts with `=` (Exact) or `~` (RegularExpression). */
function pathOf(text: string): PathMatch {
  if (text.startsWith('=')) return { type: 'Exact', value: text.slice(1) };
  if (text.startsWith('~')) return { type: 'RegularExpression', value: text.slice(1) };
  return { type: 'PathPrefix', value: text };
}

function rule(host: string, path: string, service: string, match: Partial<Match> = {}): Rule {
  return {
    field: `${host}${path}`,
    ...(host !== '' && { host }),
    matches: [{ path: pathOf(path), ...match }],
    backends: to(service),
  };
}

function route(name: string, rules: readonly Rule[], more: Partial<Route> = {}): Route {
  return { source: { kind: 'Ingress', namespace: 'default', name }, rules, ...more };
}

function withDefault(service: string): Pick<Route, 'defaultBackend'> {
  return { defaultBackend: { field: 'spec.defaultBackend', backends: to(service) } };
}

/** Each with the value `1`. */
function header(...names: readonly string[]): Pick<Match, 'headers'> {
  return { headers: names.map((name) => ({ type: 'Exact', name, value: '1' })) };
}

/** Each with the value `1`. */
function query(...names: readonly string[]): Pick<Match, 'queryParams'> {
  return { queryParams: names.map((name) => ({ type: 'Exact', name, value: '1' })) };
}

/** An object, created then, whose rule takes everything. */
function at(name: string, creationTimestamp?: string): Route {
  return {
    source: { kind: 'Ingress', namespace: 'default', name, creationTimestamp },
    rules: [rule('', '/', name)],
  };
}

/** Routes to `s` whatever meets the conditions. */
function requiring(match: Partial<Match>): readonly Route[] {
  return [route('a', [rule('', '/', 's', match)])];
}

interface Request extends Partial<Omit<RequestFacts, 'headers'>> {
  readonly headers?: Readonly<Record<string, string>>;
}

function send(
  routes: readonly Route[],
  request: Request,
  options?: CompileRoutesOptions,
): RouteMatch {
  const headers = new Map(Object.entries(request.headers ?? {}));
  return matchRoute(compileRoutes(routes, options).table, {
    method: 'GET',
    scheme: 'http',
    host: 'example.com',
    path: '/',
    query: '',
    ...request,
    headers: { get: (name) => headers.get(name) ?? null },
  });
}

/** The Service that takes the request, or the outcome where none does. */
function taker(routes: readonly Route[], request: Request, options?: CompileRoutesOptions): string {
  const match = send(routes, request, options);
  return 'backends' in match ? (match.backends[0]?.name ?? '') : match.outcome;
}

describe('a host', () => {
  const routes = [
    route('hosts', [
      rule('shop.example.com', '/cart', 'exact'),
      rule('*.example.com', '/', 'wildcard'),
      rule('', '/', 'every'),
    ]),
  ];

  it('is taken by its own rules before those of a wildcard, and those before the rules for every host', () => {
    expect(taker(routes, { host: 'shop.example.com', path: '/cart' })).toBe('exact');
    expect(taker(routes, { host: 'blog.example.com', path: '/cart' })).toBe('wildcard');
    expect(taker(routes, { host: 'example.org', path: '/cart' })).toBe('every');
  });

  it('is not left for a less specific one where no path fits', () => {
    expect(taker(routes, { host: 'shop.example.com', path: '/' })).toBe('unmatched');
  });

  it('matches without regard to case, port and trailing dot', () => {
    expect(taker(routes, { host: 'SHOP.Example.com.:8443', path: '/cart' })).toBe('exact');
  });

  it('that the client does not name leaves the rules for every host', () => {
    expect(taker(routes, { host: '' })).toBe('every');
  });

  it('that is none is refused', () => {
    expect(send(routes, { host: 'a b' })).toEqual({ outcome: 'invalidHost' });
  });

  it.each(['constructor', '__proto__', 'tostring'])('may be called %s', (host) => {
    expect(taker([route('one', [rule('example.com', '/', 'a')])], { host })).toBe('unmatched');
    expect(taker(routes, { host, path: '/__proto__/constructor' })).toBe('every');
  });
});

describe('a path', () => {
  it('is matched and returned in normal form', () => {
    const routes = [route('a', [rule('', '/caf%C3%A9', 'cafe')])];
    expect(send(routes, { path: '//x/../caf%c3%a9/%7Ejo' })).toMatchObject({
      outcome: 'matched',
      path: '/caf%C3%A9/~jo',
    });
  });

  it('of a rule is brought into normal form too, and reported as written', () => {
    expect(send([route('a', [rule('', '=/é//x', 'cafe')])], { path: '/%C3%A9/x' })).toMatchObject({
      outcome: 'matched',
      pathMatch: { type: 'Exact', value: '/é//x' },
    });
  });

  it('that can not be brought into normal form is refused', () => {
    expect(send([route('a', [rule('', '/', 'a')])], { path: '/%zz' })).toEqual({
      outcome: 'invalidPath',
    });
  });

  it('does not mistake an encoded slash for a separator', () => {
    expect(taker([route('a', [rule('', '/a', 'a')])], { path: '/a%2Fb' })).toBe('unmatched');
  });

  it('may be called like a property of objects', () => {
    const routes = [route('a', [rule('', '=/__proto__', 'a'), rule('', '/constructor', 'b')])];
    expect(taker(routes, { path: '/__proto__' })).toBe('a');
    expect(taker(routes, { path: '/constructor/x' })).toBe('b');
    expect(taker(routes, { path: '/toString' })).toBe('unmatched');
  });
});

describe('precedence', () => {
  it('goes to Exact, whatever else fits', () => {
    const routes = [
      route('a', [
        rule('', '/foo/', 'prefix'),
        rule('', '~/fo{1,2}', 'expression'),
        rule('', '=/foo', 'exact'),
      ]),
    ];
    expect(taker(routes, { path: '/foo' })).toBe('exact');
  });

  it('then to the longer of prefixes and regular expressions', () => {
    const routes = [
      route('a', [
        rule('', '/a/b/c', 'long'),
        rule('', '~/a/b/.+', 'longer'),
        rule('', '~/.*', 'shorter'),
        rule('', '/a/b', 'short'),
      ]),
    ];
    expect(taker(routes, { path: '/a/b/c/d' })).toBe('longer');
    expect(taker(routes, { path: '/a/b/' })).toBe('short');
    expect(taker(routes, { path: '/a' })).toBe('shorter');
  });

  it('and to the prefix where both have the same length', () => {
    const routes = [route('a', [rule('', '~/a.', 'expression'), rule('', '/ab', 'prefix')])];
    expect(taker(routes, { path: '/ab' })).toBe('prefix');
    expect(taker(routes, { path: '/ac' })).toBe('expression');
  });

  it('goes by method, then the number of headers, then that of query parameters', () => {
    const routes = [
      route('a', [
        rule('', '/', 'plain'),
        rule('', '/', 'query', query('q')),
        rule('', '/', 'queries', query('q', 'r')),
        rule('', '/', 'header', header('x')),
        rule('', '/', 'headers', header('x', 'y')),
        rule('', '/', 'method', { method: 'GET' }),
      ]),
    ];
    const all = { headers: { x: '1', y: '1' }, query: 'q=1&r=1' };
    expect(taker(routes, all)).toBe('method');
    expect(taker(routes, { ...all, method: 'PUT' })).toBe('headers');
    expect(taker(routes, { ...all, method: 'PUT', headers: { x: '1' } })).toBe('header');
    expect(taker(routes, { method: 'PUT', query: 'q=1&r=1' })).toBe('queries');
    expect(taker(routes, { method: 'PUT', query: 'q=1' })).toBe('query');
    expect(taker(routes, { method: 'PUT' })).toBe('plain');
  });

  it('goes on to a shorter path where the conditions of the longer do not hold', () => {
    const routes = [
      route('a', [
        rule('', '=/a/b', 'exact', { method: 'PUT' }),
        rule('', '/a/b', 'long', { method: 'POST' }),
        rule('', '/a', 'short', { method: 'DELETE' }),
        rule('', '/', 'root'),
      ]),
    ];
    expect(taker(routes, { path: '/a/b', method: 'PUT' })).toBe('exact');
    expect(taker(routes, { path: '/a/b', method: 'POST' })).toBe('long');
    expect(taker(routes, { path: '/a/b', method: 'DELETE' })).toBe('short');
    expect(taker(routes, { path: '/a/b', method: 'GET' })).toBe('root');
  });

  it('goes to the older object, then to the first by namespace/name', () => {
    const old = '2024-01-01T00:00:00Z';
    expect(taker([at('a', '2024-01-01T00:00:01Z'), at('b', old)], {})).toBe('b');
    expect(taker([at('a'), at('b', old)], {})).toBe('b');
    expect(taker([at('b', old), at('a', '2024-01-01T01:00:00+01:00')], {})).toBe('a');
    expect(taker([at('b'), at('a')], {})).toBe('a');
  });

  it('goes to the first rule within one object', () => {
    expect(taker([route('a', [rule('', '/', 'first'), rule('', '/', 'second')])], {})).toBe(
      'first',
    );
  });
});

describe('conditions', () => {
  it('on headers look at the name without regard to case, and at the value with it', () => {
    const match = { headers: [{ type: 'Exact', name: 'X-Env', value: 'Canary' }] } as const;
    expect(taker(requiring(match), { headers: { 'x-env': 'Canary' } })).toBe('s');
    expect(taker(requiring(match), { headers: { 'x-env': 'canary' } })).toBe('unmatched');
    expect(taker(requiring(match), {})).toBe('unmatched');
  });

  it('count the first of several for one header', () => {
    const headers = ['1', '2'].map((value, index) => ({
      type: 'Exact' as const,
      name: index === 0 ? 'X-A' : 'x-a',
      value,
    }));
    expect(taker(requiring({ headers }), { headers: { 'x-a': '1' } })).toBe('s');
  });

  it('may be regular expressions for the whole value', () => {
    const match = {
      queryParams: [{ type: 'RegularExpression', name: 'v', value: 'v\\d+' }],
    } as const;
    expect(taker(requiring(match), { query: 'v=v12' })).toBe('s');
    expect(taker(requiring(match), { query: 'v=v12x' })).toBe('unmatched');
  });

  it('must all hold', () => {
    const match = {
      method: 'POST',
      headers: [{ type: 'Exact', name: 'a', value: '1' }],
      queryParams: [{ type: 'Exact', name: 'b', value: '2' }],
    } as const;
    const request = { method: 'POST', headers: { a: '1' }, query: 'b=2' };
    expect(taker(requiring(match), request)).toBe('s');
    expect(taker(requiring(match), { ...request, method: 'post' })).toBe('unmatched');
    expect(taker(requiring(match), { ...request, headers: { a: '2' } })).toBe('unmatched');
    expect(taker(requiring(match), { ...request, query: 'b=1' })).toBe('unmatched');
  });

  it('are met by any one of several matches of a rule', () => {
    const either: Rule = {
      field: 'spec.rules[0]',
      matches: [{ path: pathOf('=/a') }, { path: pathOf('/b') }],
      backends: to('s'),
    };
    expect(taker([route('a', [either])], { path: '/a' })).toBe('s');
    expect(taker([route('a', [either])], { path: '/b/c' })).toBe('s');
    expect(taker([route('a', [either])], { path: '/a/c' })).toBe('unmatched');
  });
});

describe('a default backend', () => {
  const shop = rule('shop.example.com', '/cart', 'cart');

  it('answers for the hosts of its object where no path fits', () => {
    const routes = [
      route('a', [], withDefault('global')),
      route('b', [shop], withDefault('b')),
      route('c', [rule('shop.example.com', '/pay', 'pay')], withDefault('c')),
    ];
    expect(taker(routes, { host: 'shop.example.com', path: '/other' })).toBe('b');
    expect(taker(routes, { host: 'shop.example.com', path: '/cart' })).toBe('cart');
  });

  it('of an object without rules answers where the objects of the host have none', () => {
    const routes = [route('a', [shop]), route('z', [], withDefault('global'))];
    expect(taker(routes, { host: 'shop.example.com', path: '/other' })).toBe('global');
  });

  it('of an object without rules comes before that of an older one with rules where no host fits', () => {
    const old = {
      ...withDefault('old'),
      source: {
        kind: 'Ingress',
        namespace: 'default',
        name: 'a',
        creationTimestamp: '2020-01-01T00:00:00Z',
      },
    };
    expect(taker([route('a', [shop], old)], { host: 'example.org' })).toBe('old');
    expect(
      taker([route('a', [shop], old), route('z', [], withDefault('global'))], {
        host: 'example.org',
      }),
    ).toBe('global');
  });

  it('of the controller is asked last', () => {
    const options = {
      defaultBackend: {
        source: { kind: 'Service', namespace: 'kube-system', name: 'default-http-backend' },
        field: 'defaultBackend',
        backends: to('controller'),
      },
    };
    expect(taker([route('a', [shop])], { path: '/' }, options)).toBe('controller');
    expect(taker([route('a', [shop], withDefault('a'))], { path: '/' }, options)).toBe('a');
    expect(taker([route('a', [shop])], { path: '/' })).toBe('unmatched');
  });

  it('answers for a host whose rule takes nothing, before rules for less specific hosts', () => {
    const bare: Rule = {
      field: 'spec.rules[0]',
      host: 'bare.example.com',
      matches: [],
      backends: [],
    };
    const routes = [
      route('a', [rule('*.example.com', '/', 'wildcard')]),
      route('b', [bare], withDefault('b')),
    ];
    expect(taker(routes, { host: 'bare.example.com' })).toBe('b');
    expect(taker(routes, { host: 'other.example.com' })).toBe('wildcard');
  });
});

describe('the result', () => {
  it('says which rule of which object takes the request, and what becomes of it', () => {
    const filters = [
      {
        type: 'URLRewrite',
        path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2//x' },
      },
    ] as const;
    const routes = [route('shop', [{ ...rule('*.example.com', '/api/', 'api'), filters }])];
    expect(send(routes, { host: 'a.example.com', path: '/api/./users' })).toEqual({
      outcome: 'matched',
      source: { kind: 'Ingress', namespace: 'default', name: 'shop' },
      field: '*.example.com/api/',
      host: '*.example.com',
      pathMatch: { type: 'PathPrefix', value: '/api/' },
      matchedPrefix: '/api/',
      filters: [
        { type: 'URLRewrite', path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2/x' } },
      ],
      backends: to('api'),
      path: '/api/users',
    });
  });

  it('names the object of a default backend', () => {
    expect(send([route('shop', [], withDefault('any'))], { path: '/x' })).toEqual({
      outcome: 'default',
      source: { kind: 'Ingress', namespace: 'default', name: 'shop' },
      field: 'spec.defaultBackend',
      backends: to('any'),
      path: '/x',
    });
  });

  it('is unmatched where there is nothing', () => {
    expect(send([], { path: '/x' })).toEqual({ outcome: 'unmatched', path: '/x' });
  });
});
