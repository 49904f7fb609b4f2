import { describe, expect, it } from 'vitest';

import { compileRegularExpression } from '../regular-expression/compile.ts';
import type { PathMatcher } from './path-class.ts';
import { pathClasses } from './path-class.ts';

const exact = (path: string): PathMatcher => ({ type: 'Exact', path });
const prefix = (path: string): PathMatcher => ({ type: 'PathPrefix', path });

function expression(path: string): PathMatcher {
  const compiled = compileRegularExpression(path);
  if ('error' in compiled) throw new Error(compiled.error);
  return { type: 'RegularExpression', path, program: compiled.program };
}

/** Paths, each with what the matchers that fit it ask. */
function classesOf(matchers: readonly PathMatcher[], left = 100_000): Record<string, unknown> {
  const { classes } = pathClasses(matchers, { left });
  return Object.fromEntries(
    classes.map(({ path, fits }) => [path, fits.map((index) => matchers[index]?.path)]),
  );
}

describe('the classes of paths', () => {
  it('have each exact path, each prefix, and a path that none fits', () => {
    expect(classesOf([prefix('/a'), prefix('/a/b'), exact('/a/b/c')])).toEqual({
      '/a/b/c': ['/a/b/c', '/a/b', '/a'],
      '/a': ['/a'],
      '/a/b': ['/a/b', '/a'],
      '/': [],
    });
  });

  it('have a path with an element that nobody names where the shorter ones are taken', () => {
    const taken = [exact('/a'), exact('/a/'), exact('/a/any'), prefix('/a/any2')];
    expect(classesOf([prefix('/a'), ...taken])).toMatchObject({ '/a/any3': ['/a'] });
    expect(classesOf([exact('/'), exact('/any')])).toMatchObject({ '/any2': [] });
  });

  it('tell a prefix with and without a trailing slash apart where an expression does', () => {
    expect(classesOf([prefix('/a'), expression('.*/')])).toEqual({
      '/a': ['/a'],
      '/a/': ['/a', '.*/'],
      '/': ['.*/'],
      '/any': [],
    });
  });

  it('have the path that expressions leave, however rare', () => {
    expect(classesOf([expression('/[^%]*')])).toEqual({ '/': ['/[^%]*'], '/%20': [] });
    expect(classesOf([expression('/(.{0,5}|.{7,})')])).toMatchObject({ '/aaaaaa': [] });
  });

  it('look for boundaries of words where expressions ask for them', () => {
    expect(classesOf([expression('/.*a\\b.*b')])).toMatchObject({ '/a-b': ['/.*a\\b.*b'] });
    expect(classesOf([expression('/.*a\\B.*b')])).toMatchObject({ '/ab': ['/.*a\\B.*b'] });
  });

  it('are incomplete where they take too many steps, and have the paths that rules write all the same', () => {
    const matchers = [expression('/.*a.{18}'), expression('/b+'), exact('/c')];
    expect(pathClasses(matchers, { left: 100 }).complete).toBe(false);
    expect(classesOf(matchers, 100)).toMatchObject({ '/b': ['/b+'], '/c': ['/c'], '/': [] });
  });
});
