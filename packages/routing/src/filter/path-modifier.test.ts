import { describe, expect, it } from 'vitest';

import { modifyPath } from './path-modifier.ts';

describe('ReplacePrefixMatch', () => {
  it.each([
    ['/foo/bar', '/foo', '/xyz', '/xyz/bar'],
    ['/foo/bar', '/foo', '/xyz/', '/xyz/bar'],
    ['/foo/bar', '/foo/', '/xyz', '/xyz/bar'],
    ['/foo/bar', '/foo/', '/xyz/', '/xyz/bar'],
    ['/foo', '/foo', '/xyz', '/xyz'],
    ['/foo/', '/foo', '/xyz', '/xyz/'],
    ['/foo/bar', '/foo', '', '/bar'],
    ['/foo/', '/foo', '', '/'],
    ['/foo', '/foo', '', '/'],
    ['/foo/', '/foo', '/', '/'],
    ['/foo', '/foo', '/', '/'],
    ['/bar', '/', '/xyz', '/xyz/bar'],
    ['/', '/', '/', '/'],
  ])(
    'makes of %s, matched by %s, with %j in its place, %s',
    (path, prefix, replacement, result) => {
      expect(
        modifyPath({ type: 'ReplacePrefixMatch', replacePrefixMatch: replacement }, path, prefix),
      ).toBe(result);
    },
  );
});

describe('ReplaceFullPath', () => {
  it('replaces the whole path', () => {
    expect(modifyPath({ type: 'ReplaceFullPath', replaceFullPath: '/one' }, '/a/b', '/a')).toBe(
      '/one',
    );
  });
});
