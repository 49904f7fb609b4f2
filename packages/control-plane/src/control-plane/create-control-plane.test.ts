import { findService, type Snapshot } from '@portolan/engine';
import type { AuditEvent } from '@portolan/kube-api';
import { openStore, type Store } from '@portolan/store';
import { afterEach, describe, expect, it } from 'vitest';

import type { ControlPlane, ControlPlaneOptions } from './control-plane.ts';
import { createControlPlane } from './create-control-plane.ts';

const TOKEN = 'a-token-of-sixteen-letters';

const open: ControlPlane[] = [];

function start(
  store: Store = openStore(),
  options: Partial<ControlPlaneOptions> = {},
): ControlPlane {
  const controlPlane = createControlPlane({
    store,
    tokens: [{ name: 'test', role: 'admin', token: TOKEN }],
    holdoff: { quiet: 1, maximum: 5 },
    ...options,
  });
  open.push(controlPlane);
  return controlPlane;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function send(
  { fetch }: ControlPlane,
  method: string,
  path: string,
  body?: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(
    new Request(`http://portolan.example/.portolan/kube${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
  return response.json();
}

const NAMESPACE = '/api/v1/namespaces/shop';

function cart(name: string, ip: string, ready = true): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: 'cart' } },
    spec: { containers: [{ name: 'server', image: 'cart' }] },
    status: { podIP: ip, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'cart' },
  spec: { selector: { app: 'cart' }, ports: [{ port: 80, targetPort: 8080 }] },
};

const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'shop' },
  spec: { defaultBackend: { service: { name: 'cart', port: { number: 80 } } } },
};

function readyAddresses(snapshot: Snapshot): readonly string[] {
  const [port] = findService(snapshot, 'shop/cart')?.ports ?? [];
  return (port?.endpoints ?? []).filter(({ ready }) => ready).map(({ address }) => address);
}

describe('a control plane', () => {
  it('takes a Service and its Pods by its API, and is settled when they are routed', async () => {
    const controlPlane = start();
    const created = await send(controlPlane, 'POST', `${NAMESPACE}/services`, service);
    expect(created).toMatchObject({ spec: { clusterIP: expect.stringMatching(/^\d+\./u) } });
    await send(controlPlane, 'POST', `${NAMESPACE}/pods`, cart('cart-1', '10.0.0.1'));
    await send(controlPlane, 'POST', `${NAMESPACE}/pods`, cart('cart-2', '10.0.0.2', false));
    await controlPlane.settled();
    expect(readyAddresses(controlPlane.snapshot())).toEqual(['10.0.0.1']);
    const slices = await send(
      controlPlane,
      'GET',
      '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices',
    );
    expect(slices).toMatchObject({
      items: [
        {
          endpoints: [
            { addresses: ['10.0.0.1'], conditions: { ready: true } },
            { addresses: ['10.0.0.2'], conditions: { ready: false } },
          ],
        },
      ],
    });
  });

  it('has nothing of a deleted namespace any more', async () => {
    const store = openStore();
    const controlPlane = start(store);
    await send(controlPlane, 'POST', `${NAMESPACE}/services`, service);
    await send(controlPlane, 'POST', `${NAMESPACE}/pods`, cart('cart-1', '10.0.0.1'));
    await controlPlane.settled();
    await send(controlPlane, 'DELETE', NAMESPACE);
    await controlPlane.settled();
    for (const resource of ['pods', 'services', 'endpointslices.discovery.k8s.io']) {
      expect(store.list(resource)).toEqual([]);
    }
    expect(findService(controlPlane.snapshot(), 'shop/cart')).toBeUndefined();
  });

  it('names its addresses in the status of Ingresses where it is told, and invents none', async () => {
    const store = openStore();
    const controlPlane = start(store, { addresses: [{ hostname: 'edge.example' }] });
    await send(
      controlPlane,
      'POST',
      '/apis/networking.k8s.io/v1/namespaces/shop/ingresses',
      ingress,
    );
    await controlPlane.settled();
    expect(store.list('ingresses.networking.k8s.io')).toMatchObject([
      { status: { loadBalancer: { ingress: [{ hostname: 'edge.example' }] } } },
    ]);
    const silent = start();
    await send(silent, 'POST', '/apis/networking.k8s.io/v1/namespaces/shop/ingresses', ingress);
    await silent.settled();
    const path = '/apis/networking.k8s.io/v1/namespaces/shop/ingresses/shop';
    expect(await send(silent, 'GET', path)).not.toHaveProperty('status.loadBalancer.ingress');
  });

  it('says what is wrong with objects that it took', async () => {
    const controlPlane = start();
    await send(
      controlPlane,
      'POST',
      '/apis/networking.k8s.io/v1/namespaces/shop/ingresses',
      ingress,
    );
    await controlPlane.settled();
    expect(controlPlane.conditions()).toMatchObject([
      {
        object: { kind: 'Ingress', name: 'shop' },
        type: 'ResolvedRefs',
        reason: 'BackendNotFound',
      },
    ]);
  });

  it('begins where the last one over the store ended', async () => {
    const store = openStore();
    const first = start(store);
    await send(first, 'POST', `${NAMESPACE}/services`, service);
    await send(first, 'POST', `${NAMESPACE}/pods`, cart('cart-1', '10.0.0.1'));
    await first.settled();
    await first.close();
    const revision = store.revision();
    const second = start(store);
    expect(second.snapshot()).toEqual(first.snapshot());
    await second.settled();
    expect(store.revision()).toBe(revision);
  });

  it('tells of each write, and goes by the clock that it is given', async () => {
    const events: AuditEvent[] = [];
    const now = Date.UTC(2026, 10, 23, 12);
    const store = openStore();
    const controlPlane = start(store, { audit: (event) => events.push(event), now: () => now });
    await send(controlPlane, 'POST', `${NAMESPACE}/services`, service);
    await controlPlane.settled();
    expect(store.list('endpointslices.discovery.k8s.io')).toMatchObject([
      { metadata: { creationTimestamp: '2026-11-23T12:00:00Z' } },
    ]);
    expect(events).toMatchObject([
      { user: 'test', verb: 'create', resource: 'services', time: '2026-11-23T12:00:00.000Z' },
    ]);
  });

  it('does nothing any more once it is closed', async () => {
    const store = openStore();
    const controlPlane = start(store);
    await controlPlane.settled();
    let snapshots = 0;
    controlPlane.subscribe(() => (snapshots += 1));
    await controlPlane.close();
    const other = start(store);
    await send(other, 'POST', `${NAMESPACE}/services`, service);
    await other.settled();
    expect(snapshots).toBe(0);
  });
});
