import type { Node, Service, ServiceSpec } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { frontends } from './frontends.ts';

type Address = NonNullable<NonNullable<Node['status']>['addresses']>[number];

function node(name: string, ...addresses: readonly Address[]): Node {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { addresses } };
}

const nodes = [
  node(
    'a',
    { type: 'InternalIP', address: '192.168.0.1' },
    { type: 'InternalIP', address: 'FD00:0::1' },
    { type: 'ExternalIP', address: '203.0.113.1' },
    { type: 'Hostname', address: 'Node-A' },
    { type: 'InternalDNS', address: 'node-a' },
    { type: 'ExternalDNS', address: 'a.example.com.' },
  ),
  node('b', { type: 'InternalIP', address: '192.168.0.2' }, { type: 'Hostname', address: 'b_b' }),
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'c' } } as const,
];

function of(spec: ServiceSpec): ReturnType<typeof frontends> {
  const service: Service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec };
  return frontends(service, { nodes, clusterDomain: 'cluster.local' });
}

describe('clients of a NodePort Service knock', () => {
  it('outside, at every address of every node, in canonical form and once, at each node port', () => {
    const ports = [
      { name: 'http', port: 80, nodePort: 30080 },
      { name: 'dns', port: 53, protocol: 'UDP', nodePort: 30053 },
    ] as const;
    expect(
      of({ ipFamilies: ['IPv4', 'IPv6'], ports }).map(
        (each) =>
          `${each.entrance} ${each.protocol} ${each.host} ${each.port} ${each.portName} ${each.node}`,
      ),
    ).toEqual(
      [
        ['192.168.0.1', 'a'],
        ['fd00::1', 'a'],
        ['203.0.113.1', 'a'],
        ['node-a', 'a'],
        ['a.example.com', 'a'],
        ['192.168.0.2', 'b'],
      ].flatMap(([host, name]) => [
        `external TCP ${host} 30080 http ${name}`,
        `external UDP ${host} 30053 dns ${name}`,
      ]),
    );
  });

  it('at addresses of the Service’s own families alone', () => {
    const ports = [{ port: 80, nodePort: 30080 }];
    const hosts = of({ ipFamilies: ['IPv6'], ports }).map(({ host }) => host);
    expect(hosts).toEqual(['fd00::1', 'node-a', 'a.example.com']);
  });

  it('under the external traffic policy', () => {
    const spec: ServiceSpec = { ipFamilies: ['IPv4'], ports: [{ port: 80, nodePort: 30080 }] };
    expect(of(spec)[0]?.trafficPolicy).toBe('Cluster');
    expect(of({ ...spec, externalTrafficPolicy: 'Local' })[0]?.trafficPolicy).toBe('Local');
  });

  it('nowhere at a port without a node port', () => {
    expect(of({ ipFamilies: ['IPv4'], ports: [{ port: 80 }, { port: 81, nodePort: 0 }] })).toEqual(
      [],
    );
  });
});
