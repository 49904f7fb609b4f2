import { normalizePath } from '@portolan/routing';
import { describe, expect, it } from 'vitest';

import { isHost } from './host.ts';
import { requestTarget, type TargetParts } from './request-target.ts';

function read(target: string, parts: Partial<TargetParts> = {}): unknown {
  const given = { method: 'GET', scheme: 'http', host: 'shop.example', local: '[::1]:80' } as const;
  const found = requestTarget({ ...given, target, ...parts });
  if (found === '*' || 'reason' in found) return found;
  return { ...found, url: found.url.href };
}

/** The path that a URL carries instead of the given one; `undefined` where it is refused. */
function carried(path: string): string | undefined {
  const found = requestTarget({
    method: 'GET',
    target: path,
    scheme: 'http',
    host: 'a',
    local: '',
  });
  return found === '*' || 'reason' in found ? undefined : found.url.pathname;
}

const invalid = { status: 400, reason: 'InvalidTarget' };

describe('a request target', () => {
  it.each([
    ['/', 'http://shop.example/'],
    ['/a?b', 'http://shop.example/a?b'],
    ['/a?', 'http://shop.example/a?'],
    ['//evil.example/a', 'http://shop.example//evil.example/a'],
    ['/http://evil.example/', 'http://shop.example/http://evil.example/'],
    ['/a%2Fb;c=d,e@f:g', 'http://shop.example/a%2Fb;c=d,e@f:g'],
    ['/%zz%', 'http://shop.example/%zz%'],
    ['/a/../b/./c', 'http://shop.example/b/c'],
    ['/a{b}', 'http://shop.example/a%7Bb%7D'],
    ["/a?b='c'", 'http://shop.example/a?b=%27c%27'],
    ['/a?b=/../?c', 'http://shop.example/a?b=/../?c'],
  ])('%s is %s', (target, url) => {
    expect(read(target)).toEqual({ url, host: 'shop.example' });
  });

  it.each([
    ['http://other.example/a?b', 'http://other.example/a?b', 'other.example'],
    ['HTTP://other.example:8080', 'http://other.example:8080/', 'other.example:8080'],
    ['http://other.example?b', 'http://other.example/?b', 'other.example'],
    ['http://[::1]:8080/', 'http://[::1]:8080/', '[::1]:8080'],
  ])('%s is %s, whatever Host says', (target, url, host) => {
    expect(read(target)).toEqual({ url, host });
  });

  it('is known by the address that was connected to where there is no Host', () => {
    expect(read('/a', { host: undefined })).toEqual({ url: 'http://[::1]/a' });
  });

  it('is * for OPTIONS alone, or the absolute form without a path', () => {
    expect(read('*', { method: 'OPTIONS' })).toBe('*');
    expect(read('http://other.example', { method: 'OPTIONS' })).toBe('*');
    expect(read('/', { method: 'OPTIONS' })).toMatchObject({ url: 'http://shop.example/' });
    expect(read('*')).toEqual(invalid);
  });

  it.each([
    '',
    'a',
    '?a',
    '*/a',
    'shop.example:80',
    'http:/a',
    'http:a',
    'http://',
    'http:///a',
    'http://a:b@shop.example/',
    'http://@shop.example/',
    'http://127.1/',
    'http://shop.example:99999/',
    'http://shop.example#a',
    'ftp://shop.example/',
    '/a#b',
    '/a?b#c',
    '/a\\b',
    '/\\evil.example',
    '/a//../b',
    '/a/%2e%2E//b',
    '/%/..',
    '/%00/..',
    '/a?b="c"',
    '/a?<b>',
  ])('is refused as %j', (target) => {
    expect(read(target)).toEqual(invalid);
  });

  it('of another scheme than the connection is misdirected', () => {
    const misdirected = { status: 421, reason: 'MisdirectedRequest' };
    expect(read('https://shop.example/')).toEqual(misdirected);
    expect(read('http://shop.example/', { scheme: 'https' })).toEqual(misdirected);
  });

  it('is carried so that the routing makes the same of it, or refused', () => {
    const parts = [
      '/',
      '//',
      '.',
      '..',
      '%2e',
      '%2E',
      'a',
      '%41',
      '%2F',
      '\\',
      '{',
      '"',
      '|',
      '%',
      ':',
    ];
    let altered = 0;
    for (const path of sequences(parts, 4).map((text) => `/${text}`)) {
      const through = carried(path);
      if (through === undefined || through === path) continue;
      altered += 1;
      expect([path, normalizePath(through)]).toEqual([path, normalizePath(path)]);
    }
    expect(altered).toBeGreaterThan(1000);
  });
});

/** All texts of up to so many of the parts. */
function sequences(parts: readonly string[], length: number): string[] {
  if (length === 0) return [''];
  const shorter = sequences(parts, length - 1);
  return ['', ...shorter.flatMap((rest) => parts.map((part) => part + rest))];
}

describe('a host', () => {
  it.each([
    'shop.example',
    'SHOP.example',
    'shop.example.',
    'shop.example:8080',
    'shop.example:',
    'my_shop',
    'localhost',
    '127.0.0.1',
    '127.0.0.1:80',
    '[::1]',
    '[2001:DB8:0::1]:8080',
    'xn--bcher-kva.example',
  ])('is %s', (text) => expect(isHost(text)).toBe(true));

  it.each([
    '',
    ' ',
    'a b',
    'a/b',
    'a?b',
    'a#b',
    'a@b',
    'a\\b',
    'a,b c',
    'a:b',
    'a:1:2',
    'a:99999',
    ':80',
    '::1',
    '[::1',
    '[::1]a',
    '[shop]',
    '[fe80::1%25eth0]',
    '127.1',
    '0x7f.1',
    '2130706433',
    '127.0.0.1.',
    '1.2.3.4.5',
    'ex%61mple',
    'b\u00fccher.example',
  ])('is not %j', (text) => expect(isHost(text)).toBe(false));
});

describe('a target that needs no URL to be read', () => {
  const hosts = [
    'shop.example',
    'SHOP.Example:80',
    'a:443',
    'a-b.c9:8080',
    '9a.b',
    'a.9b',
    '1.2.3.4',
    'xn--a',
  ];
  const targets = [
    '/',
    '/a',
    '/a/',
    '/a?',
    '/a?b=/?',
    '/%41%zz',
    "/'",
    "/?'",
    '/a/.b',
    '/a/..',
    '//a',
    '/;@:&=+$,~!*()',
  ];

  it.each(hosts.flatMap((host) => targets.map((target) => [host, target] as const)))(
    'is what a URL says of it: %s %s',
    (host, target) => {
      for (const scheme of ['http', 'https'] as const) {
        const found = requestTarget({ method: 'GET', target, scheme, host, local: '[::1]' });
        if (found === '*' || 'reason' in found || !URL.canParse(`${scheme}://${host}`)) continue;
        const {
          host: named,
          href,
          pathname,
          port,
          protocol,
          search,
        } = new URL(`${scheme}://${host}${target}`);
        expect(found.url).toMatchObject({ host: named, href, pathname, port, protocol, search });
      }
    },
  );
});
