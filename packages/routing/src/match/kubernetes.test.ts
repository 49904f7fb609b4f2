import { describe, expect, it } from 'vitest';

import type { PathMatch } from '../route/route.ts';
import { compileRoutes } from '../table/compile.ts';
import { matchRoute } from './match.ts';

/** The value of the path that takes the request, `undefined` for none. */
function taker(
  paths: readonly PathMatch[],
  path: string,
  hosts: { readonly rule?: string; readonly request: string } = { request: 'example.com' },
): PathMatch | undefined {
  const { table } = compileRoutes([
    {
      source: { kind: 'Ingress', namespace: 'default', name: 'table' },
      rules: paths.map((value, index) => ({
        field: `spec.rules[0].http.paths[${index}]`,
        ...(hosts.rule !== undefined && { host: hosts.rule }),
        matches: [{ path: value }],
        backends: [],
      })),
    },
  ]);
  const match = matchRoute(table, {
    method: 'GET',
    scheme: 'http',
    host: hosts.request,
    path,
    query: '',
    headers: { get: () => null },
  });
  return match.outcome === 'matched' ? match.pathMatch : undefined;
}

const prefix = (value: string): PathMatch => ({ type: 'PathPrefix', value });
const exact = (value: string): PathMatch => ({ type: 'Exact', value });

// Source: Kubernetes documentation, Ingress, "Examples" under "Path types".
describe("the Kubernetes documentation's table of paths", () => {
  it.each<[readonly PathMatch[], string, PathMatch | undefined]>([
    [[prefix('/')], '/', prefix('/')],
    [[prefix('/')], '/any/path', prefix('/')],
    [[exact('/foo')], '/foo', exact('/foo')],
    [[exact('/foo')], '/bar', undefined],
    [[exact('/foo')], '/foo/', undefined],
    [[exact('/foo/')], '/foo', undefined],
    [[prefix('/foo')], '/foo', prefix('/foo')],
    [[prefix('/foo')], '/foo/', prefix('/foo')],
    [[prefix('/foo/')], '/foo', prefix('/foo/')],
    [[prefix('/foo/')], '/foo/', prefix('/foo/')],
    [[prefix('/aaa/bb')], '/aaa/bbb', undefined],
    [[prefix('/aaa/bbb')], '/aaa/bbb', prefix('/aaa/bbb')],
    [[prefix('/aaa/bbb/')], '/aaa/bbb', prefix('/aaa/bbb/')],
    [[prefix('/aaa/bbb')], '/aaa/bbb/', prefix('/aaa/bbb')],
    [[prefix('/aaa/bbb')], '/aaa/bbb/ccc', prefix('/aaa/bbb')],
    [[prefix('/aaa/bbb')], '/aaa/bbbxyz', undefined],
    [[prefix('/'), prefix('/aaa')], '/aaa/ccc', prefix('/aaa')],
    [[prefix('/'), prefix('/aaa'), prefix('/aaa/bbb')], '/aaa/bbb', prefix('/aaa/bbb')],
    [[prefix('/'), prefix('/aaa'), prefix('/aaa/bbb')], '/ccc', prefix('/')],
    [[prefix('/aaa')], '/ccc', undefined],
    [[prefix('/foo'), exact('/foo')], '/foo', exact('/foo')],
  ])('%j and a request for %s: %j', (paths, path, expected) => {
    expect(taker(paths, path)).toEqual(expected);
  });

  it('gives /foo/ priority over /foo where both are there', () => {
    // Source: Kubernetes API reference, PathType v1 networking.k8s.io.
    expect(taker([prefix('/foo'), prefix('/foo/')], '/foo')).toEqual(prefix('/foo/'));
    expect(taker([prefix('/foo'), prefix('/foo/')], '/foo/bar')).toEqual(prefix('/foo/'));
  });

  it('compares paths with regard to case', () => {
    expect(taker([prefix('/foo'), exact('/foo')], '/FOO')).toBeUndefined();
  });
});

// Source: Kubernetes documentation, Ingress, "Hostname wildcards".
describe("the Kubernetes documentation's table of wildcard hosts", () => {
  it.each([
    ['*.foo.com', 'bar.foo.com', true],
    ['*.foo.com', 'baz.bar.foo.com', false],
    ['*.foo.com', 'foo.com', false],
  ])('%s and a request for %s: %s', (rule, request, matches) => {
    expect(taker([prefix('/')], '/', { rule, request }) !== undefined).toBe(matches);
  });
});
