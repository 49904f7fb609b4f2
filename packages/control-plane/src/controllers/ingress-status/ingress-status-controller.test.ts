import { defaultRouteProviders } from '@portolan/compile';
import type { Store } from '@portolan/store';
import { describe, expect, it } from 'vitest';

import { controlled } from '../../../test/controlled.ts';
import { ingress, object, put } from '../../../test/objects.ts';
import { ingressStatusController } from './ingress-status-controller.ts';

const addresses = [{ ip: '192.0.2.10' }, { hostname: 'edge.example' }];

function statusOf(store: Store, name: string): unknown {
  const resource = 'ingresses.networking.k8s.io';
  return store.get({ resource, namespace: 'shop', name })?.status;
}

describe('the status of an Ingress', () => {
  it('names the addresses, where the Ingress is ours, and is written once', async () => {
    const { store, settled, close } = controlled((each) => [
      ingressStatusController(each, {
        addresses,
        routeProviders: defaultRouteProviders({
          ingress: { controllers: ['portolan.dev/ingress'] },
        }),
      }),
    ]);
    put(
      store,
      ingress('ours', { ingressClassName: 'portolan' }),
      ingress('theirs', { ingressClassName: 'nginx' }),
      ingress(
        'synced',
        { ingressClassName: 'portolan' },
        {
          annotations: { 'portolan.dev/source': 'prod' },
        },
      ),
    );
    await settled();
    expect(statusOf(store, 'ours')).toBeUndefined();
    put(
      store,
      object(
        'networking.k8s.io/v1',
        'IngressClass',
        { name: 'portolan' },
        {
          spec: { controller: 'portolan.dev/ingress' },
        },
      ),
    );
    await settled();
    expect(statusOf(store, 'ours')).toEqual({ loadBalancer: { ingress: addresses } });
    expect(statusOf(store, 'theirs')).toBeUndefined();
    expect(statusOf(store, 'synced')).toBeUndefined();
    const revision = store.revision();
    await settled();
    expect(store.revision()).toBe(revision);
    await close();
  });
});
