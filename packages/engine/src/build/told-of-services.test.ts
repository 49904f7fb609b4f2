import { describe, expect, it } from 'vitest';

import { build, pod, service } from '../../test/shop.ts';
import { findService, type SnapshotService } from '../index.ts';

function entry(...objects: Parameters<typeof build>[0]): SnapshotService | undefined {
  return findService(build(objects).snapshot, 'shop/cart');
}

describe('what a Snapshot tells of a Service', () => {
  it('are its names in cluster DNS, and those of its endpoints', () => {
    const headless = service('cart', {
      clusterIP: 'None',
      ports: [{ name: 'http', port: 80 }],
    });
    const found = entry(headless, pod('cart-1', 'cart', '10.0.0.1'));
    expect(found?.dnsRecords).toEqual([
      { type: 'A', name: 'cart.shop.svc.cluster.local', address: '10.0.0.1' },
      { type: 'A', name: '10-0-0-1.cart.shop.svc.cluster.local', address: '10.0.0.1' },
      {
        type: 'SRV',
        name: '_http._tcp.cart.shop.svc.cluster.local',
        target: '10-0-0-1.cart.shop.svc.cluster.local',
        port: 80,
        priority: 0,
        weight: 100,
      },
      {
        type: 'PTR',
        name: '1.0.0.10.in-addr.arpa',
        target: '10-0-0-1.cart.shop.svc.cluster.local',
      },
    ]);
    expect(entry(headless)).not.toHaveProperty('dnsRecords');
  });

  it('is the port at which nodes tell whether they have endpoints, where it has one', () => {
    const local = { type: 'LoadBalancer', externalTrafficPolicy: 'Local' } as const;
    expect(entry(service('cart', { ...local, healthCheckNodePort: 32100 }))).toMatchObject({
      healthCheckNodePort: 32100,
    });
    expect(entry(service('cart', {}))).not.toHaveProperty('healthCheckNodePort');
  });
});
