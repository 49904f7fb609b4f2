import { connect } from 'node:net';
import { hostname } from 'node:os';
import { text } from 'node:stream/consumers';

import { afterEach, describe, expect, it } from 'vitest';

import { pod, resources, service } from './manifests.ts';
import { eventually, listening, portOf, starting } from './starting.ts';

const start = starting();
afterEach(start.end);

const NODE = '127.0.92.1';
const POD = '127.0.92.2';
const BALANCER = '127.0.92.50';

const NODE_PORT = '{ port: 80, targetPort: 8080, nodePort: 30992 }';

/** What is answered at an address over TCP; nothing where the connection is refused or broken off. */
async function ask(address: string, port: number, header: string = ''): Promise<string> {
  const socket = connect(port, address);
  socket.end(`${header}GET / HTTP/1.0\r\nHost: any\r\n\r\n`);
  return text(socket).catch(() => '');
}

const node = (name: string, address: string): string => `---
apiVersion: v1
kind: Node
metadata: { name: ${name} }
status: { addresses: [{ type: InternalIP, address: ${address} }] }
`;

describe('node ports', () => {
  it('are open at the node addresses while a Service has them', async () => {
    await start.pod('cart', POD);
    const { host } = await start.host({ nodeAddresses: [NODE] });
    await host.update(resources(service('type: NodePort', NODE_PORT) + pod('cart', POD)));
    expect(listening(host)).toEqual([`node-port TCP ${NODE}:30992`]);
    expect(await ask(NODE, 30992)).toMatch(/cart any$/);
    await host.update(resources(service('type: ClusterIP') + pod('cart', POD)));
    expect(listening(host)).toEqual([]);
    await expect(fetch(`http://${NODE}:30992/`)).rejects.toThrow('fetch failed');
  });

  it('have this machine a Node, unless another is it', async () => {
    const { host } = await start.host({ nodeAddresses: [NODE], node: 'this', zone: 'a' });
    await host.update([]);
    const names = (): readonly string[] =>
      Object.values(host.controlPlane.snapshot().nodeAddresses);
    expect(new Set(names())).toEqual(new Set(['this']));
    await host.update(resources(node('given', NODE)));
    await eventually(() => names().join() === 'given');
    await host.update([]);
    await eventually(() => names().includes('this'));
  });

  it('are open at all addresses that this machine has, whether or not its Node is given', async () => {
    const also = '127.0.92.3';
    const { host, warnings } = await start.host({ nodeAddresses: [NODE, also] });
    const both = [`node-port TCP ${NODE}:30992`, `node-port TCP ${also}:30992`];
    await host.update(resources(service('type: NodePort', NODE_PORT)));
    expect(listening(host)).toEqual(both);
    const given = node('given', NODE).replace(
      ' }] }',
      ` }, { type: InternalIP, address: ${also} }] }`,
    );
    await host.update(resources(service('type: NodePort', NODE_PORT) + given));
    expect(listening(host)).toEqual(both);
    expect(warnings).toEqual([]);
  });

  it('lead to the endpoints that hints mean for the zone of its Node', async () => {
    const far = '127.0.92.4';
    await start.pod('near', POD);
    await start.pod('far', far);
    const zonal = `---
apiVersion: v1
kind: Node
metadata: { name: given, labels: { topology.kubernetes.io/zone: a } }
status: { addresses: [{ type: InternalIP, address: ${NODE} }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { namespace: shop, name: cart-1, labels: { kubernetes.io/service-name: cart } }
addressType: IPv4
ports: [{ port: 8080 }]
endpoints:
  - { addresses: [${POD}], nodeName: given, zone: a, hints: { forZones: [{ name: a }] } }
  - { addresses: [${far}], nodeName: far, zone: b, hints: { forZones: [{ name: b }] } }
---
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: cart }
spec: { type: NodePort, ports: [${NODE_PORT}] }
`;
    const { host } = await start.host({ nodeAddresses: [NODE] });
    await host.update(resources(zonal));
    for (let asked = 0; asked < 12; asked += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await ask(NODE, 30992)).toMatch(/near any$/);
    }
  });

  it('lead to Pods of this machine alone where the policy is Local, and the health check tells of them', async () => {
    await start.pod('cart', POD);
    const { host } = await start.host({ nodeAddresses: [NODE] });
    const local = service(
      'type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 32192',
      NODE_PORT,
    );
    await host.update(resources(local + pod('cart', POD)));
    expect(await ask(NODE, 30992)).toBe('');
    const far = await fetch(`http://${NODE}:32192/healthz`);
    expect(far.status).toBe(503);

    await host.update(resources(local + pod('cart', POD, hostname().toLowerCase())));
    expect(await ask(NODE, 30992)).toMatch(/cart any$/);
    const near = await fetch(`http://${NODE}:32192/`);
    expect(near.status).toBe(200);
    expect(await near.json()).toEqual({
      service: { namespace: 'shop', name: 'cart' },
      localEndpoints: 1,
      serviceProxyHealthy: true,
    });
    expect(near.headers.get('x-content-type-options')).toBe('nosniff');
    expect(near.headers.get('x-load-balancing-endpoint-weight')).toBe('1');
  });

  it('believe the balancers in front that are named what they say of their clients', async () => {
    await start.pod('cart', POD);
    const { host } = await start.host({
      loadBalancerAddresses: [BALANCER],
      proxyProtocolFrom: ['127.0.0.0/8'],
    });
    const guarded = 'type: LoadBalancer, loadBalancerSourceRanges: [198.51.100.0/24]';
    await host.update(
      resources(service(guarded, '{ port: 8000, targetPort: 8080 }') + pod('cart', POD)),
    );
    const header = (client: string): string => `PROXY TCP4 ${client} ${BALANCER} 5000 8000\r\n`;
    expect(await ask(BALANCER, 8000, header('198.51.100.7'))).toMatch(/cart any$/);
    expect(await ask(BALANCER, 8000, header('203.0.113.7'))).toBe('');
  });

  it('are not opened at addresses that are not of this machine', async () => {
    await expect(start.host({ nodeAddresses: ['192.0.2.1'] })).rejects.toThrow(
      'nodeAddresses: 192.0.2.1 is no address of this machine',
    );
  });
});

describe('a place that is taken', () => {
  it('is a fault that names it, and keeps nothing else from being opened', async () => {
    await start.pod('cart', POD);
    const free = await start.occupy(NODE, 30992);
    let changes = 0;
    const { host } = await start.host({
      nodeAddresses: [NODE],
      http: { hostname: NODE, port: 0 },
      changed: () => (changes += 1),
    });
    await host.update(resources(service('type: NodePort', NODE_PORT) + pod('cart', POD)));
    expect(host.faults()).toEqual([
      {
        kind: 'node-port',
        protocol: 'TCP',
        hostname: NODE,
        port: 30992,
        service: 'shop/cart',
        code: 'EADDRINUSE',
        message: 'is in use',
      },
    ]);
    expect(listening(host)).toEqual([`http TCP ${NODE}:${portOf(host, 'http')}`]);
    const before = changes;
    await free();
    await eventually(() => host.faults().length === 0);
    expect(changes).toBeGreaterThan(before);
    expect(await ask(NODE, 30992)).toMatch(/cart any$/);
  });

  it('is one where it is an entrance, too', async () => {
    await start.occupy(NODE, 8992);
    const { host } = await start.host({ http: { hostname: NODE, port: 8992 } });
    expect(host.faults()).toMatchObject([{ kind: 'http', port: 8992, code: 'EADDRINUSE' }]);
    expect(host.frontends()).toEqual([]);
  });
});

describe('load balancers', () => {
  it('have addresses of the pool that are really open, and are told in the status', async () => {
    await start.pod('cart', POD);
    const { host } = await start.host({ loadBalancerAddresses: [BALANCER] });
    await host.update(
      resources(
        service('type: LoadBalancer', '{ port: 8000, targetPort: 8080 }') + pod('cart', POD),
      ),
    );
    expect(listening(host)).toEqual([`load-balancer TCP ${BALANCER}:8000`]);
    expect(host.frontends()).toMatchObject([{ service: 'shop/cart' }]);
    expect(await ask(BALANCER, 8000)).toMatch(/cart any$/);
    await host.update([]);
    expect(listening(host)).toEqual([]);
  });
});

describe('a load balancer whose policy is Local', () => {
  it('leads to Pods of the Node that this machine is among those given', async () => {
    await start.pod('cart', POD);
    const { host } = await start.host({
      nodeAddresses: [NODE],
      loadBalancerAddresses: [BALANCER],
    });
    const local = service(
      'type: LoadBalancer, externalTrafficPolicy: Local',
      '{ port: 8000, targetPort: 8080 }',
    );
    await host.update(resources(node('given', NODE) + local + pod('cart', POD, 'given')));
    expect(await ask(BALANCER, 8000)).toMatch(/cart any$/);
  });
});

describe('cluster IPs', () => {
  it('are open where nobody but this machine reaches them; why others are not is told once', async () => {
    await start.pod('cart', POD);
    const { host, warnings } = await start.host({ clusterIPs: true });
    const manifests = resources(
      service(`clusterIP: 127.96.92.1`, '{ port: 8002, targetPort: 8080 }') +
        pod('cart', POD) +
        service('clusterIP: 10.96.92.1').replace('name: cart', 'name: far') +
        service('type: ClusterIP', '{ port: 9, protocol: SCTP }').replace(
          'name: cart',
          'name: sctp',
        ),
    );
    await host.update(manifests);
    await host.update(manifests);
    expect(listening(host)).toEqual(['cluster-ip TCP 127.96.92.1:8002']);
    expect(await ask('127.96.92.1', 8002)).toMatch(/cart any$/);
    expect(warnings).toEqual([
      'Service shop/sctp: SCTP is not carried, since no runtime has sockets for it',
      expect.stringContaining('cluster IPs outside of 127.0.0.0/8 are not opened'),
    ]);
  });
});
