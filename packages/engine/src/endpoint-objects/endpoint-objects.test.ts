import type { ObjectKey, Service } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { pod, service, slice } from '../../test/shop.ts';
import { EndpointObjects } from './endpoint-objects.ts';

const CART = 'shop/cart';

function selecting(selector?: Service['spec']['selector']): ReadonlyMap<ObjectKey, Service> {
  return new Map([[CART, service('cart', { selector })]]);
}

function namesOf(objects: EndpointObjects): readonly (string | undefined)[] {
  const { pods = [], slices = [], endpoints } = objects.sourcesOf(CART);
  return [...pods, ...slices, ...(endpoints ? [endpoints] : [])].map(
    ({ metadata }) => metadata.name,
  );
}

describe('the objects of a Service', () => {
  it('are the Pods that it selects, whichever of them comes first', () => {
    const objects = new EndpointObjects();
    objects.put(pod('early', 'cart', '10.0.0.1'));
    objects.put(pod('other', 'mail', '10.0.0.2'));
    objects.select(selecting({ app: 'cart' }));
    expect(objects.put(pod('late', 'cart', '10.0.0.3'))).toEqual([CART]);
    expect(namesOf(objects)).toEqual(['early', 'late']);
    objects.select(selecting({ app: 'mail' }));
    expect(namesOf(objects)).toEqual(['other']);
    objects.select(selecting({}));
    expect(namesOf(objects)).toEqual([]);
  });

  it('are the slices and the Endpoints that name it, whether or not it is there', () => {
    const objects = new EndpointObjects();
    expect(objects.put(slice('cart', []))).toEqual([CART]);
    const metadata = { name: 'cart', namespace: 'shop' };
    expect(objects.put({ apiVersion: 'v1', kind: 'Endpoints', metadata })).toEqual([CART]);
    expect(namesOf(objects)).toEqual(['cart-1', 'cart']);
  });

  it('are told of where they come and where they go', () => {
    const objects = new EndpointObjects();
    objects.select(selecting({ app: 'cart' }));
    objects.put(pod('a', 'cart', '10.0.0.1'));
    expect(objects.put(pod('a', 'mail', '10.0.0.1'))).toEqual([CART]);
    expect(namesOf(objects)).toEqual([]);
    objects.put(pod('a', 'cart', '10.0.0.1'));
    expect(objects.delete('Pod shop/a')).toEqual([CART]);
    expect(objects.delete('Pod shop/a')).toEqual([]);
    expect(objects.all()).toEqual([]);
  });

  it('are no Pods any more where the Service is gone', () => {
    const objects = new EndpointObjects();
    objects.select(selecting({ app: 'cart' }));
    objects.put(pod('a', 'cart', '10.0.0.1'));
    objects.select(new Map([[CART, undefined]]));
    expect(namesOf(objects)).toEqual([]);
    expect(objects.put(pod('b', 'cart', '10.0.0.2'))).toEqual([]);
  });

  it('are nobody else’s of the same name in another namespace', () => {
    const objects = new EndpointObjects();
    objects.select(selecting({ app: 'cart' }));
    const made = pod('a', 'cart', '10.0.0.1');
    expect(objects.put({ ...made, metadata: { ...made.metadata, namespace: 'bank' } })).toEqual([]);
  });
});
