import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { normalizePath } from './path.ts';

describe('normalizePath', () => {
  it.each([
    ['', '/', 'an empty path is the root'],
    ['/', '/', 'the root'],
    ['/%7Euser/%41%2d%5F%2E1', '/~user/A-_.1', 'escaped unreserved characters are decoded'],
    ['/a%2fb', '/a%2Fb', 'an escaped slash stays escaped, in upper case'],
    ['/a%5cb', '/a%5Cb', 'so does an escaped backslash'],
    ['/a%3bb%2C', '/a%3Bb%2C', 'escaped reserved characters stay as they are'],
    ['/%252e', '/%252e', 'only one layer of escapes is looked at'],
    ['/a//b///c', '/a/b/c', 'consecutive slashes become one'],
    ['/a/./b/../c', '/a/c', 'dot segments are removed'],
    ['/a/%2e%2E/b/%2e/c', '/b/c', 'escaped ones too'],
    ['/a/.%2e/b', '/b', 'and half escaped ones'],
    ['/../../a', '/a', 'the root is not climbed above'],
    ['/a//../b', '/b', 'slashes are merged before dot segments are removed'],
    ['/a/b/..', '/a/', 'a dot segment at the end leaves a slash'],
    ['/a/b/.', '/a/b/', 'so does a single dot'],
    ['/a/..', '/', 'up to the root'],
    ['/a/', '/a/', 'a trailing slash stays'],
    ['/a//', '/a/', 'and there is only one'],
    ['/.well-known/...', '/.well-known/...', 'dots within names are names'],
    ['/a b"<>[]^`{|}', '/a%20b%22%3C%3E%5B%5D%5E%60%7B%7C%7D', 'other characters are escaped'],
    ['/a?b#c', '/a%3Fb%23c', 'a query or fragment is none inside a path'],
    ['/é/😀', '/%C3%A9/%F0%9F%98%80', 'beyond ASCII as UTF-8'],
    ['/\t\n\u007f', '/%09%0A%7F', 'control characters too'],
    ["/-._~!$&'()*+,;=:@", "/-._~!$&'()*+,;=:@", 'what may stand in a path stands'],
    ['/%ff', '/%FF', 'escapes need not be UTF-8'],
  ])('%s becomes %s: %s', (path, normalized) => {
    expect(normalizePath(path)).toBe(normalized);
  });

  it.each([
    ['a', 'no leading slash'],
    ['*', 'the asterisk form'],
    ['/a\\b', 'a backslash'],
    ['/%', 'an escape cut short'],
    ['/%4', 'an escape cut short'],
    ['/%zz', 'an escape that is none'],
    ['/% 1', 'an escape that is none'],
    ['/a%00', 'an escaped NUL'],
    ['/a\0', 'a raw NUL'],
    ['/\ud800', 'a lone surrogate'],
    ['/\udc00a', 'a lone surrogate'],
  ])('refuses %j: %s', (path) => {
    expect(normalizePath(path)).toBeUndefined();
  });

  const paths = fc
    .array(
      fc.constantFrom(
        '/',
        '/',
        '.',
        '..',
        'a',
        'B',
        '~',
        '%',
        '%2',
        '%2e',
        '%2F',
        '%41',
        '%c3',
        '%00',
        '\\',
        ' ',
        'é',
        '%25',
        '*',
        ';',
      ),
      { maxLength: 12 },
    )
    .map((parts) => `/${parts.join('')}`);

  it('changes nothing when done twice', () => {
    fc.assert(
      fc.property(paths, (path) => {
        const once = normalizePath(path);
        expect(normalizePath(once ?? '/')).toBe(once ?? '/');
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with a naive reading of RFC 3986', () => {
    fc.assert(
      fc.property(paths, (path) => {
        expect(normalizePath(path)).toBe(naive(path));
      }),
      { numRuns: 300 },
    );
  });
});

/** Step by step, each over the whole path. */
function naive(path: string): string | undefined {
  if (/\\|%(?![\da-f]{2})|%00/iu.test(path)) return undefined;
  let result = path
    .replaceAll(/%[\da-f]{2}/giu, (escape) => {
      const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
      return /[\w.~-]/u.test(character) ? character : escape.toUpperCase();
    })
    .replaceAll(/[^\w.~!$&'()*+,;=:@/%-]/gu, encodeURIComponent)
    .replaceAll(/\/+/gu, '/');
  for (let before = ''; before !== result;) {
    before = result;
    result = result.replace(/\/\.(?=\/|$)/u, (_, at) => (at + 2 === result.length ? '/' : ''));
    result = result.replace(/(^|\/[^/]*)\/\.\.(?=\/|$)/u, (match, _, at) =>
      at + match.length === result.length ? '/' : '',
    );
  }
  return result;
}
