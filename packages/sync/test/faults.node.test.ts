import { describe, expect, it } from 'vitest';

import { certificate } from '../../node/test/certificate/certificate.ts';
import { startCluster } from './cluster/cluster.ts';
import type { Fault } from './cluster/fault.ts';
import { endpointSlice, ingress, service } from './objects/objects.ts';
import { eventually, setup } from './setup/setup.ts';
import { refOf } from './target/target.ts';

const shared = setup();

/** Of the requests for Services, the so-manieth go wrong. */
function faultyServices(
  ...faults: readonly (Fault | undefined)[]
): (url: URL) => Fault | undefined {
  let count = 0;
  return ({ pathname }) => (pathname.endsWith('/services') ? faults[count++] : undefined);
}

const isStreaming = (url: URL): boolean => url.searchParams.has('sendInitialEvents');
const isWatch = (url: URL): boolean => url.searchParams.has('watch');

/** How often Services were listed. */
function timesListed(): number {
  return shared.current.cluster.requests.filter(
    ({ url }) => url.pathname.endsWith('/services') && (isStreaming(url) || !isWatch(url)),
  ).length;
}

describe('a cluster that streams lists', () => {
  it.each<[string, Fault]>([
    ['breaks', { after: 1, how: 'break' }],
    ['breaks within a line', { after: 1, how: 'half' }],
    ['ends before its end', { after: 1, how: 'end' }],
    ['ends within a line', { after: 1, how: 'half-end' }],
    ['is too old', { after: 1, how: 'gone' }],
    ['has a line that is no JSON', { after: 1, how: 'nonsense' }],
    ['comes slowly', { slow: 5 }],
    ['is answered with 500', { status: 500 }],
    ['is answered with 429', { status: 429, retryAfter: 0 }],
  ])('is listed though the first list %s', async (_, fault) => {
    const { cluster, start, holds } = shared.current;
    cluster.store.commit([{ put: service('cart') }, { put: service('orders') }]);
    cluster.fault = faultyServices(fault);
    start();
    await expect(holds('Service shop/cart', 'Service shop/orders')).resolves.toBeUndefined();
  });
});

describe('a cluster that does not stream lists', () => {
  it.each([400, 422])('is asked for pages after %i', async (status) => {
    const { cluster, start, holds } = shared.current;
    cluster.fault = (url) => (isStreaming(url) ? { status } : undefined);
    const names = Array.from({ length: 7 }, (_, index) => `service-${index}`);
    cluster.store.commit(names.map((name) => ({ put: service(name) })));
    start({ timing: { pageSize: 3 } });
    await holds(...names.map((name) => `Service shop/${name}`));
    const lists = cluster.requests.filter(
      ({ url }) => url.pathname === '/api/v1/services' && !isWatch(url),
    );
    expect(lists.map(({ url }) => url.searchParams.get('limit'))).toEqual(['3', '3', '3']);
    cluster.store.commit([{ delete: refOf('services', 'service-0') }]);
    await holds(...names.slice(1).map((name) => `Service shop/${name}`));
  });

  it('is asked for all at once where the next page has become too old', async () => {
    const { cluster, start, holds } = shared.current;
    cluster.fault = (url) => {
      if (isStreaming(url)) return { status: 422 };
      return url.searchParams.has('continue') ? { status: 410 } : undefined;
    };
    const names = Array.from({ length: 7 }, (_, index) => `service-${index}`);
    cluster.store.commit(names.map((name) => ({ put: service(name) })));
    start({ timing: { pageSize: 3 } });
    await expect(holds(...names.map((name) => `Service shop/${name}`))).resolves.toBeUndefined();
  });
});

describe('a watch', () => {
  it.each<[string, Fault, number]>([
    ['breaks', { after: 3, how: 'break' }, 1],
    ['breaks within a line', { after: 3, how: 'half' }, 1],
    ['ends', { after: 3, how: 'end' }, 1],
    ['ends within a line', { after: 3, how: 'half-end' }, 1],
    ['says that it is too old', { after: 3, how: 'gone' }, 2],
    ['says what is no JSON', { after: 3, how: 'nonsense' }, 2],
  ])('that %s is begun again, and nothing is missed', async (_, fault, times) => {
    const { cluster, start, holds } = shared.current;
    cluster.store.commit([{ put: service('cart') }, { put: service('orders') }]);
    // Two objects, and the bookmark that ends the list.
    cluster.fault = faultyServices(fault);
    const sync = start();
    await sync.settled();
    cluster.store.commit([
      { put: service('users') },
      { delete: refOf('services', 'cart') },
      { put: service('stock') },
    ]);
    await holds('Service shop/orders', 'Service shop/users', 'Service shop/stock');
    cluster.store.commit([{ delete: refOf('services', 'stock') }]);
    await holds('Service shop/orders', 'Service shop/users');
    expect(timesListed()).toBe(times);
    const { followed } = sync.status();
    expect(followed.find(({ resource }) => resource === 'services')).toEqual({
      resource: 'services',
      state: 'watching',
      objects: 2,
    });
  });

  it('that says nothing is cut', async () => {
    const { cluster, start, holds } = shared.current;
    cluster.store.commit([{ put: service('cart') }]);
    cluster.fault = faultyServices({ after: 2, how: 'hang' });
    const sync = start({ timing: { silence: 50 } });
    await sync.settled();
    cluster.store.commit([{ put: service('orders') }]);
    await expect(holds('Service shop/cart', 'Service shop/orders')).resolves.toBeUndefined();
  });

  it('goes on from where it was, without a list', async () => {
    const { cluster, start, holds } = shared.current;
    cluster.store.commit([{ put: service('cart') }]);
    cluster.fault = faultyServices({ after: 3, how: 'break' });
    const sync = start();
    await sync.settled();
    cluster.store.commit([{ put: service('orders') }]);
    cluster.store.commit([{ put: service('users') }]);
    await holds('Service shop/cart', 'Service shop/orders', 'Service shop/users');
    expect(timesListed()).toBe(1);
    const asked = cluster.requests.filter(({ url }) => url.pathname.endsWith('/services'));
    expect(asked.at(-1)?.url.searchParams.get('resourceVersion')).toMatch(/^\d+$/);
  });

  it('whose revision is answered with 410 is begun with a list', async () => {
    const { cluster, start, holds } = shared.current;
    cluster.store.commit([{ put: service('cart') }]);
    cluster.fault = faultyServices({ after: 2, how: 'break' }, { status: 410 });
    const sync = start();
    await sync.settled();
    cluster.store.commit([{ put: service('orders') }]);
    await holds('Service shop/cart', 'Service shop/orders');
    expect(timesListed()).toBe(2);
  });

  it('is asked for until a time of its own', async () => {
    const { cluster, start } = shared.current;
    await start().settled();
    const seconds = cluster.requests
      .filter(({ url }) => isWatch(url))
      .map(({ url }) => Number(url.searchParams.get('timeoutSeconds')));
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(300);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(600);
    expect(new Set(seconds).size).toBeGreaterThan(1);
  });
});

describe('a kind that is refused', () => {
  it('keeps no other from being sent, and status says it', async () => {
    const { cluster, start, holds } = shared.current;
    cluster.fault = ({ pathname }) =>
      pathname.endsWith('/nodes') ? { status: 403, message: 'nodes is forbidden' } : undefined;
    cluster.store.commit([{ put: service('cart') }]);
    const sync = start();
    await holds('Service shop/cart');
    expect(sync.status().followed.find(({ resource }) => resource === 'nodes')).toEqual({
      resource: 'nodes',
      state: 'refused',
      objects: 0,
      message: '403 nodes is forbidden',
    });
  });

  it('keeps what the control plane has of it, until it is known again', async () => {
    const { cluster, start, holds } = shared.current;
    cluster.store.commit([
      { put: service('cart') },
      { put: ingress('web', 'shop.example', 'cart') },
    ]);
    const first = start();
    await holds('Service shop/cart', 'Ingress shop/web');
    await first.close();
    let isForbidden = true;
    cluster.fault = ({ pathname }) =>
      isForbidden && pathname.endsWith('/ingresses') ? { status: 403 } : undefined;
    cluster.store.commit([
      { delete: refOf('ingresses.networking.k8s.io', 'web') },
      { put: service('orders') },
    ]);
    start();
    await holds('Service shop/cart', 'Service shop/orders', 'Ingress shop/web');
    isForbidden = false;
    await expect(holds('Service shop/cart', 'Service shop/orders')).resolves.toBeUndefined();
  });
});

describe('credentials', () => {
  it('are read again when they are no longer good', async () => {
    const { cluster, start, holds } = shared.current;
    cluster.store.commit([{ put: service('cart') }]);
    await start().settled();
    await cluster.changeToken('another-token-of-the-cluster');
    cluster.store.commit([{ put: service('orders') }]);
    await holds('Service shop/cart', 'Service shop/orders');
    expect(cluster.requests.at(-1)?.token).toBe('Bearer another-token-of-the-cluster');
  });
});

describe('a cluster behind TLS', () => {
  it('is known by its authority, and a command says the token', async () => {
    const { start, holds } = shared.current;
    const cluster = await startCluster({ tls: certificate() });
    try {
      cluster.store.commit([{ put: service('cart') }]);
      const sync = start({ kubeconfig: cluster.kubeconfig });
      await holds('Service shop/cart');
      await cluster.changeToken('another-token-of-the-cluster');
      cluster.store.commit([{ put: service('orders') }]);
      await expect(holds('Service shop/cart', 'Service shop/orders')).resolves.toBeUndefined();
      await sync.close();
    } finally {
      await cluster.close();
    }
  });
});

describe('a control plane', () => {
  it.each(['lost', 'refused'] as const)(
    'whose answers are %s for a while gets all changes, and no more than these',
    async (fault) => {
      const { cluster, target, start, holds } = shared.current;
      const names = Array.from({ length: 20 }, (_, index) => `service-${index}`);
      cluster.store.commit(names.map((name) => ({ put: service(name) })));
      await start().settled();
      let left = 3;
      target.fault = (request) =>
        request.method === 'POST' && request.url.endsWith('/bulk') && left-- > 0
          ? fault
          : undefined;
      cluster.store.commit([{ put: endpointSlice('service-1', ['10.244.0.7']) }]);
      await holds(
        'EndpointSlice shop/service-1-abcde',
        ...names.map((name) => `Service shop/${name}`),
      );
      await eventually(() => expect(left).toBeLessThanOrEqual(fault === 'lost' ? 2 : 0));
      expect(target.writes.slice(1).filter(({ since }) => since === null)).toEqual([]);
    },
  );

  it('that lost its checkpoint gets everything', async () => {
    const { cluster, target, start, holds } = shared.current;
    cluster.store.commit([{ put: service('cart') }]);
    await start().settled();
    target.store.commit([
      { delete: refOf('configmaps', 'portolan-sync-east', 'portolan-system') },
      { delete: refOf('services', 'cart') },
    ]);
    cluster.store.commit([{ put: service('orders') }]);
    await expect(holds('Service shop/cart', 'Service shop/orders')).resolves.toBeUndefined();
  });

  it('that was changed by others is mended', async () => {
    const { cluster, target, start, holds } = shared.current;
    cluster.store.commit([{ put: service('cart') }]);
    await start({ resync: 100 }).settled();
    target.store.commit([{ delete: refOf('services', 'cart') }]);
    await expect(holds('Service shop/cart')).resolves.toBeUndefined();
  });

  it('writes nothing when it holds everything already', async () => {
    const { cluster, target, start } = shared.current;
    cluster.store.commit([{ put: service('cart') }, { put: endpointSlice('cart', ['10.0.0.1']) }]);
    const first = start({ resync: 50 });
    await first.settled();
    const before = target.objects('east').map(({ metadata }) => metadata.resourceVersion);
    await eventually(() => expect(target.writes.length).toBeGreaterThan(3));
    await first.close();
    await start().settled();
    expect(target.objects('east').map(({ metadata }) => metadata.resourceVersion)).toEqual(before);
  });
});
