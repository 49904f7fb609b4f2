import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { EndpointSlice } from '../resources/endpoints.ts';
import type { Service, ServiceSpec } from '../resources/service.ts';
import type { Endpoint } from './endpoint-set.ts';
import { endpointSetsFromSlices } from './endpoint-sets-from-slices.ts';

function service(spec: ServiceSpec = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { ports: [{ name: 'sql', port: 5432 }], ...spec },
  };
}

function slice(parts: Partial<EndpointSlice> = {}): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'db-1',
      namespace: 'shop',
      labels: { 'kubernetes.io/service-name': 'db' },
    },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['192.0.2.1'] }],
    ports: [{ name: 'sql', port: 15432 }],
    ...parts,
  };
}

function endpointsOf(slices: readonly EndpointSlice[], given = service()): readonly Endpoint[] {
  return endpointSetsFromSlices(given, slices)[0]?.endpoints ?? [];
}

function addressesOf(addressType: 'IPv4' | 'IPv6', addresses: string[]): readonly string[] {
  return endpointsOf([slice({ addressType, endpoints: [{ addresses }] })]).map(
    (one) => one.address,
  );
}

describe('an EndpointSlice', () => {
  it('gives endpoints to the Service that its label names', () => {
    expect(endpointSetsFromSlices(service(), [slice()])).toEqual([
      {
        portName: 'sql',
        protocol: 'TCP',
        endpoints: [
          {
            address: '192.0.2.1',
            addressType: 'IPv4',
            port: 15432,
            ready: true,
            serving: true,
            terminating: false,
          },
        ],
      },
    ]);
  });

  it.each([
    ['without the label', { name: 'db', namespace: 'shop' }],
    [
      'with the label of another Service',
      { name: 'db', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'cache' } },
    ],
    [
      'in another namespace',
      { name: 'db', namespace: 'other', labels: { 'kubernetes.io/service-name': 'db' } },
    ],
  ])('%s is passed over', (_, metadata) => {
    expect(endpointsOf([slice({ metadata })])).toEqual([]);
  });

  it('without a namespace is in the namespace default', () => {
    const metadata = { name: 'db-1', labels: { 'kubernetes.io/service-name': 'db' } };
    const inDefault = { ...service(), metadata: { name: 'db' } };
    expect(endpointsOf([slice({ metadata })], inDefault)).toHaveLength(1);
    expect(endpointsOf([slice({ metadata })])).toEqual([]);
  });

  it('passes on what it says of an endpoint', () => {
    const endpoints = [
      {
        addresses: ['192.0.2.1'],
        conditions: { ready: false, serving: true, terminating: true },
        hostname: 'db-0',
        nodeName: 'n1',
        zone: 'a',
        hints: { forZones: [{ name: 'a' }, { name: 'b' }], forNodes: [{ name: 'n1' }] },
        targetRef: { kind: 'Pod', name: 'db-0' },
      },
    ];
    expect(endpointsOf([slice({ endpoints })])).toEqual([
      {
        address: '192.0.2.1',
        addressType: 'IPv4',
        port: 15432,
        ready: false,
        serving: true,
        terminating: true,
        hostname: 'db-0',
        nodeName: 'n1',
        zone: 'a',
        hints: { forZones: ['a', 'b'], forNodes: ['n1'] },
        target: { kind: 'Pod', namespace: 'shop', name: 'db-0' },
      },
    ]);
  });

  it('leaves out empty hints and a reference without a name', () => {
    const endpoints = [
      { addresses: ['192.0.2.1'], hints: { forZones: [] }, targetRef: { kind: 'Pod' } },
    ];
    const [endpoint] = endpointsOf([slice({ endpoints })]);
    expect(endpoint).toMatchObject({ address: '192.0.2.1' });
    expect(endpoint).not.toHaveProperty('hints');
    expect(endpoint).not.toHaveProperty('target');
  });

  it('of domain names counts', () => {
    const named = slice({ addressType: 'FQDN', endpoints: [{ addresses: ['db.example.org'] }] });
    expect(endpointsOf([named])).toMatchObject([
      { address: 'db.example.org', addressType: 'FQDN', port: 15432 },
    ]);
  });

  it('without endpoints gives none', () => {
    const { endpoints: _, ...bare } = slice();
    expect(endpointsOf([bare])).toEqual([]);
  });
});

describe('conditions that a slice leaves out', () => {
  it('are ready, serving and not terminating, each for itself', () => {
    const endpoints = [{ addresses: ['192.0.2.1'], conditions: { ready: false } }];
    expect(endpointsOf([slice({ endpoints })])).toMatchObject([
      { ready: false, serving: true, terminating: false },
    ]);
  });
});

describe('the addresses of an endpoint', () => {
  it('count by the first alone', () => {
    expect(addressesOf('IPv4', ['192.0.2.9', '192.0.2.1'])).toEqual(['192.0.2.9']);
    expect(addressesOf('IPv4', [])).toEqual([]);
  });

  it('are in canonical form', () => {
    expect(addressesOf('IPv6', ['2001:DB8:0::1'])).toEqual(['2001:db8::1']);
  });

  it('do not count when they are not of the address type of the slice', () => {
    expect(addressesOf('IPv4', ['2001:db8::1'])).toEqual([]);
    expect(addressesOf('IPv6', ['192.0.2.1'])).toEqual([]);
    expect(addressesOf('IPv6', ['::ffff:192.0.2.1'])).toEqual([]);
    expect(addressesOf('IPv4', ['db.example.org'])).toEqual([]);
  });
});

describe('the port of a slice', () => {
  it.each([
    ['the same name', [{ name: 'sql', port: 1 }], { name: 'sql', port: 5432 }, 1],
    ['no name, as the Service port', [{ port: 1 }], { port: 5432 }, 1],
    ['an empty name, as a Service port without one', [{ name: '', port: 1 }], { port: 5432 }, 1],
    ['another name', [{ name: 'web', port: 1 }], { name: 'sql', port: 5432 }, undefined],
    ['a name, as a Service port without one', [{ name: 'sql', port: 1 }], { port: 1 }, undefined],
    [
      'another protocol',
      [{ name: 'sql', port: 1, protocol: 'UDP' as const }],
      { name: 'sql', port: 5432 },
      undefined,
    ],
    ['no number', [{ name: 'sql' }], { name: 'sql', port: 5432 }, undefined],
    ['the number 0', [{ name: 'sql', port: 0 }], { name: 'sql', port: 5432 }, undefined],
  ])('with %s', (_, ports, servicePort, expected) => {
    const endpoints = endpointsOf([slice({ ports })], service({ ports: [servicePort] }));
    expect(endpoints.map(({ port }) => port)).toEqual(expected === undefined ? [] : [expected]);
  });

  it('serves each port of the Service by its name', () => {
    const ports = [
      { name: 'web', port: 8080 },
      { name: 'sql', port: 15432 },
    ];
    const given = service({
      ports: [
        { name: 'sql', port: 5432 },
        { name: 'web', port: 80 },
      ],
    });
    expect(
      endpointSetsFromSlices(given, [slice({ ports })]).map((set) => set.endpoints[0]?.port),
    ).toEqual([15432, 8080]);
  });

  it('does not matter for a headless Service without ports', () => {
    const given = service({ clusterIP: 'None', ports: [] });
    const slices = [
      slice({ ports: [] }),
      slice({ endpoints: [{ addresses: ['192.0.2.2'] }], ports: [{ name: 'sql', port: 1 }] }),
    ];
    expect(endpointsOf(slices, given)).toMatchObject([
      { address: '192.0.2.1', port: 0 },
      { address: '192.0.2.2', port: 0 },
    ]);
  });
});

describe('the order of slices and of their endpoints', () => {
  it('does not matter, even when they hold an endpoint twice', () => {
    const anyEndpoint = fc
      .record({
        address: fc.constantFrom('192.0.2.9', '192.0.2.10'),
        ready: fc.boolean(),
        serving: fc.boolean(),
        terminating: fc.boolean(),
        nodeName: fc.constantFrom('n1', 'n2'),
      })
      .map(({ address, nodeName, ...conditions }) => ({
        addresses: [address],
        conditions,
        nodeName,
      }));
    const shuffled = fc
      .array(anyEndpoint, { maxLength: 6 })
      .chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray(all, { minLength: all.length }),
          fc.nat(all.length),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([all, reordered, split]) => {
        const together = endpointsOf([slice({ endpoints: all })]);
        const apart = endpointsOf([
          slice({ endpoints: reordered.slice(split) }),
          slice({ endpoints: reordered.slice(0, split) }),
        ]);
        expect(apart).toEqual(together);
      }),
    );
  });
});
