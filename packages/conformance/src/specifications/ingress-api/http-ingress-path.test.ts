import { portolan, type Portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, messages } from '../../../test/answerer/answerer.ts';
import { backends, ingress, manifest, path, rule, to } from '../../../test/objects/objects.ts';

describe('Ingress API: HTTPIngressPath', () => {
  const serving = (...paths: readonly Readonly<Record<string, unknown>>[]): Portolan =>
    portolan(manifest(backends('one', 'two'), ingress({ rules: [rule('foo.bar.com', ...paths)] })));

  it.each([
    ['Exact', 'foo'],
    ['Exact', ''],
    ['Prefix', 'foo'],
    ['Prefix', ''],
  ])('a path of type %s begins with a slash: "%s" is refused', (pathType, value) => {
    expect(messages(serving(path(pathType, value, to('one'))))).toEqual([
      expect.stringContaining('spec.rules[0].http.paths[0].path'),
    ]);
  });

  it('a path of type ImplementationSpecific may be absent: here it then takes every path', () => {
    const app = serving({ pathType: 'ImplementationSpecific', backend: to('one') });
    expect(answerer(app, 'http://foo.bar.com/')).toBe('one');
    expect(answerer(app, 'http://foo.bar.com/any/path')).toBe('one');
  });

  it('the type must be given', () => {
    expect(messages(serving({ path: '/', backend: to('one') }))).toEqual([
      expect.stringContaining('spec.rules[0].http.paths[0].pathType: Required value'),
    ]);
  });

  it.each(['Exact', 'Prefix', 'ImplementationSpecific'])('the type %s is supported', (pathType) => {
    const app = serving(path(pathType, '/foo', to('one')));
    expect(messages(app)).toEqual([]);
    expect(answerer(app, 'http://foo.bar.com/foo')).toBe('one');
  });

  it.each(['/foo?a=/bar', '/foo?', '/foo#bar'])(
    'only what is before the query and the fragment counts: %s is for Exact /foo',
    (requested) => {
      const app = serving(path('Exact', '/foo', to('one')));
      expect(answerer(app, `http://foo.bar.com${requested}`)).toBe('one');
    },
  );

  it('a path may hold characters that a URL may not: a blank is the %20 of a request', () => {
    const app = serving(path('Exact', '/foo bar', to('one')));
    expect(answerer(app, 'http://foo.bar.com/foo%20bar')).toBe('one');
  });

  it('of Prefix /foo and Prefix /foo/ the longer one goes first, for /foo as for /foo/', () => {
    const app = serving(path('Prefix', '/foo', to('one')), path('Prefix', '/foo/', to('two')));
    expect(answerer(app, 'http://foo.bar.com/foo')).toBe('two');
    expect(answerer(app, 'http://foo.bar.com/foo/')).toBe('two');
    expect(answerer(app, 'http://foo.bar.com/foo/bar')).toBe('two');
  });
});
