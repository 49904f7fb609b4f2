import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, codes, endpoints, messages, refusal } from '../../../test/answerer/answerer.ts';
import {
  backends,
  ingress,
  manifest,
  path,
  pod,
  rule,
  service,
  to,
} from '../../../test/objects/objects.ts';

describe('Ingress: The Ingress resource', () => {
  const rules = [rule('foo.bar.com', path('Prefix', '/', to('shop')))];

  it.each(['apiVersion', 'kind', 'metadata', 'spec'])('an Ingress needs the field %s', (field) => {
    const { [field]: _, ...incomplete } = ingress({ rules });
    const app = portolan(manifest(backends('shop'), incomplete));
    expect(app.compiled().diagnostics).toContainEqual(
      expect.objectContaining({ severity: 'error' }),
    );
    expect(answerer(app, 'http://foo.bar.com/')).toBe(404);
  });

  it.each(['web', 'web-1', 'web.shop.example'])(
    'an Ingress may be called %s, a DNS subdomain name',
    (name) => {
      const app = portolan(manifest(backends('shop'), ingress({ rules }, { name })));
      expect(messages(app)).toEqual([]);
      expect(answerer(app, 'http://foo.bar.com/')).toBe('shop');
    },
  );

  it.each(['Web', 'web_1', '-web'])(
    'an Ingress may not be called %s, which is no DNS subdomain name',
    (name) => {
      const app = portolan(manifest(backends('shop'), ingress({ rules }, { name })));
      expect(messages(app)).toEqual([
        expect.stringContaining(`metadata.name: Invalid value: "${name}"`),
      ]);
      expect(answerer(app, 'http://foo.bar.com/')).toBe(404);
    },
  );

  it('which annotations a controller supports is its own affair: here those of others change nothing, and are reported', () => {
    const annotations = { 'nginx.ingress.kubernetes.io/rewrite-target': '/' };
    const app = portolan(manifest(backends('shop'), ingress({ rules }, { annotations })));
    expect(app.decide(new Request('http://foo.bar.com/cart'))).toMatchObject({ path: '/cart' });
    expect(codes(app)).toEqual(['UnsupportedAnnotations']);
  });

  it('an Ingress has rules for HTTP alone: a port that carries UDP gets no request', () => {
    const udp = service('shop', { ports: [{ port: 80, protocol: 'UDP' }] });
    const app = portolan(
      manifest(udp, pod('shop-1', 'shop', { ip: '10.8.0.1' }), ingress({ rules })),
    );
    expect(answerer(app, 'http://foo.bar.com/')).toBe(503);
  });
});

describe('Ingress: Ingress rules', () => {
  it.each([
    'http://foo.bar.com/testpath',
    'http://anything.example/testpath',
    'http://192.0.2.1/testpath',
  ])('a rule without a host is for all inbound requests, such as %s', (url) => {
    const rules = [rule(undefined, path('Prefix', '/testpath', to('test')))];
    const app = portolan(manifest(backends('test'), ingress({ rules })));
    expect(answerer(app, url)).toBe('test');
  });

  it.each([
    ['is for', 'http://foo.bar.com/testpath', 'test'],
    ['is for', 'https://foo.bar.com/testpath', 'test'],
    ['is not for', 'http://bar.foo.com/testpath', 404],
    ['is not for', 'http://foo.bar.com/other', 404],
  ])('a rule with the host foo.bar.com and the path /testpath %s %s', (_, url, taker) => {
    const rules = [rule('foo.bar.com', path('Prefix', '/testpath', to('test')))];
    const app = portolan(manifest(backends('test'), ingress({ rules })));
    expect(answerer(app, url)).toBe(taker);
  });

  it.each([
    ['number', 80],
    ['name', 'web'],
  ])('a backend names a port of its Service by its %s', (_, port) => {
    const app = portolan(
      manifest(
        service('test', {
          ports: [
            { name: 'metrics', port: 9090 },
            { name: 'web', port: 80 },
          ],
        }),
        pod('test-1', 'test', { ip: '10.8.0.1' }),
        ingress({ rules: [rule('foo.bar.com', path('Prefix', '/', to('test', port)))] }),
      ),
    );
    expect(app.decide(new Request('http://foo.bar.com/'))).toMatchObject({
      service: { name: 'test', port: 80, portName: 'web' },
    });
  });

  it('each path of a rule has a backend of its own', () => {
    const paths = ['shop', 'blog'].map((name) => path('Prefix', `/${name}`, to(name)));
    const app = portolan(
      manifest(backends('shop', 'blog'), ingress({ rules: [rule('foo.bar.com', ...paths)] })),
    );
    expect(answerer(app, 'http://foo.bar.com/shop')).toBe('shop');
    expect(answerer(app, 'http://foo.bar.com/blog')).toBe('blog');
  });
});

describe('Ingress: Simple fanout', () => {
  const fanout = ingress({
    rules: [
      rule(
        'foo.bar.com',
        path('Prefix', '/foo', to('one', 4200)),
        path('Prefix', '/bar', to('two', 8080)),
      ),
    ],
  });
  const one = [
    service('one', { ports: [{ port: 4200 }] }),
    pod('one-1', 'one', { ip: '10.8.0.90' }),
  ];
  const two = [
    service('two', { ports: [{ port: 8080 }] }),
    pod('two-1', 'two', { ip: '10.8.0.91' }),
  ];

  it.each([
    ['/foo', 'one', '10.8.0.90:4200'],
    ['/bar', 'two', '10.8.0.91:8080'],
  ])(
    'requests of one host are spread over Services by their path: %s goes to %s',
    (at, name, endpoint) => {
      const app = portolan(manifest(one, two, fanout));
      expect(answerer(app, `http://foo.bar.com${at}`)).toBe(name);
      expect(endpoints(app, `http://foo.bar.com${at}`)).toEqual([endpoint]);
    },
  );

  it('an Ingress is satisfied as far as its Services exist', () => {
    const app = portolan(manifest(one, fanout));
    expect(answerer(app, 'http://foo.bar.com/foo')).toBe('one');
    expect(refusal(app, 'http://foo.bar.com/bar')).toBe('503 BackendNotFound');
  });
});

describe('Ingress: Updating an Ingress', () => {
  const one = rule('foo.bar.com', path('Prefix', '/foo', to('one')));
  const two = rule('bar.baz.com', path('Prefix', '/foo', to('two')));
  const withRules = (...rules: readonly unknown[]): string =>
    manifest(backends('one', 'two'), ingress({ rules }));

  it('a host that is added is served from then on, beside the old one', () => {
    const app = portolan(withRules(one));
    expect(answerer(app, 'http://bar.baz.com/foo')).toBe(404);
    app.update(withRules(one, two));
    expect(answerer(app, 'http://bar.baz.com/foo')).toBe('two');
    expect(answerer(app, 'http://foo.bar.com/foo')).toBe('one');
  });

  it('a host that is taken away is no longer served', () => {
    const app = portolan(withRules(one, two));
    app.update(withRules(one));
    expect(answerer(app, 'http://bar.baz.com/foo')).toBe(404);
  });
});
