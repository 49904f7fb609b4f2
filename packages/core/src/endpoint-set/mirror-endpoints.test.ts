import { describe, expect, it } from 'vitest';

import type { Endpoints } from '../resources/endpoints.ts';
import type { ObjectMeta } from '../resources/meta.ts';
import { mirrorEndpoints } from './mirror-endpoints.ts';

function endpoints(
  subsets: NonNullable<Endpoints['subsets']>,
  metadata: Partial<ObjectMeta> = {},
): Endpoints {
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'db', namespace: 'shop', ...metadata },
    subsets,
  };
}

const ONE = [{ addresses: [{ ip: '192.0.2.1' }], ports: [{ port: 5432 }] }];

describe('an Endpoints object', () => {
  it('is mirrored into a slice for each subset and family', () => {
    const mirrored = mirrorEndpoints(
      endpoints(
        [
          {
            addresses: [{ ip: '192.0.2.1' }, { ip: '2001:DB8::0:1' }],
            ports: [{ name: 'sql', port: 5432 }],
          },
          { addresses: [{ ip: '192.0.2.2' }], ports: [{ name: 'sql', port: 5433 }] },
        ],
        { labels: { app: 'db' } },
      ),
    );
    const labels = {
      app: 'db',
      'kubernetes.io/service-name': 'db',
      'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
    };
    const slice = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' };
    const conditions = { ready: true };
    expect(mirrored).toEqual([
      {
        ...slice,
        metadata: { name: 'db-ipv4-0', namespace: 'shop', labels },
        addressType: 'IPv4',
        endpoints: [{ addresses: ['192.0.2.1'], conditions }],
        ports: [{ name: 'sql', port: 5432 }],
      },
      {
        ...slice,
        metadata: { name: 'db-ipv6-0', namespace: 'shop', labels },
        addressType: 'IPv6',
        endpoints: [{ addresses: ['2001:db8::1'], conditions }],
        ports: [{ name: 'sql', port: 5432 }],
      },
      {
        ...slice,
        metadata: { name: 'db-ipv4-1', namespace: 'shop', labels },
        addressType: 'IPv4',
        endpoints: [{ addresses: ['192.0.2.2'], conditions }],
        ports: [{ name: 'sql', port: 5433 }],
      },
    ]);
  });

  it('keeps addresses that are not ready, as not ready', () => {
    const subsets = [
      { addresses: [{ ip: '192.0.2.1' }], notReadyAddresses: [{ ip: '192.0.2.2' }] },
    ];
    expect(mirrorEndpoints(endpoints(subsets))[0]?.endpoints).toEqual([
      { addresses: ['192.0.2.1'], conditions: { ready: true } },
      { addresses: ['192.0.2.2'], conditions: { ready: false } },
    ]);
  });

  it('keeps hostname, node and what an address stands for', () => {
    const address = {
      hostname: 'db-0',
      nodeName: 'n1',
      targetRef: { kind: 'Pod', namespace: 'shop', name: 'db-0' },
    };
    expect(
      mirrorEndpoints(endpoints([{ addresses: [{ ip: '192.0.2.1', ...address }] }]))[0]?.endpoints,
    ).toEqual([{ addresses: ['192.0.2.1'], conditions: { ready: true }, ...address }]);
  });

  it('loses addresses that are no IP literals, and subsets without addresses', () => {
    const subsets = [{ addresses: [{ ip: 'db.example.org' }] }, { ports: [{ port: 1 }] }];
    expect(mirrorEndpoints(endpoints(subsets))).toEqual([]);
  });

  it('without subsets is mirrored into nothing', () => {
    const { subsets: _, ...bare } = endpoints([]);
    expect(mirrorEndpoints(bare)).toEqual([]);
  });

  it('is not mirrored when its label says so', () => {
    const label = 'endpointslice.kubernetes.io/skip-mirror';
    expect(mirrorEndpoints(endpoints(ONE, { labels: { [label]: 'true' } }))).toEqual([]);
    expect(mirrorEndpoints(endpoints(ONE, { labels: { [label]: 'false' } }))).toHaveLength(1);
  });

  it('is not mirrored when it is the lock of a leader election', () => {
    const annotations = { 'control-plane.alpha.kubernetes.io/leader': '{}' };
    expect(mirrorEndpoints(endpoints(ONE, { annotations }))).toEqual([]);
  });
});
