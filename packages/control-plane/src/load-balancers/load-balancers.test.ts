import type { Resource } from '@portolan/core';
import { parseManifests } from '@portolan/manifests';
import { openStore, type Store, type StoredObject } from '@portolan/store';
import { afterEach, describe, expect, it } from 'vitest';

import { scriptedProvider } from '../../test/scripted-provider.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { createControlPlane } from '../control-plane/create-control-plane.ts';
import type { LoadBalancerProvider } from './provider.ts';
import { staticLoadBalancers } from './static-load-balancers.ts';

const TOKEN = 'a-token-of-sixteen-letters';
const SERVICES = '/api/v1/namespaces/shop/services';
const FINALIZER = 'service.kubernetes.io/load-balancer-cleanup';
const GIVEN = [{ ip: '192.0.2.1', ipMode: 'VIP' }];

const open: ControlPlane[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

type Fields = Readonly<Record<string, unknown>>;

interface Shop {
  readonly store: Store;
  readonly controlPlane: ControlPlane;
  readonly warnings: readonly string[];
  /** Asks the API, and waits until all that comes of it is done. */
  readonly send: (method: string, path: string, body?: unknown, type?: string) => Promise<Fields>;
  readonly service: (name?: string) => StoredObject | undefined;
}

function shop(providers: readonly LoadBalancerProvider[], store: Store = openStore()): Shop {
  const warnings: string[] = [];
  const controlPlane = createControlPlane({
    store,
    tokens: [{ name: 'test', role: 'admin', token: TOKEN }],
    loadBalancers: providers,
    holdoff: { quiet: 1, maximum: 5 },
    warn: (message) => warnings.push(message),
  });
  open.push(controlPlane);
  return {
    store,
    controlPlane,
    warnings,
    send: async (method, path, body, type = 'application/json') => {
      const response = await controlPlane.fetch(
        new Request(`http://portolan.example/.portolan/kube${path}`, {
          method,
          headers: {
            authorization: `Bearer ${TOKEN}`,
            'content-type': type,
            accept: method === 'GET' ? type : 'application/json',
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      );
      const content: Fields = await response.json();
      await controlPlane.settled();
      return content;
    },
    service: (name = 'cart') => store.get({ resource: 'services', namespace: 'shop', name }),
  };
}

function service(name = 'cart', spec: Fields = {}, more: Fields = {}): Fields {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { type: 'LoadBalancer', ports: [{ port: 80 }], ...spec },
    ...more,
  };
}

function read(...objects: readonly Fields[]): readonly Resource[] {
  const texts = objects.map((each) => JSON.stringify(each)).join('\n---\n');
  const { manifests, diagnostics } = parseManifests([{ name: 'test', text: texts }]);
  expect(diagnostics).toEqual([]);
  return manifests.map(({ resource }) => resource);
}

const MERGE = 'application/merge-patch+json';

describe('a Service that wants a load balancer', () => {
  it('has exactly what its provider gave, and is held until that is taken back', async () => {
    const provider = scriptedProvider();
    const { send, service: at } = shop([provider]);
    await send('POST', SERVICES, service());
    expect(at()).toMatchObject({
      metadata: { finalizers: [FINALIZER, 'portolan.dev/scripted'] },
      status: {
        loadBalancer: { ingress: GIVEN },
        conditions: [
          { type: 'portolan.dev/LoadBalancerReady', status: 'True', reason: 'Provisioned' },
        ],
      },
    });
    expect(provider.calls).toEqual(['ensure cart']);
    provider.released = () => {
      expect(at()?.metadata.deletionTimestamp).toBeDefined();
    };
    await send('DELETE', `${SERVICES}/cart`);
    expect(at()).toBeUndefined();
    expect(provider.calls).toEqual(['ensure cart', 'release cart']);
  });

  it('is shown with its address by kubectl get', async () => {
    const { send } = shop([scriptedProvider()]);
    await send('POST', SERVICES, service());
    const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    expect(await send('GET', `${SERVICES}/cart`, undefined, table)).toMatchObject({
      kind: 'Table',
      columnDefinitions: expect.arrayContaining([expect.objectContaining({ name: 'External-IP' })]),
      rows: [{ cells: expect.arrayContaining(['LoadBalancer', '192.0.2.1']) }],
    });
  });

  it('becomes a place to knock at', async () => {
    const { send, controlPlane } = shop([scriptedProvider()]);
    await send('POST', SERVICES, service('cart', { loadBalancerSourceRanges: ['192.0.2.0/24'] }));
    expect(Object.entries(controlPlane.snapshot().frontends)).toContainEqual([
      'external TCP 192.0.2.1:80',
      expect.objectContaining({ service: 'shop/cart', sourceRanges: ['192.0.2.0/24'] }),
    ]);
  });

  it('has nothing where nothing was given, and says why', async () => {
    const provider = scriptedProvider();
    provider.answer = () => ({
      ingress: [],
      refusal: { reason: 'PoolExhausted', message: 'no address is free' },
    });
    const { send, service: at, warnings } = shop([provider]);
    await send('POST', SERVICES, service());
    expect(at()?.status).toMatchObject({
      loadBalancer: {},
      conditions: [
        {
          type: 'portolan.dev/LoadBalancerReady',
          status: 'False',
          reason: 'PoolExhausted',
          message: 'no address is free',
        },
      ],
    });
    expect(at()).not.toHaveProperty('status.loadBalancer.ingress');
    expect(warnings).toEqual([
      'load balancer of services/shop/cart: PoolExhausted: no address is free',
    ]);
  });

  it('says which ports could not be opened, and has no such condition once they are', async () => {
    const provider = scriptedProvider();
    const ports = [{ port: 80, protocol: 'TCP', error: 'PortUnavailable' }] as const;
    provider.answer = () => ({ ingress: [{ ip: '192.0.2.1', ports }] });
    const { send, service: at } = shop([provider]);
    await send('POST', SERVICES, service());
    expect(at()).toHaveProperty('status.loadBalancer.ingress', [{ ip: '192.0.2.1', ports }]);
    expect(at()).toHaveProperty(
      'status.conditions',
      expect.arrayContaining([
        expect.objectContaining({
          type: 'LoadBalancerPortsError',
          status: 'True',
          message: 'TCP 80 at 192.0.2.1: PortUnavailable',
        }),
      ]),
    );
    provider.answer = () => ({ ingress: [{ ip: '192.0.2.1' }] });
    await send('PATCH', `${SERVICES}/cart`, { metadata: { labels: { a: 'b' } } }, MERGE);
    expect(at()).toHaveProperty('status.conditions.length', 1);
  });

  it('loses the status that somebody gave by hand', async () => {
    const { send, service: at } = shop([scriptedProvider()]);
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } };
    await send('POST', SERVICES, service('cart', {}, { status }));
    expect(at()).toHaveProperty('status.loadBalancer.ingress', GIVEN);
    await send('PATCH', `${SERVICES}/cart/status`, { status }, MERGE);
    expect(at()).toHaveProperty('status.loadBalancer.ingress', GIVEN);
  });

  it('gives back what it has when it wants none any more', async () => {
    const provider = scriptedProvider();
    const { send, service: at } = shop([provider]);
    await send('POST', SERVICES, service());
    await send('PATCH', `${SERVICES}/cart`, { spec: { type: 'ClusterIP' } }, MERGE);
    expect(provider.calls).toEqual(['ensure cart', 'release cart']);
    expect(at()?.metadata).not.toHaveProperty('finalizers');
    expect(at()?.status).toEqual({ loadBalancer: {} });
  });

  it('is asked for again with each change of it, and of Nodes but for their heartbeats', async () => {
    const provider = scriptedProvider();
    const { send } = shop([provider]);
    await send('POST', SERVICES, service());
    await send('POST', SERVICES, service('till', { type: 'ClusterIP' }));
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } };
    await send('POST', '/api/v1/nodes', node);
    const beat = (time: string): Fields => ({
      status: { conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime: time }] },
    });
    await send('PATCH', '/api/v1/nodes/n1/status', beat('2026-11-23T12:00:00Z'), MERGE);
    expect(provider.requests.map(({ nodes }) => nodes)).toEqual([0, 1, 1]);
    await send('PATCH', '/api/v1/nodes/n1/status', beat('2026-11-23T12:00:10Z'), MERGE);
    await send('PATCH', `${SERVICES}/cart`, { spec: { ports: [{ port: 81 }] } }, MERGE);
    expect(provider.requests.map(({ service: { spec } }) => spec.ports?.[0]?.port)).toEqual([
      80, 80, 80, 81,
    ]);
  });

  it('causes no write where nothing has changed', async () => {
    const provider = scriptedProvider();
    const { send, store, controlPlane } = shop([provider]);
    await send('POST', SERVICES, service());
    const revision = store.revision();
    await send('POST', '/api/v1/nodes', { metadata: { name: 'n1' } });
    expect(provider.calls).toEqual(['ensure cart', 'ensure cart']);
    await controlPlane.settled();
    expect(store.revision()).toBe(revision + 1);
  });
});

describe('a Service of another class', () => {
  it('is another provider’s, or left alone with the status that it has', async () => {
    const [first, second] = [scriptedProvider(), scriptedProvider('second', '192.0.2.2')];
    const { send, service: at } = shop([first, second]);
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.7', ipMode: 'VIP' }] } };
    await send('POST', SERVICES, service('cart', { loadBalancerClass: 'portolan.dev/second' }));
    const foreign = { loadBalancerClass: 'example.com/other' };
    await send('POST', SERVICES, service('till', foreign, { status }));
    expect([first.calls, second.calls]).toEqual([[], ['ensure cart']]);
    expect(at('till')?.status).toEqual(status);
    expect(at('till')?.metadata).not.toHaveProperty('finalizers');
  });

  it('that was one’s is taken back from that one first, also by a later process', async () => {
    const [first, second] = [scriptedProvider(), scriptedProvider('second', '192.0.2.2')];
    const before = shop([first, second]);
    await before.send('POST', SERVICES, service());
    await before.controlPlane.close();
    const order: string[] = [];
    first.released = () => void order.push('released');
    second.answer = () => {
      order.push('ensured');
      return { ingress: [{ ip: '192.0.2.2' }] };
    };
    // The other one is the first now, and so has what has no class.
    const after = shop([second, first], before.store);
    await after.controlPlane.settled();
    expect(order).toEqual(['released', 'ensured']);
    expect(after.service()).toMatchObject({
      metadata: { finalizers: [FINALIZER, 'portolan.dev/second'] },
      status: { loadBalancer: { ingress: [{ ip: '192.0.2.2' }] } },
    });
  });
});

describe('a restart', () => {
  it('asks for all again and writes nothing, those with an address first', async () => {
    const provider = scriptedProvider();
    const before = shop([provider]);
    await before.send('POST', SERVICES, service('with'));
    provider.answer = () => ({ ingress: [], refusal: { reason: 'None', message: 'none' } });
    await before.send('POST', SERVICES, service('a-without'));
    await before.controlPlane.close();
    const revision = before.store.revision();
    const next = scriptedProvider();
    next.answer = ({ status }) =>
      status?.loadBalancer?.ingress
        ? { ingress: [{ ip: '192.0.2.1', ipMode: 'VIP' }] }
        : { ingress: [], refusal: { reason: 'None', message: 'none' } };
    const after = shop([next], before.store);
    await after.controlPlane.settled();
    expect(next.calls).toEqual(['ensure with', 'ensure a-without']);
    expect(before.store.revision()).toBe(revision);
  });

  it('takes back what a Service had that was deleted in between', async () => {
    const provider = scriptedProvider();
    const before = shop([provider]);
    await before.send('POST', SERVICES, service());
    await before.controlPlane.close();
    const without = shop([], before.store);
    await without.send('DELETE', `${SERVICES}/cart`);
    expect(without.service()?.metadata.deletionTimestamp).toBeDefined();
    await without.controlPlane.close();
    const after = shop([provider], before.store);
    await after.controlPlane.settled();
    expect(provider.calls).toEqual(['ensure cart', 'release cart']);
    expect(after.service()).toBeUndefined();
  });
});

describe('an object that was synced from a cluster', () => {
  it('is left alone', async () => {
    const provider = scriptedProvider();
    const { send, service: at } = shop([provider]);
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.7', ipMode: 'VIP' }] } };
    const annotations = { 'portolan.dev/source': 'prod' };
    const metadata = { name: 'cart', namespace: 'shop', annotations };
    await send('POST', SERVICES, service('cart', {}, { metadata, status }));
    expect(provider.calls).toEqual([]);
    expect(at()?.status).toEqual(status);
  });
});

describe('manifests that are applied again', () => {
  it('leave the finalizers and the status as they are', async () => {
    const { controlPlane, service: at } = shop([scriptedProvider()]);
    const source = { source: 'shop' };
    await controlPlane.applyManifests(read(service()), source);
    await controlPlane.settled();
    const before = at();
    expect(before?.metadata.finalizers).toHaveLength(2);
    const labels = { team: 'shop' };
    const changed = service('cart', {}, { metadata: { name: 'cart', namespace: 'shop', labels } });
    await controlPlane.applyManifests(read(changed), source);
    expect(at()).toMatchObject({ metadata: { labels, finalizers: before?.metadata.finalizers } });
    expect(at()?.status).toMatchObject({ loadBalancer: { ingress: GIVEN } });
    await controlPlane.settled();
    expect(at()).toHaveProperty('status.loadBalancer.ingress', GIVEN);
  });

  it('do not bring a status of their own, nor finalizers of another cluster', async () => {
    const { controlPlane, service: at } = shop([scriptedProvider()]);
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } };
    const finalizers = ['example.com/other'];
    const metadata = { name: 'cart', namespace: 'shop', finalizers };
    await controlPlane.applyManifests(read(service('cart', {}, { metadata, status })), {
      source: 'shop',
    });
    await controlPlane.settled();
    expect(at()).toHaveProperty('status.loadBalancer.ingress', GIVEN);
    expect(at()?.metadata.finalizers).toEqual([FINALIZER, 'portolan.dev/scripted']);
  });

  it('take the place of those that hold what they want, and come back at once', async () => {
    const provider = scriptedProvider();
    const { controlPlane, service: at } = shop([provider]);
    const source = { source: 'shop' };
    const fixed = { ports: [{ port: 80, nodePort: 30080 }] };
    await controlPlane.applyManifests(read(service('cart', fixed)), source);
    await controlPlane.settled();
    const renamed = await controlPlane.applyManifests(read(service('till', fixed)), source);
    expect(renamed).toMatchObject({ applied: 1, removed: 1, refused: [] });
    await controlPlane.applyManifests([], source);
    await controlPlane.applyManifests(read(service('till', fixed)), source);
    await controlPlane.settled();
    expect(at('till')?.metadata).not.toHaveProperty('deletionTimestamp');
    expect(at('till')).toHaveProperty('status.loadBalancer.ingress', GIVEN);
  });
});

describe('the static provider', () => {
  it('honours the status that is given, and invents none', async () => {
    const { send, service: at } = shop([scriptedProvider(), staticLoadBalancers()]);
    const spec = { loadBalancerClass: 'portolan.dev/static' };
    await send('POST', SERVICES, service('cart', spec));
    expect(at()).not.toHaveProperty('status.loadBalancer.ingress');
    expect(at()).toHaveProperty('status.conditions.0.reason', 'AddressNotGiven');
    const ingress = [{ hostname: 'lb.example' }];
    await send(
      'PATCH',
      `${SERVICES}/cart/status`,
      { status: { loadBalancer: { ingress } } },
      MERGE,
    );
    expect(at()).toHaveProperty('status.loadBalancer.ingress', ingress);
    expect(at()).toHaveProperty('status.conditions.0.status', 'True');
  });
});

describe('providers', () => {
  it.each([
    ['share a class', [scriptedProvider(), scriptedProvider()]],
    ['have a class that is for users', [{ ...scriptedProvider(), loadBalancerClass: 'internal' }]],
  ])('may not %s', (_, providers) => {
    expect(() => shop(providers)).toThrow(RangeError);
  });
});
