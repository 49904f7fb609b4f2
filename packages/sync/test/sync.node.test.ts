import { describe, expect, it } from 'vitest';

import {
  endpointSlice,
  ingress,
  ingressClass,
  node,
  PRIVATE_KEY,
  service,
  tlsSecret,
} from './objects/objects.ts';
import { eventually, setup } from './setup/setup.ts';
import { refOf } from './target/target.ts';

const shared = setup();

describe('a sync', () => {
  it('makes the control plane hold what the cluster has, and what changes there', async () => {
    const { cluster, start, holds } = shared.current;
    cluster.store.commit(
      [
        service('cart'),
        endpointSlice('cart', ['10.244.0.7']),
        ingress('web', 'shop.example', 'cart'),
        ingressClass('portolan'),
        node('node-a'),
        tlsSecret('shop-tls'),
      ].map((put) => ({ put })),
    );
    start();
    const others = [
      'EndpointSlice shop/cart-abcde',
      'IngressClass portolan',
      'Node node-a',
      'Secret shop/shop-tls',
    ];
    await holds('Service shop/cart', 'Ingress shop/web', ...others);
    cluster.store.commit([
      { put: service('orders') },
      { delete: refOf('ingresses.networking.k8s.io', 'web') },
    ]);
    await expect(
      holds('Service shop/cart', 'Service shop/orders', ...others),
    ).resolves.toBeUndefined();
  });

  it('hands on what routing reads, and whose it is', async () => {
    const { cluster, target, start, holds } = shared.current;
    const cart = service('cart');
    cluster.store.commit([
      { put: cart },
      { put: endpointSlice('cart', ['10.244.0.7']) },
      { put: node('node-a') },
    ]);
    start();
    await holds('Service shop/cart', 'EndpointSlice shop/cart-abcde', 'Node node-a');
    const [kept, machine, slice] = target.objects('east');
    expect(kept).toMatchObject({
      metadata: {
        uid: cart.metadata.uid,
        creationTimestamp: cart.metadata.creationTimestamp,
        labels: { app: 'cart' },
        annotations: { 'portolan.dev/source': 'east' },
        generation: 1,
      },
      spec: cart['spec'],
    });
    expect(Object.keys(kept?.metadata ?? {})).not.toContain('finalizers');
    expect(Object.keys(kept?.metadata.annotations ?? {})).toHaveLength(1);
    expect(machine?.['status']).toEqual({
      addresses: [{ type: 'InternalIP', address: '192.168.0.1' }],
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
    });
    expect(slice?.metadata.ownerReferences).toBeUndefined();
    expect(slice?.metadata.labels).toMatchObject({
      'endpointslice.kubernetes.io/managed-by': 'sync.portolan.dev',
    });
  });

  it('never asks for the content of Secrets, and holds nothing of them but names', async () => {
    const { cluster, target, start, holds } = shared.current;
    cluster.store.commit([
      { put: tlsSecret('shop-tls') },
      { put: tlsSecret('password', 'Opaque') },
    ]);
    const sync = start();
    await holds('Secret shop/shop-tls');
    const asked = cluster.requests.filter(({ url }) => url.pathname.includes('secrets'));
    for (const { url, accept } of asked) {
      expect(accept).toMatch(
        /^application\/json;as=PartialObjectMetadata(List)?;g=meta.k8s.io;v=v1$/,
      );
      expect(url.searchParams.get('fieldSelector')).toBe('type=kubernetes.io/tls');
    }
    expect(JSON.stringify([target.objects('east'), sync.status()])).not.toContain(PRIVATE_KEY);
    expect(target.objects('east')[0]).toMatchObject({
      type: 'kubernetes.io/tls',
      data: { 'tls.crt': '', 'tls.key': '' },
    });
  });

  it('sends several changes at once, and nothing where nothing of interest changed', async () => {
    const { cluster, target, start, holds } = shared.current;
    cluster.store.commit([{ put: node('node-a') }]);
    const sync = start({ holdoff: { quiet: 100, maximum: 1000 } });
    await sync.settled();
    const { checkpoint } = sync.status();
    const names = Array.from({ length: 50 }, (_, index) => `service-${index}`);
    for (const name of names) cluster.store.commit([{ put: service(name) }]);
    cluster.store.commit([{ put: { ...node('node-a', '2026-02-02T00:00:00Z'), kind: 'Node' } }]);
    await holds('Node node-a', ...names.map((name) => `Service shop/${name}`));
    expect(target.writes.length).toBeLessThanOrEqual(3);
    expect(target.writes[1]?.since).toBe(checkpoint);
  });

  it('does not wait for ever for changes to end', async () => {
    const { cluster, target, start } = shared.current;
    await start({ holdoff: { quiet: 10_000, maximum: 50 } }).settled();
    const written = target.writes.length;
    let port = 0;
    const churn = setInterval(() => {
      port += 1;
      cluster.store.commit([{ put: service('cart', { port }) }]);
    }, 5);
    try {
      await eventually(() => expect(target.writes.length).toBeGreaterThan(written + 2));
    } finally {
      clearInterval(churn);
    }
  });

  it('follows only some namespaces where that is asked for', async () => {
    const { cluster, start, holds } = shared.current;
    cluster.store.commit([
      { put: service('a', { namespace: 'one' }) },
      { put: service('b', { namespace: 'two' }) },
      { put: service('c', { namespace: 'three' }) },
      { put: node('node-a') },
    ]);
    start({ namespaces: ['one', 'two'] });
    await expect(holds('Service one/a', 'Service two/b', 'Node node-a')).resolves.toBeUndefined();
  });

  it('leaves alone what is not its own', async () => {
    const { cluster, target, start, holds } = shared.current;
    target.store.commit([{ put: service('by-hand') }]);
    cluster.store.commit([{ put: service('by-hand') }, { put: service('cart') }]);
    const sync = start();
    await holds('Service shop/cart');
    await eventually(() => expect(sync.status().refused).toHaveLength(1));
    expect(sync.status().refused[0]).toEqual({
      ref: { resource: 'services', namespace: 'shop', name: 'by-hand' },
      message: 'it is there already, and not from source east',
    });
  });

  it('tells Services apart that were deleted and made again in between', async () => {
    const { cluster, target, start, holds } = shared.current;
    cluster.store.commit([{ put: service('cart', { clusterIP: '10.96.0.1' }) }]);
    start();
    await holds('Service shop/cart');
    const second = service('cart', { clusterIP: '10.96.0.2' });
    cluster.store.commit([{ delete: refOf('services', 'cart') }, { put: second }]);
    await eventually(() =>
      expect(target.store.get(refOf('services', 'cart'))).toMatchObject({
        metadata: { uid: second.metadata.uid, generation: 1 },
        spec: { clusterIP: '10.96.0.2' },
      }),
    );
  });

  it('refuses to send its token where it could be read on its way', () => {
    const { start } = shared.current;
    expect(() => start({ to: 'http://control.example/' })).toThrow('is not https');
    expect(() => start({ source: 'Not A Name' })).toThrow('is no DNS label');
    expect(() => start({ context: 'nobody' })).toThrow('no context "nobody"');
  });
});

describe('a sync by cluster IP', () => {
  it('gives each Service one endpoint, its cluster IP, for each family', async () => {
    const { cluster, target, start, holds } = shared.current;
    cluster.store.commit([
      {
        put: service('cart', {
          clusterIP: '10.96.0.1',
          clusterIPs: ['10.96.0.1', 'fd00::1'],
          externalTrafficPolicy: 'Local',
        }),
      },
      { put: endpointSlice('cart', ['10.244.0.7']) },
    ]);
    start({ via: 'cluster-ip' });
    await holds(
      'Service shop/cart',
      'EndpointSlice shop/cart-ipv4',
      'EndpointSlice shop/cart-ipv6',
    );
    expect(target.store.get(refOf('endpointslices.discovery.k8s.io', 'cart-ipv4'))).toMatchObject({
      metadata: { labels: { 'kubernetes.io/service-name': 'cart' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.96.0.1'], conditions: { ready: true } }],
      ports: [{ name: 'http', protocol: 'TCP', port: 80 }],
    });
    // Which Pods are behind it is the cluster's own business.
    expect(target.store.get(refOf('services', 'cart'))).not.toHaveProperty(
      'spec.externalTrafficPolicy',
    );
    cluster.store.commit([{ delete: refOf('services', 'cart') }]);
    await holds();
  });

  it('says which Services have none', async () => {
    const { cluster, start } = shared.current;
    cluster.store.commit([
      { put: service('peers', { clusterIP: 'None' }) },
      { put: service('cart') },
    ]);
    const sync = start({ via: 'cluster-ip' });
    await sync.settled();
    expect(sync.status().headless).toEqual(['shop/peers']);
  });
});
