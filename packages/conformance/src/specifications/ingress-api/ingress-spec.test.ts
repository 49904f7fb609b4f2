import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, codes, messages } from '../../../test/answerer/answerer.ts';
import { backends, ingress, manifest, path, rule, to } from '../../../test/objects/objects.ts';

describe('Ingress API: IngressSpec', () => {
  const rules = [rule('foo.bar.com', path('Prefix', '/shop', to('shop')))];

  it('defaultBackend takes the requests that match no rule', () => {
    const spec = { rules, defaultBackend: to('rest') };
    const app = portolan(manifest(backends('shop', 'rest'), ingress(spec)));
    expect(answerer(app, 'http://foo.bar.com/shop')).toBe('shop');
    expect(answerer(app, 'http://foo.bar.com/blog')).toBe('rest');
    expect(answerer(app, 'http://bar.foo.com/shop')).toBe('rest');
  });

  it('defaultBackend takes all requests where rules is absent', () => {
    const app = portolan(manifest(backends('rest'), ingress({ defaultBackend: to('rest') })));
    expect(answerer(app, 'http://foo.bar.com/shop')).toBe('rest');
  });

  it('defaultBackend must be given where rules is absent', () => {
    expect(messages(portolan(manifest(ingress({ rules: [] }))))).toEqual([
      expect.stringContaining('either `defaultBackend` or `rules` must be specified'),
    ]);
  });

  it('ingressClassName names an IngressClass: one that does not exist is reported', () => {
    const spec = { ingressClassName: 'nowhere', rules };
    const app = portolan(manifest(backends('shop'), ingress(spec)));
    expect(codes(app)).toEqual(['IngressClassNotFound']);
  });
});

describe('Ingress API: IngressTLS', () => {
  const rules = ['foo.bar.com', 'bar.foo.com'].map((host, index) =>
    rule(host, path('Prefix', '/', to(['one', 'two'][index] ?? ''))),
  );

  it('secretName is optional', () => {
    const tls = [{ hosts: ['foo.bar.com'] }];
    const app = portolan(manifest(backends('one', 'two'), ingress({ tls, rules })));
    expect(app.compiled().diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(answerer(app, 'https://foo.bar.com/')).toBe('one');
  });

  it('hosts is optional', () => {
    const tls = [{ secretName: 'testsecret-tls' }];
    const app = portolan(manifest(backends('one', 'two'), ingress({ tls, rules })));
    expect(codes(app)).toEqual(['TLSNotTerminated']);
    expect(answerer(app, 'https://foo.bar.com/')).toBe('one');
    expect(answerer(app, 'https://bar.foo.com/')).toBe('two');
  });

  it('hosts are names as in the rules', () => {
    const tls = [{ hosts: ['foo.bar.com', 'foo bar'] }];
    const app = portolan(manifest(backends('one', 'two'), ingress({ tls, rules })));
    expect(messages(app)).toEqual([
      expect.stringContaining('spec.tls[0].hosts[1]: Invalid value: "foo bar"'),
    ]);
  });

  it('whatever host TLS was for, the Host header of the request routes it', () => {
    const tls = [{ hosts: ['foo.bar.com'], secretName: 'testsecret-tls' }];
    const app = portolan(manifest(backends('one', 'two'), ingress({ tls, rules })));
    expect(answerer(app, 'https://bar.foo.com/')).toBe('two');
  });
});
