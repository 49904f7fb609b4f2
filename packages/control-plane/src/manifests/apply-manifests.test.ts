import type { Resource } from '@portolan/core';
import type { AuditEvent } from '@portolan/kube-api';
import { parseManifests } from '@portolan/manifests';
import { openStore, type Store } from '@portolan/store';
import { describe, expect, it } from 'vitest';

import { put, remove } from '../../test/objects.ts';
import { createControlPlane } from '../control-plane/create-control-plane.ts';
import type { AppliedManifests } from './apply-manifests.ts';

const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, labels: { team: shop } }
spec:
  selector: { app: cart }
  ports: [{ port: 80 }]
`;
const POD = `
apiVersion: v1
kind: Pod
metadata:
  name: cart-1
  namespace: shop
  uid: of-another-cluster
  labels: { app: cart }
  ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: cart, uid: of-another-cluster }]
spec: { containers: [{ name: server, image: cart }] }
status: { podIP: 10.0.0.1 }
`;

function read(...texts: readonly string[]): readonly Resource[] {
  const { manifests, diagnostics } = parseManifests([{ name: 'test', text: texts.join('---') }]);
  expect(diagnostics).toEqual([]);
  return manifests.map(({ resource }) => resource);
}

/** Applies manifests one after the other, as of the source `shop`, with something in between. */
async function applied(
  turns: readonly (readonly Resource[])[],
  between: (store: Store) => void = () => undefined,
): Promise<{
  readonly store: Store;
  readonly results: readonly AppliedManifests[];
  readonly events: readonly AuditEvent[];
}> {
  const store = openStore();
  const events: AuditEvent[] = [];
  const audit = (event: AuditEvent): number => events.push(event);
  const controlPlane = createControlPlane({ store, tokens: [], audit });
  const results: AppliedManifests[] = [];
  for (const [index, turn] of turns.entries()) {
    if (index > 0) between(store);
    results.push(await controlPlane.applyManifests(turn, { source: 'shop' }));
  }
  await controlPlane.settled();
  await controlPlane.close();
  return { store, results, events };
}

function service(store: Store): unknown {
  return store.get({ resource: 'services', namespace: 'shop', name: 'cart' });
}

describe('manifests', () => {
  it('come in by the API: allocated, audited, in namespaces that appear by themselves', async () => {
    const { store, results, events } = await applied([read(SERVICE, POD)]);
    expect(results).toEqual([{ applied: 2, unchanged: 0, removed: 0, refused: [] }]);
    expect(service(store)).toMatchObject({
      metadata: { annotations: { 'portolan.dev/manifests': 'shop' } },
      spec: { clusterIP: expect.stringMatching(/^\d/u) },
    });
    expect(store.list('namespaces')).toHaveLength(1);
    expect(events.map(({ user, resource }) => `${user} ${resource}`)).toEqual([
      'system:manifests services',
      'system:manifests pods',
    ]);
  });

  it('from another cluster have no owners there', async () => {
    const { store } = await applied([read(POD)]);
    const [pod] = store.list('pods');
    expect(pod?.metadata).not.toHaveProperty('ownerReferences');
    expect(pod?.metadata.uid).not.toBe('of-another-cluster');
  });

  it('that are gone take their objects with them, and no others', async () => {
    const { store, results } = await applied([read(SERVICE, POD), read(SERVICE)], (each) =>
      put(each, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'other',
          namespace: 'shop',
          uid: 'x',
          creationTimestamp: '2026-11-23T12:00:00Z',
        },
        spec: { containers: [] },
      }),
    );
    expect(results[1]).toEqual({ applied: 0, unchanged: 1, removed: 1, refused: [] });
    expect(store.list('pods').map(({ metadata }) => metadata.name)).toEqual(['other']);
  });

  it('that are gone take a namespace with them only where the source has nothing else in it', async () => {
    const namespace = read('apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n');
    const kept = await applied([[...namespace, ...read(POD)], read(POD)]);
    expect(kept.results[1]).toMatchObject({ unchanged: 1, removed: 0 });
    expect(kept.store.list('pods')).toHaveLength(1);
    const gone = await applied([[...namespace, ...read(POD)], []]);
    expect(gone.store.list('namespaces')).toEqual([]);
  });

  it('that have not changed leave what others made of their objects; those that have win', async () => {
    const edit = (store: Store): void => {
      for (const each of store.list('services')) {
        const labels = { ...each.metadata.labels, team: 'other', by: 'hand' };
        put(store, { ...each, metadata: { ...each.metadata, labels } });
      }
    };
    const same = await applied([read(SERVICE), read(SERVICE)], edit);
    expect(service(same.store)).toMatchObject({
      metadata: { labels: { team: 'other', by: 'hand' } },
    });
    const changed = await applied([read(SERVICE), read(SERVICE.replace('80', '81'))], edit);
    expect(service(changed.store)).toMatchObject({
      metadata: { labels: { team: 'shop', by: 'hand' } },
      spec: { ports: [{ port: 81 }] },
    });
  });

  it('whose objects were deleted bring them back', async () => {
    const { store } = await applied([read(SERVICE), read(SERVICE)], (each) =>
      remove(each, 'services', 'cart'),
    );
    expect(service(store)).toBeDefined();
  });

  it('that are refused block nothing else, and leave what was there', async () => {
    const fixed = SERVICE.replace('selector', 'clusterIP: 10.96.0.9\n  selector');
    const other = fixed.replace('name: cart', 'name: till');
    const { store, results } = await applied([read(SERVICE), read(fixed, POD, other)]);
    expect(results[1]?.refused).toMatchObject([
      {
        ref: { resource: 'services', namespace: 'shop', name: 'cart' },
        message: expect.any(String),
      },
    ]);
    expect(service(store)).toBeDefined();
    expect(store.list('pods')).toHaveLength(1);
  });

  it('may take what those had that are gone now', async () => {
    const first = SERVICE.replace('selector', 'clusterIP: 10.96.0.9\n  selector');
    const second = first.replace('name: cart', 'name: basket');
    const { store, results } = await applied([read(first), read(second)]);
    expect(results[1]).toEqual({ applied: 1, unchanged: 0, removed: 1, refused: [] });
    expect(store.list('services').map(({ metadata }) => metadata.name)).toEqual(['basket']);
  });
});
