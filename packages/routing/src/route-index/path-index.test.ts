import { describe, expect, it } from 'vitest';

import { firstPath, indexPaths, type IndexedPath, type PathIndex } from './path-index.ts';
import type { Taker } from './taker.ts';

/** Of one length; the first two have one hash. */
const [FIRST, TWIN, OTHER] = ['/ztqxge', '/bihouf', '/aaaaaa'] as const;

function index(exact: readonly string[], prefixes: readonly string[]): PathIndex {
  return indexPaths(
    new Map(exact.map((path) => [path, takerOf('Exact', path)])),
    new Map(prefixes.map((path) => [path, takerOf('PathPrefix', path)])),
  );
}

function takerOf(type: 'Exact' | 'PathPrefix', path: string): Taker {
  return {
    entry: { rule: 0, type, path },
    match: {
      outcome: 'matched',
      source: { kind: 'Ingress', namespace: 'default', name: 'web' },
      field: '',
      pathMatch: { type, value: path },
      filters: [],
      backends: [],
      path: '',
    },
    next: undefined,
  };
}

/** In the order in which they are asked. */
function asked(paths: PathIndex, path: string): readonly string[] {
  const found: string[] = [];
  for (let at: IndexedPath | undefined = firstPath(paths, path); at !== undefined; at = at.above) {
    const { type, path: written } = at.first.entry;
    found.push(`${type === 'Exact' ? '=' : ''}${written}`);
  }
  return found;
}

describe('the paths that are asked', () => {
  it('are the same, and then the prefixes that it is below, the longest first', () => {
    const paths = index(['/a/b', '/a/b/'], ['', '/a', '/a/b/c', '/a/b']);
    expect(asked(paths, '/a/b')).toEqual(['=/a/b', '/a/b', '/a', '']);
    expect(asked(paths, '/a/b/')).toEqual(['=/a/b/', '/a/b', '/a', '']);
    expect(asked(paths, '/a/b/c/d/e')).toEqual(['/a/b/c', '/a/b', '/a', '']);
    expect(asked(paths, '/a/bc')).toEqual(['/a', '']);
    expect(asked(paths, '/')).toEqual(['']);
  });

  it('are none where there is none', () => {
    expect(asked(index([], []), '/a')).toEqual([]);
    expect(asked(index(['/a'], ['/a/b']), '/b')).toEqual([]);
    expect(asked(index(['/a'], []), '/a/b')).toEqual([]);
  });

  it('are told apart where two have one hash', () => {
    const paths = index([FIRST, TWIN], [FIRST, TWIN]);
    expect(asked(paths, FIRST)).toEqual([`=${FIRST}`, FIRST]);
    expect(asked(paths, TWIN)).toEqual([`=${TWIN}`, TWIN]);
    expect(asked(paths, `${FIRST}/a`)).toEqual([FIRST]);
    expect(asked(paths, `${TWIN}/a`)).toEqual([TWIN]);
    expect(asked(paths, OTHER)).toEqual([]);
  });

  it('are the shorter prefixes where a longer one only has the same hash', () => {
    const paths = index([FIRST], ['', FIRST]);
    expect(asked(paths, TWIN)).toEqual(['']);
    expect(asked(paths, `${TWIN}/a`)).toEqual(['']);
  });
});
