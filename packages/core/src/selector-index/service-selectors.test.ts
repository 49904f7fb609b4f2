import { describe, expect, it } from 'vitest';

import type { Service } from '../resources/service.ts';
import { ServiceSelectors } from './service-selectors.ts';

function service(
  name: string,
  selector?: Service['spec']['selector'],
  namespace = 'shop',
): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { ...(selector && { selector }), ports: [{ port: 80 }] },
  };
}

const pod = {
  metadata: { name: 'cart-1', namespace: 'shop', labels: { app: 'cart', tier: 'web' } },
};

describe('the Services that select a Pod', () => {
  it('are those of its namespace whose selector its labels match', () => {
    const selectors = new ServiceSelectors();
    selectors.set(service('cart', { app: 'cart' }));
    selectors.set(service('web', { tier: 'web', app: 'cart' }));
    selectors.set(service('till', { app: 'till' }));
    selectors.set(service('cart', { app: 'cart' }, 'elsewhere'));
    expect(selectors.matching(pod).toSorted()).toEqual(['shop/cart', 'shop/web']);
    expect(selectors.matching({ metadata: { name: 'bare', namespace: 'shop' } })).toEqual([]);
  });

  it('are other ones once a Service has another selector, has none, or is gone', () => {
    const selectors = new ServiceSelectors();
    selectors.set(service('cart', { app: 'till' }));
    selectors.set(service('cart', { app: 'cart' }));
    selectors.set(service('web', { tier: 'web' }));
    selectors.set(service('all', { app: 'cart' }));
    selectors.set(service('all'));
    selectors.delete('shop/web');
    expect(selectors.matching(pod)).toEqual(['shop/cart']);
  });
});
