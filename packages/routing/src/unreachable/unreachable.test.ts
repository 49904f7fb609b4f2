import { describe, expect, it } from 'vitest';

import type { Match, Route, Rule } from '../route/route.ts';
import { compileRoutes } from '../table/compile.ts';
import { unreachableRules } from './unreachable.ts';

function rule(match: Match | undefined, host = 'shop.example'): Rule {
  const matches = match ? [match] : [];
  return { field: 'rule', ...(host !== '' && { host }), matches, backends: [] };
}

function route(name: string, rules: readonly Rule[], more: Partial<Route> = {}): Route {
  return { source: { kind: 'Ingress', namespace: 'shop', name }, rules, ...more };
}

const exact = (value: string): Match => ({ path: { type: 'Exact', value } });
const prefix = (value: string): Match => ({ path: { type: 'PathPrefix', value } });
const expression = (value: string): Match => ({ path: { type: 'RegularExpression', value } });
const withHeader = (name: string, value: string): Match => ({
  ...prefix('/'),
  headers: [{ type: 'Exact', name, value }],
});
const withDefault = { defaultBackend: { field: 'default', backends: [] } };

/** What is unreachable, entries by their paths and default backends by their objects. */
function unreachable(routes: readonly Route[], limit?: number): readonly unknown[] {
  const { table } = compileRoutes(routes);
  const pathOf = (index: number): string | undefined => table.entries[index]?.path;
  const nameOf = (index: number): string | undefined => table.defaultBackends[index]?.source.name;
  return unreachableRules(table, limit === undefined ? {} : { limit }).map((found) => ({
    ...(found.kind === 'entry'
      ? { path: pathOf(found.entry) }
      : {
          defaultBackendOf: nameOf(found.defaultBackend),
          askedBefore: found.askedBefore.map(nameOf),
        }),
    takers: found.takers.map(pathOf),
    ...(!found.proved && { proved: false }),
  }));
}

function unreachableAmong(matches: readonly Match[], limit?: number): readonly unknown[] {
  return unreachable(
    [
      route(
        'a',
        matches.map((match) => rule(match)),
      ),
    ],
    limit,
  );
}

describe('a rule that never wins', () => {
  it('is named with the longer expression that takes all of its requests', () => {
    expect(unreachableAmong([prefix('/api'), expression('/api(/.*)?')])).toEqual([
      { path: '/api', takers: ['/api(/.*)?'] },
    ]);
  });

  it('is named with all that take its requests together', () => {
    const both = [expression('/(api|web)/.*'), exact('/api'), prefix('/api')];
    expect(unreachableAmong(both)).toEqual([{ path: '/api', takers: ['/api', '/(api|web)/.*'] }]);
  });

  it('may be an expression that exact paths leave nothing', () => {
    const expressions = [expression('/v[12]'), exact('/v1'), exact('/v2')];
    expect(unreachableAmong(expressions)).toEqual([{ path: '/v[12]', takers: ['/v1', '/v2'] }]);
  });

  it('may be a second one for the same requests', () => {
    expect(unreachableAmong([prefix('/a'), prefix('/a')])).toEqual([
      { path: '/a', takers: ['/a'] },
    ]);
    expect(unreachableAmong([prefix('/a'), prefix('/a/')])).toEqual([
      { path: '/a', takers: ['/a/'] },
    ]);
  });

  it('may ask for a method where others take each value of a header', () => {
    const header = (value: string): Match => ({
      path: { type: 'PathPrefix', value: '/orders' },
      headers: [{ type: 'RegularExpression', name: 'x-version', value }],
    });
    const both = [header('1.*'), header('[^1].*|')];
    const one = { ...prefix('/'), ...header('.+'), path: prefix('/orders').path };
    expect(unreachableAmong([...both, one])).toEqual([
      { path: '/orders', takers: ['/orders', '/orders'] },
    ]);
    expect(unreachableAmong([...both, prefix('/orders')])).toEqual([]);
  });

  it.each([
    ['has no leading slash', 'api/.*'],
    ['has two slashes together', '/api//.*'],
    ['has a dot element', '/api/\\./x'],
    ['climbs', '/api/\\.\\./x'],
    ['has an escape of a letter', '/%61pi'],
    ['has an escape in lower case', '/%c3%a9'],
    ['has a character that is always escaped', '/é'],
    ['ends before it is over', '/api$/x'],
    ['starts in the middle', '/api^'],
    ['has an empty class', '/api[]'],
    ['is empty', ''],
  ])('fits no request where its expression %s', (_, pattern) => {
    expect(unreachableAmong([expression(pattern), prefix('/')])).toEqual([
      { path: pattern, takers: [] },
    ]);
  });

  it.each([
    ['a value with a line break', 'x-a', 'a\nb'],
    ['a value with a blank in front', 'x-a', ' a'],
    ['a name that is no token', 'x a', 'a'],
  ])('fits no request where it asks for a header with %s', (_, name, value) => {
    expect(unreachableAmong([withHeader(name, value)])).toEqual([{ path: '/', takers: [] }]);
  });

  it('fits no request where its host has a label that no name can have', () => {
    const host = `${'a'.repeat(64)}.example`;
    expect(unreachable([route('a', [rule(prefix('/'), host)])])).toEqual([
      { path: '/', takers: [] },
    ]);
  });

  it('is not one that wins for one request only', () => {
    expect(unreachableAmong([prefix('/api'), expression('/api/.*')])).toEqual([]);
    expect(unreachableAmong([prefix('/api'), expression('/api(/.+)?')])).toEqual([]);
    expect(unreachableAmong([prefix('/'), expression('/.+')])).toEqual([]);
    const cookie: Match = withHeader('cookie', 'a=1; b=2');
    expect(unreachableAmong([prefix('/'), cookie])).toEqual([]);
  });

  it('is not one that another host takes the requests of', () => {
    expect(
      unreachable([
        route('a', [
          rule(prefix('/'), 'www.shop.example'),
          rule(prefix('/'), '*.shop.example'),
          rule(prefix('/'), ''),
        ]),
      ]),
    ).toEqual([]);
  });
});

describe('where the requests of a host are too many to tell apart', () => {
  const many = Array.from({ length: 12 }, (_, index) => withHeader(`x-${index}`, 'a'));
  const limit = 500;

  it('every rule that wins for what it asks itself is known to win', () => {
    expect(unreachableAmong(many, limit)).toEqual([]);
  });

  it('so it is on each of many hosts, though the common steps are used up', () => {
    const routes = Array.from({ length: 30 }, (_, index) =>
      route(
        `r${index}`,
        many.map((match) => rule(match, `h${index}.example`)),
      ),
    );
    expect(unreachable(routes, limit)).toEqual([]);
  });

  it('a rule is still proved to be unreachable if those that take its requests are few', () => {
    const lists = [...many, exact('/a'), expression('/a')];
    expect(unreachableAmong(lists, limit)).toEqual([{ path: '/a', takers: ['/a'] }]);
  });

  it('a second rule for the same requests is proved to be one', () => {
    expect(unreachableAmong([...many, withHeader('x-3', 'a')], limit)).toEqual([
      { path: '/', takers: ['/'] },
    ]);
  });

  it('a rule is possibly unreachable where no request was found that it takes', () => {
    const pattern = '/.*a.{18}';
    expect(unreachableAmong([expression(pattern), expression('/.*b')], limit)).toEqual([
      { path: pattern, takers: [], proved: false },
    ]);
  });

  it('a rule is looked at with its takers alone before it is called possibly unreachable', () => {
    const others = [expression('/.*a.{18}'), exact('/c'), expression('/[cd]')];
    expect(unreachableAmong(others, limit)).toEqual([
      { path: '/.*a.{18}', takers: [], proved: false },
    ]);
  });

  it('so may a rule be that asks for a header', () => {
    const match: Match = {
      ...prefix('/'),
      headers: [{ type: 'RegularExpression', name: 'x', value: '.{900}' }],
    };
    expect(unreachableAmong([match], limit)).toEqual([{ path: '/', takers: [], proved: false }]);
    expect(unreachableAmong([match])).toEqual([]);
  });

  it('and a default backend', () => {
    const rules = [rule(expression('/.{0,40}'), ''), rule(expression('/.{60,}'), '')];
    expect(unreachable([route('a', rules, withDefault)], limit)).toContainEqual({
      defaultBackendOf: 'a',
      askedBefore: [],
      takers: ['/.{0,40}'],
      proved: false,
    });
    expect(unreachable([route('a', rules, withDefault)])).toEqual([]);
  });
});

describe('a default backend that answers no request', () => {
  it('is named with the one of an older object that is asked at its hosts, and the one asked elsewhere', () => {
    expect(
      unreachable([
        route('a', [rule(prefix('/a'))], withDefault),
        route('b', [rule(prefix('/b'))], withDefault),
        route('all', [], withDefault),
      ]),
    ).toEqual([{ defaultBackendOf: 'b', askedBefore: ['all', 'a'], takers: [] }]);
  });

  it('is named with the rules that take every request where it is asked', () => {
    expect(
      unreachable([route('all', [], withDefault), route('b', [rule(prefix('/'))], withDefault)]),
    ).toEqual([{ defaultBackendOf: 'b', askedBefore: ['all'], takers: ['/'] }]);
  });

  it('is the only one where a rule takes every request of every host', () => {
    expect(unreachable([route('a', [rule(prefix('/'), '')], withDefault)])).toEqual([
      { defaultBackendOf: 'a', askedBefore: [], takers: ['/'] },
    ]);
  });

  it('is not one at whose host no path is given', () => {
    expect(
      unreachable([
        route('all', [], withDefault),
        route('b', [rule(undefined)], withDefault),
        route('every', [rule(prefix('/'), '')]),
      ]),
    ).toEqual([{ defaultBackendOf: 'all', askedBefore: [], takers: ['/'] }]);
  });
});
