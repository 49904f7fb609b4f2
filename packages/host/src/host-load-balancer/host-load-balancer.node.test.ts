import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { platform } from 'node:os';

import { createControlPlane, type ControlPlane, type Provision } from '@portolan/control-plane';
import type { Service, ServiceSpec } from '@portolan/core';
import { decideConnection } from '@portolan/engine';
import { parseManifests } from '@portolan/manifests';
import { openStore } from '@portolan/store';
import { afterEach, describe, expect, it } from 'vitest';

import {
  hostLoadBalancer,
  type ClaimedPort,
  type ClaimFault,
  type ClaimPorts,
} from './host-load-balancer.ts';

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

interface Listening extends ClaimedPort {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Listens, or rejects with the system's error. */
async function listen(address: string, { protocol, port }: ClaimedPort): Promise<Listening> {
  if (protocol === 'UDP') {
    const socket = createSocket('udp4');
    socket.bind(port, address);
    await once(socket, 'listening');
    const close = (): Promise<void> => new Promise((resolve) => void socket.close(() => resolve()));
    return { address, protocol, port: socket.address().port, close };
  }
  const server = createServer((socket) => socket.end('here'));
  server.listen(port, address);
  await once(server, 'listening');
  const bound = server.address();
  const actual = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const close = (): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));
  return { address, protocol, port: actual, close };
}

/** Claims with sockets, as a host does. */
function sockets(): { readonly claim: ClaimPorts; readonly open: () => readonly string[] } {
  let listening: readonly Listening[] = [];
  const claim: ClaimPorts = async (address, ports) => {
    const isWanted = (each: Listening): boolean =>
      ports.some(({ protocol, port }) => each.protocol === protocol && each.port === port);
    const mine = listening.filter((each) => each.address === address);
    const gone = mine.filter((each) => !isWanted(each));
    listening = listening.filter((each) => !gone.includes(each));
    await Promise.all(gone.map((each) => each.close()));
    const faults: ClaimFault[] = [];
    for (const wanted of ports) {
      if (mine.some(({ protocol, port }) => wanted.protocol === protocol && wanted.port === port)) {
        continue;
      }
      try {
        listening = [...listening, await listen(address, wanted)];
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        faults.push({ ...wanted, code, message: String(error) });
      }
    }
    return faults;
  };
  closers.push(() => Promise.all(listening.map((each) => each.close())));
  return {
    claim,
    open: () => listening.map(({ protocol, address, port }) => `${protocol} ${address}:${port}`),
  };
}

/** A port that nobody had a moment ago at any of some addresses. */
async function freePort(...addresses: readonly string[]): Promise<number> {
  for (;;) {
    const opened: Listening[] = [];
    let port = 0;
    try {
      for (const address of addresses) {
        for (const protocol of ['TCP', 'UDP'] as const) {
          opened.push(await listen(address, { protocol, port }));
          port = opened[0]?.port ?? 0;
        }
      }
      return port;
    } catch {
      // Somebody has it at one of them: another one, then.
    } finally {
      await Promise.all(opened.map((each) => each.close()));
    }
  }
}

async function greeting(address: string, port: number): Promise<string> {
  const socket = connect(port, address);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

function service(name: string, spec: ServiceSpec, status?: Service['status']): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { type: 'LoadBalancer', ipFamilies: ['IPv4'], ...spec },
    ...(status && { status }),
  };
}

const { signal } = new AbortController();
const POOL = ['127.0.7.1-127.0.7.2'];
const ADDRESSES = ['127.0.7.1', '127.0.7.2'];
/** For what is not about sockets. */
const GRANTED: ClaimPorts = () => Promise.resolve([]);

function ips({ ingress }: Provision): readonly (string | undefined)[] {
  return ingress.map(({ ip }) => ip);
}

describe.skipIf(platform() !== 'linux')('addresses of this machine', () => {
  it('are listened at once they are given, and not any more once they are taken back', async () => {
    const { claim, open } = sockets();
    const provider = hostLoadBalancer({ addresses: POOL, claim });
    const port = await freePort(...ADDRESSES);
    const cart = service('cart', { ports: [{ port }, { name: 'dns', port, protocol: 'UDP' }] });
    const provision = await provider.ensure({ service: cart, nodes: [], signal });
    expect(provision).toEqual({ ingress: [{ ip: '127.0.7.1', ipMode: 'Proxy' }] });
    expect(await greeting('127.0.7.1', port)).toBe('here');
    expect(open()).toEqual([`TCP 127.0.7.1:${port}`, `UDP 127.0.7.1:${port}`]);
    await provider.ensure({ service: service('cart', { ports: [{ port }] }), nodes: [], signal });
    expect(open()).toEqual([`TCP 127.0.7.1:${port}`]);
    await provider.release({ service: cart, signal });
    expect(open()).toEqual([]);
    await expect(greeting('127.0.7.1', port)).rejects.toThrow('ECONNREFUSED');
  });

  it('tell which of their ports could not be opened', async () => {
    const port = await freePort(...ADDRESSES);
    const other = await freePort(...ADDRESSES);
    const taken = await listen('127.0.7.1', { protocol: 'TCP', port });
    closers.push(taken.close);
    const provider = hostLoadBalancer({ addresses: POOL, claim: sockets().claim });
    const ports = [
      { name: 'a', port },
      { name: 'b', port: other },
      { name: 'c', port: 132, protocol: 'SCTP' },
    ] as const;
    const cart = service('cart', { ports });
    expect(await provider.ensure({ service: cart, nodes: [], signal })).toEqual({
      ingress: [
        {
          ip: '127.0.7.1',
          ipMode: 'Proxy',
          ports: [
            { port, protocol: 'TCP', error: 'PortUnavailable' },
            { port: other, protocol: 'TCP' },
            { port: 132, protocol: 'SCTP', error: 'ProtocolNotSupported' },
          ],
        },
      ],
      refusal: {
        reason: 'PortsUnavailable',
        message: expect.stringMatching(
          /^127\.0\.7\.1: TCP \d+: .*EADDRINUSE.*, SCTP 132: SCTP is not served$/u,
        ),
      },
    });
  });

  it('are not told where none of their ports could be opened, until one could', async () => {
    const port = await freePort(...ADDRESSES);
    const taken = await listen('127.0.7.1', { protocol: 'TCP', port });
    const provider = hostLoadBalancer({ addresses: POOL, claim: sockets().claim });
    const request = { service: service('cart', { ports: [{ port }] }), nodes: [], signal };
    expect(await provider.ensure(request)).toMatchObject({
      ingress: [],
      refusal: { reason: 'PortsUnavailable', message: expect.stringContaining('EADDRINUSE') },
    });
    await taken.close();
    expect(ips(await provider.ensure(request))).toEqual(['127.0.7.1']);
  });

  it('are one Service’s each, until there are no more', async () => {
    const provider = hostLoadBalancer({ addresses: POOL, claim: GRANTED });
    const ensure = (name: string): Promise<Provision> =>
      provider.ensure({ service: service(name, { ports: [{ port: 80 }] }), nodes: [], signal });
    const [a, b, c] = await Promise.all([ensure('a'), ensure('b'), ensure('c')]);
    expect([a, b, c].map(ips)).toEqual([['127.0.7.1'], ['127.0.7.2'], []]);
    expect(c).toHaveProperty('refusal.reason', 'PoolExhausted');
    await provider.release({ service: service('a', {}), signal });
    expect(ips(await ensure('b'))).toEqual(['127.0.7.2']);
    expect(ips(await ensure('c'))).toEqual(['127.0.7.1']);
  });

  it('stay a Service’s over a restart, if they are still in the pool', async () => {
    const provider = hostLoadBalancer({ addresses: POOL, claim: GRANTED });
    const had = (ip: string): Service['status'] => ({ loadBalancer: { ingress: [{ ip }] } });
    const ensure = (name: string, ip: string): Promise<Provision> =>
      provider.ensure({ service: service(name, {}, had(ip)), nodes: [], signal });
    expect(ips(await ensure('none', '127.0.8.1'))).toEqual([]);
    const spec = { ports: [{ port: 80 }] };
    const again = await provider.ensure({
      service: service('none', spec, had('127.0.7.2')),
      nodes: [],
      signal,
    });
    expect(ips(again)).toEqual(['127.0.7.1']);
    const other = await provider.ensure({
      service: service('other', spec, had('127.0.7.2')),
      nodes: [],
      signal,
    });
    expect(ips(other)).toEqual(['127.0.7.2']);
  });

  it('are those that loadBalancerIP asks for, or none', async () => {
    const provider = hostLoadBalancer({ addresses: POOL, claim: GRANTED });
    const ensure = (name: string, loadBalancerIP?: string): Promise<Provision> => {
      const spec = { ports: [{ port: 80 }], ...(loadBalancerIP && { loadBalancerIP }) };
      return provider.ensure({ service: service(name, spec), nodes: [], signal });
    };
    expect(ips(await ensure('a', '127.0.7.2'))).toEqual(['127.0.7.2']);
    expect(await ensure('b', '127.0.7.2')).toMatchObject({
      ingress: [],
      refusal: { reason: 'LoadBalancerIPUnavailable', message: expect.stringContaining('another') },
    });
    expect(await ensure('b', '127.0.9.9')).toMatchObject({
      refusal: { message: 'loadBalancerIP 127.0.9.9 is not in the pool' },
    });
    expect(await ensure('b', '::1')).toMatchObject({
      refusal: { message: 'loadBalancerIP ::1 is no address of IPv4' },
    });
    expect(ips(await ensure('a', '127.0.7.1'))).toEqual(['127.0.7.1']);
    expect(ips(await ensure('b'))).toEqual(['127.0.7.2']);
  });

  it('are of the families that the Service asks for', async () => {
    const provider = hostLoadBalancer({ addresses: POOL, claim: GRANTED });
    const ensure = (name: string, spec: ServiceSpec): Promise<Provision> =>
      provider.ensure({
        service: service(name, { ports: [{ port: 80 }], ...spec }),
        nodes: [],
        signal,
      });
    const both = ['IPv6', 'IPv4'] as const;
    expect(await ensure('a', { ipFamilies: both, ipFamilyPolicy: 'PreferDualStack' })).toEqual({
      ingress: [{ ip: '127.0.7.1', ipMode: 'Proxy' }],
    });
    expect(
      await ensure('a', { ipFamilies: both, ipFamilyPolicy: 'RequireDualStack' }),
    ).toMatchObject({
      ingress: [{ ip: '127.0.7.1' }],
      refusal: {
        reason: 'IPFamilyUnavailable',
        message: 'the pool has no address of IPv6',
      },
    });
    expect(await ensure('b', { ipFamilies: ['IPv6'] })).toMatchObject({
      ingress: [],
      refusal: { reason: 'IPFamilyUnavailable' },
    });
  });
});

describe('addresses of other machines', () => {
  it.each(['192.0.2.1', '127.0.0.1-128.0.0.1', '2001:db8::/64', '0.0.0.0'])(
    'can not be given: %s',
    (address) => {
      expect(() => hostLoadBalancer({ addresses: [address], claim: GRANTED })).toThrow(RangeError);
    },
  );
});

describe.skipIf(platform() !== 'linux')('a control plane with addresses of this machine', () => {
  it('has Services answer there, for clients that they allow', async () => {
    const { claim, open } = sockets();
    const port = await freePort(...ADDRESSES);
    const controlPlane: ControlPlane = createControlPlane({
      store: openStore(),
      tokens: [],
      holdoff: { quiet: 1, maximum: 5 },
      loadBalancers: [hostLoadBalancer({ addresses: POOL, claim })],
    });
    closers.push(() => controlPlane.close());
    const { manifests, diagnostics } = parseManifests([
      {
        name: 'cart.yaml',
        text: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec:
  type: LoadBalancer
  selector: { app: cart }
  loadBalancerSourceRanges: [127.0.0.0/24]
  ports: [{ port: ${port} }]
---
apiVersion: v1
kind: Pod
metadata: { name: cart-1, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: server, image: cart }] }
status: { podIP: 127.0.0.1 }
`,
      },
    ]);
    expect(diagnostics).toEqual([]);
    const source = { source: 'test' };
    await controlPlane.applyManifests(
      manifests.map(({ resource }) => resource),
      source,
    );
    await controlPlane.settled();
    const knock = (clientAddress: string): unknown =>
      decideConnection(controlPlane.snapshot(), {
        entrance: 'external',
        protocol: 'TCP',
        host: '127.0.7.1',
        port,
        clientAddress,
      });
    expect(knock('127.0.0.9')).toMatchObject({
      outcome: 'connect',
      endpoint: { address: '127.0.0.1' },
    });
    expect(knock('127.0.1.9')).toMatchObject({ outcome: 'refuse', reason: 'SourceNotAllowed' });
    expect(open()).toEqual([`TCP 127.0.7.1:${port}`]);
    await controlPlane.applyManifests([], source);
    await controlPlane.settled();
    expect(open()).toEqual([]);
    expect(knock('127.0.0.9')).toMatchObject({ outcome: 'refuse', reason: 'NoFrontend' });
  });
});
