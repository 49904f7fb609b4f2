import { openStore, type NewObject, type OwnerReference, type Store } from '@portolan/store';
import { afterEach, describe, expect, it } from 'vitest';

import { controlled, type Running } from '../../../test/controlled.ts';
import { object, pod, put, remove } from '../../../test/objects.ts';
import { garbageCollector } from './garbage-collector.ts';

const open: Running[] = [];

function start(store?: Store): Running {
  const run = controlled((each) => [garbageCollector(each)], store);
  open.push(run);
  return run;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});

function replicaSet(name: string): NewObject {
  return object('apps/v1', 'ReplicaSet', { name, namespace: 'shop' });
}

function ownedBy(name: string, kind = 'ReplicaSet', apiVersion = 'apps/v1'): OwnerReference {
  return { apiVersion, kind, name, uid: `uid-of-${kind}-${name}` };
}

function podsOf(store: Store): readonly string[] {
  return store.list('pods').map(({ metadata }) => metadata.name);
}

describe('an object', () => {
  it('goes with the last of its owners', async () => {
    const { store, settled } = start();
    const ownerReferences = [ownedBy('old'), ownedBy('new')];
    put(
      store,
      replicaSet('old'),
      replicaSet('new'),
      pod('cart-1', { metadata: { ownerReferences } }),
    );
    remove(store, 'replicasets.apps', 'old');
    await settled();
    expect(podsOf(store)).toEqual(['cart-1']);
    remove(store, 'replicasets.apps', 'new');
    await settled();
    expect(podsOf(store)).toEqual([]);
  });

  it('goes where another one has taken the name of its owner', async () => {
    const { store, settled } = start();
    put(store, {
      ...replicaSet('cart'),
      metadata: { ...replicaSet('cart').metadata, uid: 'other' },
    });
    put(store, pod('cart-1', { metadata: { ownerReferences: [ownedBy('cart')] } }));
    await settled();
    expect(podsOf(store)).toEqual([]);
  });

  it('goes with owners of owners', async () => {
    const { store, settled } = start();
    const deployment = object('apps/v1', 'Deployment', { name: 'cart', namespace: 'shop' });
    const { metadata } = replicaSet('cart');
    put(
      store,
      deployment,
      {
        ...replicaSet('cart'),
        metadata: { ...metadata, ownerReferences: [ownedBy('cart', 'Deployment')] },
      },
      pod('cart-1', { metadata: { ownerReferences: [ownedBy('cart')] } }),
    );
    await settled();
    expect(podsOf(store)).toEqual(['cart-1']);
    remove(store, 'deployments.apps', 'cart');
    await settled();
    expect(podsOf(store)).toEqual([]);
  });

  it('whose owners went while nobody looked goes at the start', async () => {
    const store = openStore();
    put(store, pod('cart-1', { metadata: { ownerReferences: [ownedBy('gone')] } }));
    await start(store).settled();
    expect(podsOf(store)).toEqual([]);
  });

  it('stays where its owner is of a kind that is not kept here, or where it was synced from elsewhere', async () => {
    const { store, settled } = start();
    put(
      store,
      pod('rollout', {
        metadata: { ownerReferences: [ownedBy('x', 'Rollout', 'argoproj.io/v1alpha1')] },
      }),
      pod('synced', {
        metadata: {
          ownerReferences: [ownedBy('x')],
          annotations: { 'portolan.dev/source': 'prod' },
        },
      }),
    );
    await settled();
    expect(podsOf(store)).toEqual(['rollout', 'synced']);
  });

  it('that a finalizer holds is marked as deleted, and goes when the finalizer does', async () => {
    const { store, settled } = start();
    const held = { ownerReferences: [ownedBy('gone')], finalizers: ['example.org/drain'] };
    put(store, pod('cart-1', { metadata: held }));
    await settled();
    const [marked] = store.list('pods');
    const { deletionTimestamp } = marked?.metadata ?? {};
    expect(deletionTimestamp).toBe('1970-01-01T00:00:00Z');
    put(store, pod('cart-1', { metadata: { ...held, deletionTimestamp, finalizers: [] } }));
    await settled();
    expect(podsOf(store)).toEqual([]);
  });

  it('that is being deleted goes when its grace period is over, and not before', async () => {
    const { store, settled, adjust } = start();
    put(store, pod('cart-1', { metadata: { deletionTimestamp: '1970-01-01T00:00:30Z' } }));
    await settled();
    await adjust(29_000);
    await settled();
    expect(podsOf(store)).toEqual(['cart-1']);
    await adjust(1000);
    await settled();
    expect(podsOf(store)).toEqual([]);
  });

  it('may have a grace period longer than any timer', async () => {
    const { store, settled, adjust } = start();
    put(store, pod('cart-1', { metadata: { deletionTimestamp: '1970-03-01T00:00:00Z' } }));
    for (let day = 0; day < 59; day += 1) {
      expect(podsOf(store)).toEqual(['cart-1']);
      await adjust(86_400_000);
      await settled();
    }
    expect(podsOf(store)).toEqual([]);
  });
});

describe('a namespace that is being deleted', () => {
  it('goes when all that is in it is gone, finalizers included', async () => {
    const { store, settled } = start();
    const deletionTimestamp = '1970-01-01T00:00:00Z';
    const held = { finalizers: ['example.org/drain'] };
    put(
      store,
      object('v1', 'Namespace', { name: 'shop' }),
      pod('cart-1'),
      pod('cart-2', { metadata: held }),
      pod('till-1', { metadata: { namespace: 'other' } }),
    );
    put(store, object('v1', 'Namespace', { name: 'shop', deletionTimestamp }));
    await settled();
    expect(podsOf(store)).toEqual(['till-1', 'cart-2']);
    expect(store.list('namespaces')).toHaveLength(1);
    put(store, pod('cart-2', { metadata: { deletionTimestamp } }));
    await settled();
    expect(podsOf(store)).toEqual(['till-1']);
    expect(store.list('namespaces')).toEqual([]);
  });
});
