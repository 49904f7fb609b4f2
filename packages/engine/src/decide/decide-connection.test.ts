import type { ServiceSpec } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { build, node, pod, service } from '../../test/shop.ts';
import { decideConnection, type ConnectionFacts } from './decide-connection.ts';

const objects = [
  node('node-a', 'zone-a', '192.0.2.1'),
  node('node-b', 'zone-b', '192.0.2.2'),
  pod('db-1', 'db', '10.0.0.1', { nodeName: 'node-a' }),
];

const spec: ServiceSpec = {
  type: 'NodePort',
  clusterIP: '10.96.0.9',
  ports: [
    { name: 'sql', port: 5432, nodePort: 30432 },
    { name: 'dns', port: 53, protocol: 'UDP', targetPort: 5353, nodePort: 30053 },
  ],
};

const facts: ConnectionFacts = {
  entrance: 'external',
  protocol: 'TCP',
  host: '192.0.2.2',
  port: 30432,
};

function decided(given: Partial<ConnectionFacts>, change: Partial<ServiceSpec> = {}): unknown {
  const { snapshot } = build([...objects, service('db', { ...spec, ...change })]);
  return decideConnection(snapshot, { ...facts, ...given });
}

describe('a connection', () => {
  it('to a node port goes to an endpoint on any node', () => {
    expect(decided({})).toMatchObject({
      outcome: 'connect',
      service: { namespace: 'shop', name: 'db', port: 5432, portName: 'sql' },
      endpoint: { address: '10.0.0.1', port: 5432, nodeName: 'node-a' },
    });
  });

  it('is told apart by its protocol', () => {
    const udp = { protocol: 'UDP', port: 30053 } as const;
    expect(decided(udp)).toMatchObject({ endpoint: { address: '10.0.0.1', port: 5353 } });
    expect(decided({ ...udp, protocol: 'TCP' })).toMatchObject({ reason: 'NoFrontend' });
  });

  it('stays on the node whose address was knocked at, where the policy is Local', () => {
    const local = { externalTrafficPolicy: 'Local' } as const;
    expect(decided({ host: '192.0.2.1' }, local)).toMatchObject({ outcome: 'connect' });
    expect(decided({ host: '192.0.2.2' }, local)).toMatchObject({ reason: 'NoReadyEndpoints' });
  });

  it('to a cluster IP or a DNS name comes from inside, and from nowhere else', () => {
    const inside = { entrance: 'internal', port: 5432 } as const;
    for (const host of ['10.96.0.9', 'db.shop.svc.cluster.local', 'DB.shop.svc.']) {
      expect(decided({ ...inside, host })).toMatchObject({ outcome: 'connect' });
      const outside = decided({ ...inside, host, entrance: 'external' });
      expect(outside).toMatchObject({ outcome: 'refuse', reason: 'NoFrontend' });
    }
  });

  it('finds an IPv6 address in whatever way it is written', () => {
    const dual = {
      ...spec,
      clusterIP: 'fd00::9',
      clusterIPs: ['fd00::9'],
      ipFamilies: ['IPv6'],
    } as const;
    const { snapshot } = build([service('db', dual), pod('db-6', 'db', 'fd00:1::1')]);
    for (const host of ['fd00::9', '[fd00::9]', 'FD00:0::9']) {
      const inside = { ...facts, host, entrance: 'internal', port: 5432 } as const;
      expect(decideConnection(snapshot, inside)).toMatchObject({
        endpoint: { address: 'fd00:1::1' },
      });
    }
  });

  it('from an address outside of the source ranges is refused', () => {
    const { snapshot } = build([
      ...objects,
      service(
        'db',
        { ...spec, type: 'LoadBalancer', loadBalancerSourceRanges: ['198.51.100.0/24'] },
        { status: { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } } },
      ),
    ]);
    const from = (clientAddress?: string) =>
      decideConnection(snapshot, { ...facts, host: '203.0.113.9', port: 5432, clientAddress });
    expect(from('198.51.100.7')).toMatchObject({ outcome: 'connect' });
    expect(from('192.0.2.7')).toMatchObject({ outcome: 'refuse', reason: 'SourceNotAllowed' });
    expect(from()).toMatchObject({ outcome: 'refuse', reason: 'SourceNotAllowed' });
  });

  it('of one client always goes to the same endpoint, where the Service keeps clients', () => {
    const pods = ['10.0.0.2', '10.0.0.3', '10.0.0.4'].map((ip, index) =>
      pod(`db-${index + 2}`, 'db', ip),
    );
    const { snapshot } = build([
      ...objects,
      ...pods,
      service('db', { ...spec, sessionAffinity: 'ClientIP' }),
    ]);
    const at = (clientAddress: string, random: () => number) => {
      const decision = decideConnection(snapshot, { ...facts, clientAddress }, { random });
      return decision.outcome === 'connect' ? decision.endpoint.address : decision.reason;
    };
    const clients = Array.from({ length: 20 }, (_, index) => `198.51.100.${index}`);
    const found = clients.map((client) => at(client, () => 0));
    expect(clients.map((client) => at(client, () => 0.9))).toEqual(found);
    expect(new Set(found).size).toBeGreaterThan(1);
  });
});
