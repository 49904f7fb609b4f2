import { describe, expect, it } from 'vitest';

import type { Match, Route, Rule } from '../route/route.ts';
import { compileRoutes } from './compile.ts';

function rule(index: number, match: Match, more: Partial<Rule> = {}): Rule {
  return { field: `spec.rules[${index}]`, matches: [match], backends: [], ...more };
}

function route(name: string, rules: readonly Rule[], more: Partial<Route> = {}): Route {
  return { source: { kind: 'Ingress', namespace: 'default', name }, rules, ...more };
}

const prefix = (value: string): Match => ({ path: { type: 'PathPrefix', value } });
const expression = (value: string): Match => ({ path: { type: 'RegularExpression', value } });

/** `[name, type, status, reason, field, message]` of every condition. */
function conditions(...routes: readonly Route[]): readonly unknown[] {
  return compileRoutes(routes).conditions.map(
    ({ object, type, status, reason, field, message }) => [
      object.name,
      type,
      status,
      reason,
      field,
      message,
    ],
  );
}

describe('a rule that takes the same requests as another', () => {
  it('is dropped in favour of that of the object that comes first, and the winner is named', () => {
    const host = { host: 'shop.example.com' };
    expect(
      compileRoutes([
        route('b', [rule(0, prefix('/foo'), host)]),
        route('a', [rule(0, prefix('/foo'), host)]),
      ]).conditions,
    ).toEqual([
      {
        object: { kind: 'Ingress', namespace: 'default', name: 'b' },
        type: 'Accepted',
        status: 'False',
        reason: 'Conflicted',
        field: 'spec.rules[0]',
        message:
          'Dropped Rule spec.rules[0] for PathPrefix /foo on shop.example.com: Ingress default/a takes the same requests by spec.rules[0]',
      },
    ]);
  });

  it('leaves its object accepted, and partially invalid, where that serves otherwise', () => {
    const others = [rule(0, prefix('/foo')), rule(1, prefix('/bar'))];
    const defaultBackend = { field: 'spec.defaultBackend', backends: [] };
    expect(conditions(route('a', [rule(0, prefix('/foo'))]), route('b', others))).toMatchObject([
      [
        'b',
        'PartiallyInvalid',
        'True',
        'Conflicted',
        'spec.rules[0]',
        expect.stringContaining('every host'),
      ],
    ]);
    expect(
      conditions(
        route('a', [rule(0, prefix('/foo'))]),
        route('b', [rule(0, prefix('/foo'))], { defaultBackend }),
      ),
    ).toMatchObject([
      ['b', 'PartiallyInvalid', 'True', 'Conflicted', 'spec.rules[0]', expect.any(String)],
    ]);
  });

  it('is dropped within one object too', () => {
    expect(conditions(route('a', [rule(0, prefix('/foo')), rule(1, prefix('/foo'))]))).toEqual([
      [
        'a',
        'PartiallyInvalid',
        'True',
        'Conflicted',
        'spec.rules[1]',
        'Dropped Rule spec.rules[1] for PathPrefix /foo on every host: Ingress default/a takes the same requests by spec.rules[0]',
      ],
    ]);
  });

  it('is recognised after normalisation, and by prefixes that differ in their trailing slash alone', () => {
    const routes = [rule(0, prefix('/a/./b')), rule(1, prefix('/%61/b')), rule(2, prefix('/a/b/'))];
    expect(
      conditions(route('a', routes)).map((condition) => String(condition).split(',')[4]),
    ).toEqual(['spec.rules[0]', 'spec.rules[1]']);
  });

  it.each<[string, Partial<Rule>, Partial<Rule>]>([
    ['host', {}, { host: 'example.com' }],
    ['path', {}, { matches: [prefix('/bar')] }],
    ['type of path', {}, { matches: [{ path: { type: 'Exact', value: '/foo' } }] }],
    ['method', {}, { matches: [{ ...prefix('/foo'), method: 'GET' }] }],
    [
      'header',
      {},
      { matches: [{ ...prefix('/foo'), headers: [{ type: 'Exact', name: 'a', value: '1' }] }] },
    ],
    [
      'kind of value',
      {
        matches: [
          {
            ...prefix('/foo'),
            queryParams: [{ type: 'RegularExpression', name: 'a', value: '1' }],
          },
        ],
      },
      { matches: [{ ...prefix('/foo'), queryParams: [{ type: 'Exact', name: 'a', value: '1' }] }] },
    ],
  ])('is none where its %s differs', (_, first, second) => {
    expect(
      conditions(route('a', [rule(0, prefix('/foo'), first), rule(1, prefix('/foo'), second)])),
    ).toEqual([]);
  });

  it('is one where the same conditions come in another order', () => {
    const [a, b] = [
      { type: 'Exact', name: 'a', value: '1' },
      { type: 'Exact', name: 'B', value: '2' },
    ] as const;
    const rules = [
      rule(0, { ...prefix('/'), headers: [a, b] }),
      rule(1, { ...prefix('/'), headers: [{ ...b, name: 'b' }, a] }),
    ];
    expect(conditions(route('a', rules))).toHaveLength(1);
  });

  it('is no conflict within one rule', () => {
    expect(
      conditions(route('a', [rule(0, prefix('/'), { matches: [prefix('/a'), prefix('/a')] })])),
    ).toEqual([]);
  });
});

describe('a rule that can not be carried out', () => {
  it.each<[string, Rule]>([
    [
      'path "/%zz" must start with "/" and have no backslash, no NUL and no "%" without two hexadecimal digits',
      rule(0, prefix('/%zz')),
    ],
    [
      'path "foo" must start with "/" and have no backslash, no NUL and no "%" without two hexadecimal digits',
      rule(0, prefix('foo')),
    ],
    [
      'regular expression "/(?=a)": (?=a) is not supported: what looks around can\'t be matched in linear time',
      rule(0, expression('/(?=a)')),
    ],
    [
      'regular expression "a{5000}": is too large: written out, it needs more than 4000 instructions',
      rule(0, {
        ...prefix('/'),
        headers: [{ type: 'RegularExpression', name: 'x', value: 'a{5000}' }],
      }),
    ],
    [
      'ReplacePrefixMatch needs every match to be of type PathPrefix',
      rule(
        0,
        { path: { type: 'Exact', value: '/' } },
        {
          filters: [
            { type: 'URLRewrite', path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/x' } },
          ],
        },
      ),
    ],
    [
      'path "x" must start with "/" and have no backslash, no NUL and no "%" without two hexadecimal digits',
      rule(0, prefix('/'), {
        filters: [
          { type: 'RequestRedirect', path: { type: 'ReplaceFullPath', replaceFullPath: 'x' } },
        ],
      }),
    ],
  ])('is dropped: %s', (message, bad) => {
    expect(conditions(route('a', [bad]))).toEqual([
      [
        'a',
        'Accepted',
        'False',
        'UnsupportedValue',
        'spec.rules[0]',
        `Dropped Rule spec.rules[0]: ${message}`,
      ],
    ]);
  });

  it.each(['__proto__', '*', '*.*.com', 'Shop.example.com', 'a.com.', 'a.com:80', ''])(
    'is dropped: %j is no host of a rule',
    (host) => {
      expect(conditions(route('a', [rule(0, prefix('/'), { host })]))).toMatchObject([
        [
          'a',
          'Accepted',
          'False',
          'UnsupportedValue',
          'spec.rules[0]',
          expect.stringContaining('must'),
        ],
      ]);
    },
  );

  it('leaves the others to serve', () => {
    const { table, conditions: said } = compileRoutes([
      route('a', [rule(0, prefix('/%')), rule(1, prefix('/ok'))]),
    ]);
    expect(said).toMatchObject([
      { type: 'PartiallyInvalid', status: 'True', field: 'spec.rules[0]' },
    ]);
    expect(table.entries).toMatchObject([{ path: '/ok' }]);
  });

  it('still makes its host one that has rules, so that no less specific host is asked', () => {
    const { table } = compileRoutes([route('a', [rule(0, prefix('/%'), { host: 'a.com' })])]);
    expect(table.hosts).toEqual(['a.com']);
  });
});

describe('the table', () => {
  it('has the entries of one host after the other, and their hosts in that order', () => {
    const { table } = compileRoutes([
      route('a', [
        rule(0, prefix('/foo/'), { host: 'a.com' }),
        rule(1, { path: { type: 'Exact', value: '/foo' } }, { host: 'a.com' }),
        rule(2, expression('/.*'), { host: '*.a.com' }),
        rule(3, prefix('/')),
      ]),
    ]);
    expect(table.hosts).toEqual(['*', '*.a.com', 'a.com']);
    expect(
      table.entries.map(({ rule: of, path }) => [table.hosts[table.rules[of]?.host ?? -1], path]),
    ).toEqual([
      ['*', '/'],
      ['*.a.com', '/.*'],
      ['a.com', '/foo'],
      ['a.com', '/foo/'],
    ]);
  });

  it('names the default backend of a host where the objects with rules for it have one', () => {
    const defaultBackend = { field: 'spec.defaultBackend', backends: [] };
    const { table } = compileRoutes([
      route('a', [rule(0, prefix('/'), { host: 'a.com' })]),
      route('b', [rule(0, prefix('/'), { host: 'constructor' })], { defaultBackend }),
    ]);
    expect(table.hostDefaultBackends).toEqual({ constructor: 0 });
  });

  it('has what rules agree on once', () => {
    const backend = { group: '', kind: 'Service', namespace: 'default', weight: 1 };
    const [cart, mail] = ['cart', 'mail'].map((name) => [{ ...backend, name }]);
    const { table } = compileRoutes([
      route('a', [
        rule(0, prefix('/a'), { backends: cart }),
        rule(1, prefix('/b'), { backends: mail }),
      ]),
      route('b', [rule(0, prefix('/c'), { backends: cart })]),
    ]);
    expect(table.actions).toEqual([
      { filters: [], backends: cart },
      { filters: [], backends: mail },
    ]);
    expect(table.rules.map(({ action }) => action)).toEqual([0, 1, 0]);
  });

  it('finds no entry that another one shadows', () => {
    const { table } = compileRoutes([
      route('a', [rule(0, prefix('/foo'))]),
      route('b', [rule(0, prefix('/foo'))]),
    ]);
    expect(table.entries[1]).toMatchObject({ shadowedBy: 0 });
  });

  it('is plain JSON data', () => {
    const { table } = compileRoutes([
      route('a', [
        rule(0, prefix('/__proto__'), { host: 'constructor' }),
        rule(1, expression('/a')),
      ]),
    ]);
    expect(JSON.parse(JSON.stringify(table))).toEqual(table);
  });
});
