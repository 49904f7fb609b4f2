import { describe, expect, it } from 'vitest';

import type { Match } from '../route/route.ts';
import { compileRoutes } from '../table/compile.ts';
import type { RegionRequest } from './region.ts';
import { regionsOf } from './regions.ts';

/** The request that stands for those that fit all of `matches`. */
function witness(matches: readonly Match[], host?: string): RegionRequest | undefined {
  const rules = [{ field: 'rule', ...(host && { host }), matches, backends: [] }];
  const source = { kind: 'Ingress', namespace: 'shop', name: 'a' };
  const { regions } = regionsOf([compileRoutes([{ source, rules }]).table]);
  return regions.find(({ fitting }) => fitting[0]?.length === matches.length)?.request;
}

const exact = (value: string): Match => ({ path: { type: 'Exact', value } });
const prefix = (value: string): Match => ({ path: { type: 'PathPrefix', value } });
const expression = (value: string): Match => ({ path: { type: 'RegularExpression', value } });

describe('the request that stands for a region', () => {
  it.each([
    ['the path itself', [prefix('/api'), prefix('/')], '/api'],
    ['the path itself', [exact('/api/'), prefix('/api')], '/api/'],
    ['any element', [expression('/users/[^/]+/orders')], '/users/any/orders'],
    ['any elements', [expression('/[^/]+/[^/]+')], '/any/any'],
    ['a digit', [expression('/users/\\d+')], '/users/0'],
    ['any file', [expression('/.*\\.php')], '/any.php'],
    ['the shorter alternative', [expression('/(?:checkout|cart)')], '/cart'],
    ['an escape that is known', [expression('/%..')], '/%20'],
    ['what all of them fit', [prefix('/a'), expression('.*/b/.*'), expression('.*z')], '/a/b/z'],
  ])('has %s for its path', (_, matches, path) => {
    expect(witness(matches)?.path).toBe(path);
  });

  it.each([
    [undefined, 'other.example'],
    ['shop.example', 'shop.example'],
    ['*.shop.example', 'any.shop.example'],
  ])('has for a rule for %s the host %s', (host, expected) => {
    expect(witness([prefix('/')], host)?.host).toBe(expected);
  });

  it('is a GET with no header and no query where none is asked for', () => {
    expect(witness([prefix('/')])).toMatchObject({ method: 'GET', headers: {}, query: '' });
  });

  it('has just the method, headers and query parameters that are asked for', () => {
    const match: Match = {
      ...prefix('/'),
      method: 'DELETE',
      headers: [
        { type: 'Exact', name: 'X-Env', value: 'canary' },
        { type: 'RegularExpression', name: 'X-Any', value: '.*' },
        { type: 'RegularExpression', name: 'X-Version', value: 'v\\d+' },
      ],
      queryParams: [{ type: 'Exact', name: 'full name', value: 'A & B' }],
    };
    expect(witness([match])).toMatchObject({
      method: 'DELETE',
      headers: { 'x-any': 'any', 'x-env': 'canary', 'x-version': 'v0' },
      query: 'full%20name=A%20%26%20B',
    });
  });
});

describe('regions that are too many', () => {
  it('are returned as far as they were found, and said to be incomplete', () => {
    const matches = Array.from({ length: 12 }, (_, index): Match => ({
      ...prefix('/'),
      headers: [{ type: 'Exact', name: `x-${index}`, value: 'a' }],
    }));
    const source = { kind: 'Ingress', namespace: 'shop', name: 'a' };
    const rules = [{ field: 'rule', matches, backends: [] }];
    const { table } = compileRoutes([{ source, rules }]);
    const { regions, complete } = regionsOf([table], { limit: 500 });
    expect(complete).toBe(false);
    expect(regions.map(({ fitting }) => fitting[0])).toEqual([
      [],
      ...matches.map((_, index) => [index]),
    ]);
    expect(regionsOf([table])).toMatchObject({ complete: true, regions: { length: 2 ** 12 } });
  });

  it('may have texts of any length', () => {
    const path = `/${'b'.repeat(150_000)}`;
    const source = { kind: 'Ingress', namespace: 'shop', name: 'a' };
    const rules = [{ field: 'rule', matches: [exact(path), expression('/b+')], backends: [] }];
    const { regions } = regionsOf([compileRoutes([{ source, rules }]).table], { limit: 1e8 });
    expect(regions.map(({ request }) => request.path)).toContain(path);
  });
});
