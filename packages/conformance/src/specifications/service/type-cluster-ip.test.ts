import { portolan, type Portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, messages } from '../../../test/answerer/answerer.ts';
import { backends, ingress, manifest, pod, service, to } from '../../../test/objects/objects.ts';

describe('Service: type ClusterIP', () => {
  const objects = (clusterIP = '10.96.0.10'): string =>
    manifest(service('cart', { clusterIP }), pod('cart-1', 'cart', { ip: '10.8.0.1' }));
  const inside = (manifests: string): Portolan => portolan(manifests, { entrance: 'internal' });

  it('the Service is reached at its cluster IP from within the cluster', () => {
    expect(answerer(inside(objects()), 'http://10.96.0.10/')).toBe('cart');
  });

  it('the Service is reached at its ports alone', () => {
    expect(answerer(inside(objects()), 'http://10.96.0.10:8080/')).toBe(404);
  });

  it.each(['http://10.96.0.10/', 'http://cart.default.svc.cluster.local/'])(
    'the Service is not reached from outside: %s',
    (url) => {
      expect(answerer(portolan(objects()), url)).toBe(404);
    },
  );

  it('an Ingress may expose the Service to the outside', () => {
    const app = portolan(manifest(backends('cart'), ingress({ defaultBackend: to('cart') })));
    expect(answerer(app, 'http://foo.bar.com/')).toBe('cart');
  });

  it('the address comes from a pool of the cluster', () => {
    const options = { clusterIPRanges: ['192.168.64.0/24'] };
    const app = portolan(manifest(service('cart'), service('shop')), options);
    const addresses = app.compiled().services.map(({ spec }) => spec.clusterIP);
    expect(addresses).toEqual([
      expect.stringMatching(/^192\.168\.64\./),
      expect.stringMatching(/^192\.168\.64\./),
    ]);
    expect(new Set(addresses).size).toBe(2);
  });

  it('the address may be chosen, within the range of the cluster', () => {
    const options = { clusterIPRanges: ['10.96.0.0/16'] };
    expect(portolan(objects(), options).compiled().services[0]?.spec.clusterIP).toBe('10.96.0.10');
    expect(messages(portolan(objects('10.97.0.10'), options))).toEqual([
      expect.stringContaining('spec.clusterIPs: Invalid value'),
    ]);
  });

  it('an address that is none is refused', () => {
    expect(messages(portolan(objects('10.96.0')))).toContainEqual(
      expect.stringContaining('spec.clusterIPs[0]: Invalid value: "10.96.0"'),
    );
  });

  it('an address that another Service has chosen is refused', () => {
    const clusterIP = '10.96.0.10';
    const app = portolan(manifest(service('cart', { clusterIP }), service('shop', { clusterIP })));
    expect(messages(app)).toEqual([expect.stringContaining('failed to allocate IP 10.96.0.10')]);
  });
});
