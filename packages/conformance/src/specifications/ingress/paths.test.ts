import { portolan, type Portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, messages } from '../../../test/answerer/answerer.ts';
import { backends, ingress, manifest, path, rule, to } from '../../../test/objects/objects.ts';

describe('Ingress: Path types', () => {
  const serving = (rulePath: Readonly<Record<string, unknown>>, annotations = {}): Portolan =>
    portolan(
      manifest(
        backends('shop'),
        ingress({ rules: [rule('foo.bar.com', rulePath)] }, { annotations }),
      ),
    );

  it('a path without a type is refused', () => {
    const app = serving({ path: '/', backend: to('shop') });
    expect(messages(app)).toEqual([expect.stringContaining('pathType must be specified')]);
    expect(answerer(app, 'http://foo.bar.com/')).toBe(404);
  });

  it('a path of a fourth type is refused', () => {
    const app = serving(path('Glob', '/', to('shop')));
    expect(messages(app)).toEqual([
      expect.stringContaining('supported values: "Exact", "ImplementationSpecific", "Prefix"'),
    ]);
  });

  it.each([
    ['/foo/bar', 'shop'],
    ['/foo/bar/', 404],
    ['/foo/bar/baz', 404],
    ['/foo/BAR', 404],
    ['/foo', 404],
  ])('Exact /foo/bar compares the whole path and its case: %s gives %s', (requested, taker) => {
    const app = serving(path('Exact', '/foo/bar', to('shop')));
    expect(answerer(app, `http://foo.bar.com${requested}`)).toBe(taker);
  });

  it.each([
    ['/foo/bar', 'shop'],
    ['/foo/bar/baz', 'shop'],
    ['/foo/barbaz', 404],
    ['/foo/Bar/baz', 404],
    ['/foo', 404],
    ['/baz/foo/bar', 404],
  ])('Prefix /foo/bar compares elements and their case: %s gives %s', (requested, taker) => {
    const app = serving(path('Prefix', '/foo/bar', to('shop')));
    expect(answerer(app, `http://foo.bar.com${requested}`)).toBe(taker);
  });

  it.each([
    ['/foo', 'shop'],
    ['/foo/bar', 'shop'],
    ['/foobar', 404],
  ])(
    'ImplementationSpecific is left open: here /foo is a prefix, so that %s gives %s',
    (requested, taker) => {
      const app = serving(path('ImplementationSpecific', '/foo', to('shop')));
      expect(answerer(app, `http://foo.bar.com${requested}`)).toBe(taker);
    },
  );

  it.each([
    ['/items/12', 'shop'],
    ['/items/twelve', 404],
    ['/all/items/12', 404],
  ])(
    'ImplementationSpecific may be a type of its own: here a regular expression for the whole path, by an annotation, so that %s gives %s',
    (requested, taker) => {
      const app = serving(path('ImplementationSpecific', '/items/[0-9]+', to('shop')), {
        'portolan.dev/implementation-specific': 'RegularExpression',
      });
      expect(answerer(app, `http://foo.bar.com${requested}`)).toBe(taker);
    },
  );
});

describe('Ingress: Examples', () => {
  it.each([
    ['Prefix /', '/', 'Prefix /'],
    ['Prefix /', '/any/other/path', 'Prefix /'],
    ['Exact /foo', '/foo', 'Exact /foo'],
    ['Exact /foo', '/bar', 'the default backend'],
    ['Exact /foo', '/foo/', 'the default backend'],
    ['Exact /foo/', '/foo', 'the default backend'],
    ['Prefix /foo', '/foo', 'Prefix /foo'],
    ['Prefix /foo', '/foo/', 'Prefix /foo'],
    ['Prefix /foo/', '/foo', 'Prefix /foo/'],
    ['Prefix /foo/', '/foo/', 'Prefix /foo/'],
    ['Prefix /aaa/bb', '/aaa/bbb', 'the default backend'],
    ['Prefix /aaa/bbb', '/aaa/bbb', 'Prefix /aaa/bbb'],
    ['Prefix /aaa/bbb/', '/aaa/bbb', 'Prefix /aaa/bbb/'],
    ['Prefix /aaa/bbb', '/aaa/bbb/', 'Prefix /aaa/bbb'],
    ['Prefix /aaa/bbb', '/aaa/bbb/ccc', 'Prefix /aaa/bbb'],
    ['Prefix /aaa/bbb', '/aaa/bbbxyz', 'the default backend'],
    ['Prefix / and Prefix /aaa', '/aaa/ccc', 'Prefix /aaa'],
    ['Prefix / and Prefix /aaa and Prefix /aaa/bbb', '/aaa/bbb', 'Prefix /aaa/bbb'],
    ['Prefix / and Prefix /aaa and Prefix /aaa/bbb', '/ccc', 'Prefix /'],
    ['Prefix /aaa', '/ccc', 'the default backend'],
    ['Prefix /foo and Exact /foo', '/foo', 'Exact /foo'],
  ])('with %s, a request for %s goes to %s', (paths, requested, taker) => {
    const takers = [...paths.split(' and '), 'the default backend'];
    const names = takers.map((_, index) => `taker-${index}`);
    const rulePaths = paths.split(' and ').map((typed, index) => {
      const [pathType = '', value = ''] = typed.split(' ');
      return path(pathType, value, to(`taker-${index}`));
    });
    const app = portolan(
      manifest(
        backends(...names),
        ingress({
          rules: [rule('foo.bar.com', ...rulePaths)],
          defaultBackend: to(names.at(-1) ?? ''),
        }),
      ),
    );
    expect(answerer(app, `http://foo.bar.com${requested}`)).toBe(`taker-${takers.indexOf(taker)}`);
  });
});

describe('Ingress: Multiple matches', () => {
  it.each([
    ['shortest first', ['/', '/aaa', '/aaa/bbb']],
    ['longest first', ['/aaa/bbb', '/aaa', '/']],
    ['longest in the middle', ['/', '/aaa/bbb', '/aaa']],
  ])('the longest matching path goes first, written %s', (_, prefixes) => {
    const nameOf = (prefix: string): string => `taker${prefix.replaceAll('/', '-')}x`;
    const paths = prefixes.map((prefix) => path('Prefix', prefix, to(nameOf(prefix))));
    const app = portolan(
      manifest(
        backends(...prefixes.map(nameOf)),
        ingress({ rules: [rule('foo.bar.com', ...paths)] }),
      ),
    );
    expect(answerer(app, 'http://foo.bar.com/aaa/bbb/ccc')).toBe(nameOf('/aaa/bbb'));
    expect(answerer(app, 'http://foo.bar.com/aaa/ccc')).toBe(nameOf('/aaa'));
    expect(answerer(app, 'http://foo.bar.com/ccc')).toBe(nameOf('/'));
  });

  it.each([
    ['Exact', 'Prefix'],
    ['Prefix', 'Exact'],
  ])('of equal paths the Exact one goes first, written %s before %s', (...types) => {
    const paths = types.map((pathType) => path(pathType, '/foo', to(pathType.toLowerCase())));
    const app = portolan(
      manifest(backends('exact', 'prefix'), ingress({ rules: [rule('foo.bar.com', ...paths)] })),
    );
    expect(answerer(app, 'http://foo.bar.com/foo')).toBe('exact');
    expect(answerer(app, 'http://foo.bar.com/foo/bar')).toBe('prefix');
  });
});
