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

describe('Ingress: DefaultBackend', () => {
  const rules = [rule('foo.bar.com', path('Prefix', '/shop', to('shop')))];

  it.each(['http://foo.bar.com/', 'http://any.example/a/b?c=d', 'https://192.0.2.1/'])(
    'an Ingress without rules sends all requests to its default backend, such as %s',
    (url) => {
      const app = portolan(manifest(backends('rest'), ingress({ defaultBackend: to('rest') })));
      expect(answerer(app, url)).toBe('rest');
    },
  );

  it.each([
    ['host', 'http://bar.foo.com/shop'],
    ['path', 'http://foo.bar.com/blog'],
  ])('a request whose %s matches no rule goes to the default backend', (_, url) => {
    const app = portolan(
      manifest(backends('shop', 'rest'), ingress({ rules, defaultBackend: to('rest') })),
    );
    expect(answerer(app, url)).toBe('rest');
  });

  it('a request that matches a rule does not go to the default backend', () => {
    const app = portolan(
      manifest(backends('shop', 'rest'), ingress({ rules, defaultBackend: to('rest') })),
    );
    expect(answerer(app, 'http://foo.bar.com/shop')).toBe('shop');
  });

  it('an Ingress without rules and without a default backend is refused', () => {
    expect(messages(portolan(manifest(ingress({}))))).toEqual([
      expect.stringContaining('either `defaultBackend` or `rules` must be specified'),
    ]);
  });

  it('the controller may have a default backend of its own, for what no Ingress takes', () => {
    const app = portolan(manifest(backends('shop', 'rest'), ingress({ rules })), {
      defaultBackend: { namespace: 'default', name: 'rest', port: 80 },
    });
    expect(answerer(app, 'http://bar.foo.com/')).toBe('rest');
    expect(answerer(app, 'http://foo.bar.com/shop')).toBe('shop');
  });

  it('what becomes of other requests without any default backend is left open: here it is 404', () => {
    const app = portolan(manifest(backends('shop'), ingress({ rules })));
    expect(answerer(app, 'http://bar.foo.com/')).toBe(404);
  });
});

describe('Ingress: Resource backends', () => {
  const bucket = { apiGroup: 'k8s.example.com', kind: 'StorageBucket', name: 'icons' };

  it('an Ingress may name a resource of its own namespace instead of a Service', () => {
    const app = portolan(manifest(ingress({ defaultBackend: { resource: bucket } })));
    expect(app.compiled().manifests.map(({ resource }) => resource.kind)).toEqual(['Ingress']);
  });

  it('a backend with both a resource and a Service is refused', () => {
    const app = portolan(
      manifest(backends('shop'), ingress({ defaultBackend: { ...to('shop'), resource: bucket } })),
    );
    expect(messages(app)).toEqual([
      expect.stringContaining('cannot set both resource and service backends'),
    ]);
    expect(answerer(app, 'http://foo.bar.com/')).toBe(404);
  });

  it('requests for a resource that nobody serves get 503, while other paths are served', () => {
    const rules = [rule(undefined, path('ImplementationSpecific', '/icons', { resource: bucket }))];
    const app = portolan(
      manifest(backends('shop'), ingress({ rules, defaultBackend: to('shop') })),
    );
    expect(refusal(app, 'http://foo.bar.com/icons/cart.svg')).toBe('503 InvalidKind');
    expect(answerer(app, 'http://foo.bar.com/')).toBe('shop');
    expect(codes(app)).toEqual(['InvalidKind']);
  });
});

describe('Ingress: Ingress backed by a single Service', () => {
  it('a default backend without rules exposes one Service, at every host and path', () => {
    const app = portolan(manifest(backends('test'), ingress({ defaultBackend: to('test') })));
    expect(answerer(app, 'http://203.0.113.123/')).toBe('test');
    expect(answerer(app, 'http://foo.bar.com/a/b')).toBe('test');
  });
});

describe('Ingress: Load balancing', () => {
  const web = ingress({ defaultBackend: to('shop') });

  it('every ready Pod of the Service may answer', () => {
    const pods = [1, 2, 3].map((last) => pod(`shop-${last}`, 'shop', { ip: `10.8.0.${last}` }));
    const app = portolan(manifest(service('shop'), pods, web));
    expect(endpoints(app, 'http://foo.bar.com/')).toEqual([
      '10.8.0.1:80',
      '10.8.0.2:80',
      '10.8.0.3:80',
    ]);
  });

  it('health is told by readiness probes: a Pod that is not ready gets no request', () => {
    const app = portolan(
      manifest(
        service('shop'),
        pod('shop-1', 'shop', { ip: '10.8.0.1' }),
        pod('shop-2', 'shop', { ip: '10.8.0.2', ready: false }),
        web,
      ),
    );
    expect(endpoints(app, 'http://foo.bar.com/')).toEqual(['10.8.0.1:80']);
  });

  it('a Service none of whose Pods is ready gets no request: 503', () => {
    const app = portolan(
      manifest(service('shop'), pod('shop-1', 'shop', { ip: '10.8.0.1', ready: false }), web),
    );
    expect(refusal(app, 'http://foo.bar.com/')).toBe('503 NoReadyEndpoints');
  });
});
