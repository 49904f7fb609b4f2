import { defaultServiceTypes } from '@portolan/compile';
import { createServiceTypeRegistry } from '@portolan/core';
import { openStore, type NewObject, type Store } from '@portolan/store';
import { afterEach, describe, expect, it } from 'vitest';

import { running, type Running } from '../../test/controlled.ts';
import { put, remove, service } from '../../test/objects.ts';
import { scriptedProvider } from '../../test/scripted-provider.ts';
import { loadBalancersLayer } from './load-balancers-layer.ts';
import type { LoadBalancerProvider, Provision } from './provider.ts';

const serviceTypes = createServiceTypeRegistry(defaultServiceTypes());

let current: Running | undefined;

afterEach(() => current?.close());

function run(provider: LoadBalancerProvider, store: Store = openStore()): Running {
  current = running(loadBalancersLayer({ providers: [provider], serviceTypes }), store);
  return current;
}

function wanting(name = 'cart', port = 80): NewObject {
  return service(name, { type: 'LoadBalancer', ports: [{ port, protocol: 'TCP' }] });
}

/** A promise, and what resolves it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return { opened: promise, open: () => resolve(undefined) };
}

const PROVISION: Provision = { ingress: [{ ip: '192.0.2.1' }] };
const REFUSAL: Provision = { ingress: [], refusal: { reason: 'Full', message: 'full' } };

function readiness(store: Store, name = 'cart'): unknown {
  const object = store.get({ resource: 'services', namespace: 'shop', name });
  return object?.status;
}

describe('what a provider fails at', () => {
  it('is tried again after longer and longer pauses, five minutes at most, and the Service says so', async () => {
    const provider = scriptedProvider();
    provider.answer = () => {
      throw new Error('out of order');
    };
    const { store, settled, adjust, warnings } = run(provider);
    put(store, wanting());
    await settled();
    expect(provider.calls).toHaveLength(1);
    expect(readiness(store)).toMatchObject({
      conditions: [
        { status: 'False', reason: 'SyncLoadBalancerFailed', message: 'Error: out of order' },
      ],
    });
    await adjust(10_000);
    const early = provider.calls.length;
    expect(early).toBeGreaterThanOrEqual(3);
    expect(early).toBeLessThanOrEqual(5);
    await adjust(3_600_000);
    const hour = provider.calls.length - early;
    expect(hour).toBeGreaterThanOrEqual(10);
    expect(hour).toBeLessThanOrEqual(25);
    expect(warnings).toHaveLength(provider.calls.length);
    const revision = store.revision();
    await adjust(3_600_000);
    expect(store.revision()).toBe(revision);
    provider.answer = () => PROVISION;
    await adjust(400_000);
    expect(readiness(store)).toMatchObject({ loadBalancer: PROVISION });
  });

  it('is tried again at once when the Service changes', async () => {
    const provider = scriptedProvider();
    provider.answer = ({ spec }) => (spec.ports?.[0]?.port === 80 ? REFUSAL : PROVISION);
    const { store, settled } = run(provider);
    put(store, wanting());
    await settled();
    put(store, wanting('cart', 81));
    await settled();
    expect(readiness(store)).toMatchObject({ loadBalancer: PROVISION });
  });

  it('keeps a deleted Service until it is taken back', async () => {
    const provider = scriptedProvider();
    const { store, settled, adjust } = run(provider);
    put(store, wanting());
    await settled();
    provider.released = () => {
      throw new Error('out of order');
    };
    const [cart] = store.list('services');
    if (cart === undefined) throw new Error('no Service');
    const metadata = { ...cart.metadata, deletionTimestamp: '2026-11-23T12:00:00Z' };
    put(store, { ...cart, metadata });
    await settled();
    expect(store.list('services')[0]?.metadata.finalizers).toHaveLength(2);
    provider.released = () => undefined;
    await adjust(2000);
    expect(store.list('services')[0]?.metadata.finalizers).toBeUndefined();
  });
});

describe('a provider', () => {
  it('is asked one thing at a time about a Service, and about others meanwhile', async () => {
    const provider = scriptedProvider();
    const { opened, open } = gate();
    provider.answer = async ({ metadata: { name } }) => {
      if (name === 'cart') await opened;
      return PROVISION;
    };
    const { store, settled, adjust } = run(provider);
    put(store, wanting());
    await adjust(0);
    put(store, wanting('cart', 81), wanting('till'));
    put(store, wanting('cart', 82));
    await adjust(0);
    expect(provider.calls).toEqual(['ensure cart', 'ensure till']);
    open();
    await settled();
    expect(provider.calls).toEqual(['ensure cart', 'ensure till', 'ensure cart']);
    expect(provider.requests.at(-1)?.service.spec.ports).toMatchObject([{ port: 82 }]);
  });

  it('takes back what a Service was given while it was being deleted', async () => {
    const provider = scriptedProvider();
    const { opened, open } = gate();
    provider.answer = () => opened.then(() => PROVISION);
    const { store, settled, adjust } = run(provider);
    put(store, wanting());
    await adjust(0);
    const [cart] = store.list('services');
    if (cart === undefined) throw new Error('no Service');
    const metadata = { ...cart.metadata, deletionTimestamp: '2026-11-23T12:00:00Z' };
    put(store, { ...cart, metadata });
    open();
    await settled();
    expect(provider.calls).toEqual(['ensure cart', 'release cart']);
    expect(store.list('services')[0]?.metadata).not.toHaveProperty('finalizers');
    expect(readiness(store)).toEqual({ loadBalancer: {} });
  });

  it('is asked again about those that it refused as soon as something was taken back', async () => {
    const provider = scriptedProvider();
    provider.answer = ({ metadata: { name } }) => (name === 'cart' ? PROVISION : REFUSAL);
    const { store, settled } = run(provider);
    put(store, wanting(), wanting('till'));
    await settled();
    provider.answer = () => PROVISION;
    const [cart] = store.list('services');
    if (cart === undefined) throw new Error('no Service');
    put(store, { ...service(), metadata: cart.metadata });
    await settled();
    expect(readiness(store, 'till')).toMatchObject({ loadBalancer: PROVISION });
  });

  it('is told when nobody waits for it any more', async () => {
    const provider = scriptedProvider();
    provider.answer = () => gate().opened.then(() => PROVISION);
    const { store, adjust, close } = run(provider);
    put(store, wanting());
    await adjust(0);
    expect(provider.signals.map(({ aborted }) => aborted)).toEqual([false]);
    await close();
    expect(provider.signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('takes back what a Service had whose finalizers somebody took away', async () => {
    const provider = scriptedProvider();
    const { store, settled } = run(provider);
    put(store, wanting());
    await settled();
    remove(store, 'services', 'cart');
    await settled();
    expect(provider.calls).toEqual(['ensure cart', 'release cart']);
  });
});
