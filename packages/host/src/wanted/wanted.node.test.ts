import { compile } from '@portolan/compile';
import { describe, expect, it } from 'vitest';

import { wantedFrontends, type Wanted, type WantedOptions } from './wanted.ts';

const NODE = `
apiVersion: v1
kind: Node
metadata: { name: here }
status: { addresses: [{ type: InternalIP, address: 192.0.2.1 }, { type: InternalIP, address: '2001:db8::1' }] }
`;

function wanted(spec: string, options: Partial<WantedOptions> = {}): Wanted {
  const service = `---
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: cart }
spec: ${spec}
`;
  const { snapshot } = compile(NODE + service);
  return wantedFrontends(snapshot, {
    nodeAddresses: ['192.0.2.1', '192.0.2.2', '2001:db8::1'],
    clusterIPs: false,
    ...options,
  });
}

function places(spec: string, options: Partial<WantedOptions> = {}): readonly string[] {
  return wanted(spec, options).frontends.map(
    ({ kind, entrance, protocol, address, port }) =>
      `${kind} ${entrance} ${protocol} ${address} ${port}`,
  );
}

describe('a host is to listen', () => {
  it('for node ports at its addresses that a Node has, of the families of the Service', () => {
    const ports =
      '[{ port: 80, nodePort: 30080 }, { name: u, port: 53, protocol: UDP, nodePort: 30053 }]';
    expect(
      places(`{ type: NodePort, ports: ${ports.replace('port: 80', 'name: t, port: 80')} }`),
    ).toEqual(['node-port external TCP 192.0.2.1 30080', 'node-port external UDP 192.0.2.1 30053']);
    expect(
      places(
        '{ type: NodePort, ipFamilies: [IPv6], clusterIP: "fd00::7", ports: [{ port: 80, nodePort: 30080 }] }',
      ),
    ).toEqual(['node-port external TCP 2001:db8::1 30080']);
  });

  it('for none where no Node has an address, and says so', () => {
    const spec = '{ type: NodePort, ports: [{ port: 80, nodePort: 30080 }] }';
    expect(wanted(spec).warnings).toEqual([
      "192.0.2.2 is no Node's: node ports are not opened there",
    ]);
  });

  it('for external IPs that are its node addresses, and for no other address of a load balancer', () => {
    expect(places('{ externalIPs: [192.0.2.2, 192.0.2.3], ports: [{ port: 80 }] }')).toEqual([
      'external-ip external TCP 192.0.2.2 80',
    ]);
  });

  it('for cluster IPs that nobody but this machine reaches, where that is wanted', () => {
    const loopback = '{ clusterIP: 127.96.0.7, ports: [{ port: 80 }] }';
    expect(places(loopback)).toEqual([]);
    expect(places(loopback, { clusterIPs: true })).toEqual([
      'cluster-ip internal TCP 127.96.0.7 80',
    ]);
    const other = wanted('{ clusterIP: 10.96.0.7, ports: [{ port: 80 }] }', { clusterIPs: true });
    expect(other.frontends).toEqual([]);
    expect(other.warnings).toEqual([expect.stringContaining('127.96.0.0/16')]);
  });

  it('for no SCTP, and says so where it would', () => {
    const spec = '{ type: NodePort, ports: [{ port: 80, protocol: SCTP }] }';
    expect(wanted(spec, { nodeAddresses: ['192.0.2.1'] })).toEqual({
      frontends: [],
      warnings: [expect.stringContaining('Service shop/cart: SCTP')],
    });
    expect(wanted(spec, { nodeAddresses: [] }).warnings).toEqual([]);
  });
});
