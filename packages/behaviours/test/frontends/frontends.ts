import { setTimeout } from 'node:timers/promises';

import { expect } from 'vitest';

import { keyPair } from './certificates.ts';
import { curl, dig, handshake, redis } from './clients.ts';
import type { Frontend } from './frontend.ts';
import { manifests } from './manifests.ts';
import { PORTS } from './place.ts';
import { TOKEN } from './serve.ts';

const CLUSTER = 'svc.cluster.local';

const ingress: readonly Frontend[] = [
  {
    name: 'Ingress over HTTP',
    client: 'curl',
    check: async ({ place: { node } }) => {
      const printed = await curl('-H', 'Host: shop.example', `http://${node}:${PORTS.http}/a?b`);
      expect(JSON.parse(printed)).toMatchObject({ pod: 'web', url: '/a?b' });
    },
  },
  {
    name: 'Ingress over HTTPS, the certificate chosen by name',
    client: 'openssl s_client',
    check: async ({ place: { node } }) => {
      expect(await handshake(node, PORTS.https, 'secure.example')).toMatch(/CN ?= ?secure/);
      expect(await handshake(node, PORTS.https, 'a.wild.example')).toMatch(/CN ?= ?wild/);
    },
  },
  {
    name: 'no certificate for a name that nobody has',
    client: 'openssl s_client',
    check: async ({ place: { node } }) => {
      await expect(handshake(node, PORTS.https, 'unknown.example')).rejects.toThrow(
        /^Command failed/,
      );
    },
  },
  {
    name: 'a renewed certificate, without a restart',
    client: 'openssl s_client',
    check: async ({ place, serving, certificates }) => {
      const renewed = await keyPair('renewed', ['secure.example']);
      await serving.write(manifests(place, { ...certificates, secure: renewed }));
      await eventually(async () =>
        expect(await handshake(place.node, PORTS.https, 'secure.example')).toMatch(
          /CN ?= ?renewed/,
        ),
      );
      await serving.write(manifests(place, certificates));
    },
  },
  {
    name: 'Ingress over HTTP/2',
    client: 'curl --http2',
    limits: { bun: 'Bun serves HTTP/1.1 alone.' },
    check: async ({ place: { node } }) => {
      const printed = await curl(...secure(node), '--http2', '-w', ' %{http_version}');
      expect(printed).toMatch(/"pod":"web".* 2$/);
    },
  },
  {
    name: 'HTTP redirected to HTTPS where there is a certificate',
    client: 'curl',
    check: async ({ place: { node } }) => {
      const printed = await curl(
        '-i',
        '-H',
        'Host: secure.example',
        `http://${node}:${PORTS.http}/a`,
      );
      expect(printed).toMatch(/^HTTP\/1\.1 308 /);
      expect(printed).toMatch(/^location: https:\/\/secure\.example:8443\/a\r?$/im);
    },
  },
];

const nodePorts: readonly Frontend[] = [
  {
    name: 'node port, TCP',
    client: 'redis-cli',
    check: async ({ place: { node } }) => {
      expect(await redis(node, 30379, 'set', 'port', 'node')).toBe('OK\n');
      expect(await redis(node, 30379, 'get', 'port')).toBe('node\n');
    },
  },
  {
    name: 'node port, UDP',
    client: 'dig',
    check: async ({ place: { node } }) => {
      expect(await dig(node, 30053, 'away.far.svc.other.cluster')).toEqual(['10.9.8.7']);
    },
  },
  {
    name: '`externalTrafficPolicy: Local`: endpoints of this node alone',
    client: 'curl',
    check: async ({ place: { node } }) => {
      expect(await curl(`http://${node}:30080/`)).toContain('"pod":"web"');
      await expect(curl(`http://${node}:30081/`)).rejects.toThrow(/^Command failed/);
    },
  },
  {
    name: 'health check node port',
    client: 'curl',
    check: async ({ place: { node } }) => {
      const near = await curl('-i', `http://${node}:32002/healthz`);
      expect(near).toMatch(/^HTTP\/1\.1 200 /);
      expect(near).toContain('"localEndpoints": 1');
      expect(await curl('-i', `http://${node}:32001/healthz`)).toMatch(/^HTTP\/1\.1 503 /);
    },
  },
  {
    name: 'node ports that come and go with their Service',
    client: 'redis-cli',
    check: async ({ place, serving, certificates }) => {
      const text = manifests(place, certificates);
      await serving.write(text.replaceAll('"nodePort":30379', '"nodePort":30380'));
      await eventually(async () => expect(await redis(place.node, 30380, 'ping')).toBe('PONG\n'));
      await expect(redis(place.node, 30379, 'ping')).rejects.toThrow(/refused/);
      await serving.write(text);
      await eventually(async () => expect(await redis(place.node, 30379, 'ping')).toBe('PONG\n'));
    },
  },
];

const inside: readonly Frontend[] = [
  {
    name: 'cluster IP of 127.0.0.0/8, TCP',
    client: 'redis-cli',
    check: async ({ place: { clusterIPs } }) => {
      expect(await redis(clusterIPs.redis, 6379, 'ping')).toBe('PONG\n');
    },
  },
  {
    name: 'cluster IP of 127.0.0.0/8, UDP',
    client: 'dig',
    check: async ({ place: { clusterIPs } }) => {
      expect(await dig(clusterIPs.names, 53, 'away.far.svc.other.cluster')).toEqual(['10.9.8.7']);
    },
  },
  {
    name: 'Service names through the internal listener, as a proxy',
    client: 'curl --proxy',
    check: async ({ place: { node } }) => {
      const proxy = `http://${node}:${PORTS.internal}`;
      const printed = await curl('--proxy', proxy, `http://web.shop.${CLUSTER}/a`);
      expect(JSON.parse(printed)).toMatchObject({ host: `web.shop.${CLUSTER}`, url: '/a' });
    },
  },
  {
    name: 'Service names through the internal listener, as Host',
    client: 'curl',
    check: async ({ place: { node } }) => {
      const url = `http://${node}:${PORTS.internal}/a`;
      expect(await curl('-H', 'Host: web.shop', url)).toContain('"pod":"web"');
    },
  },
  {
    name: 'no Service name from outside',
    client: 'curl',
    check: async ({ place: { node } }) => {
      const host = `Host: web.shop.${CLUSTER}`;
      const printed = await curl('-i', '-H', host, `http://${node}:${PORTS.http}/`);
      expect(printed).toMatch(/^HTTP\/1\.1 404 /);
    },
  },
];

const balancers: readonly Frontend[] = [
  {
    name: 'LoadBalancer address of this machine, TCP',
    client: 'curl',
    check: async ({ place: { node } }) => {
      const address = await balancerOf(node, 'near');
      expect(await curl(`http://${address}:8000/`)).toContain('"pod":"web"');
    },
  },
  {
    name: '`loadBalancerSourceRanges`',
    client: 'curl',
    check: async ({ place: { node } }) => {
      const address = await balancerOf(node, 'guarded');
      await expect(curl(`http://${address}:8000/`)).rejects.toThrow(/^Command failed/);
    },
  },
  {
    name: '`loadBalancerClass` of somebody else: left alone',
    client: 'curl',
    check: async ({ place: { node } }) => {
      expect((await statusOf(node, 'far')).loadBalancer?.ingress ?? []).toEqual([]);
    },
  },
];

const dns: readonly Frontend[] = [
  {
    name: 'cluster DNS over UDP',
    client: 'dig',
    check: async ({ place: { node, clusterIPs, pods } }) => {
      const ask = (...args: readonly string[]) => dig(node, PORTS.dns, ...args);
      expect(await ask(`redis.shop.${CLUSTER}`)).toEqual([clusterIPs.redis]);
      expect(await ask('-x', clusterIPs.redis)).toEqual([`redis.shop.${CLUSTER}.`]);
      expect(await ask('-t', 'CNAME', `elsewhere.shop.${CLUSTER}`)).toEqual(['www.example.com.']);
      const dashed = pods.redis.replaceAll('.', '-');
      expect(await ask('-t', 'SRV', `_redis._tcp.pets.shop.${CLUSTER}`)).toEqual([
        expect.stringMatching(new RegExp(`^0 \\d+ 6379 ${dashed}\\.pets\\.shop\\.${CLUSTER}\\.$`)),
      ]);
    },
  },
  {
    name: 'cluster DNS over TCP',
    client: 'dig +tcp',
    check: async ({ place: { node, pods } }) => {
      const found = await dig(node, PORTS.dns, '+tcp', `pets.shop.${CLUSTER}`);
      expect(found).toEqual([pods.redis]);
    },
  },
  {
    name: 'no recursion',
    client: 'dig',
    check: async ({ place: { node } }) => {
      const printed = await dig(node, PORTS.dns, '+noshort', '+comments', 'www.example.com');
      expect(printed.join('\n')).toContain('status: REFUSED');
    },
  },
];

/** Every frontend that a host has, in the order in which they are looked at. */
export const FRONTENDS: readonly Frontend[] = [
  ...ingress,
  ...nodePorts,
  ...inside,
  ...balancers,
  ...dns,
];

/** curl's arguments for the host that has a certificate; which one is looked at elsewhere. */
function secure(node: string): readonly string[] {
  const at = `secure.example:${PORTS.https}`;
  return ['--insecure', '--resolve', `${at}:${node}`, `https://${at}/`];
}

interface ServiceStatus {
  readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string }[] };
}

/** What the resource API says of a Service. */
async function statusOf(node: string, name: string): Promise<ServiceStatus> {
  const api = `http://${node}:${PORTS.admin}/.portolan/kube`;
  const response = await fetch(`${api}/api/v1/namespaces/shop/services/${name}`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  const { status }: { status?: ServiceStatus } = JSON.parse(await response.text());
  return status ?? {};
}

async function balancerOf(node: string, name: string): Promise<string> {
  const { loadBalancer } = await statusOf(node, name);
  const [{ ip = '' } = {}] = loadBalancer?.ingress ?? [];
  expect(ip).toMatch(/^127\.0\.\d+\.5\d$/);
  return ip;
}

/** Tries until it holds; after fifteen seconds what is wrong is said. */
async function eventually(check: () => Promise<void>): Promise<void> {
  for (let tries = 150; tries > 0; tries -= 1) {
    try {
      await check();
      return;
    } catch {
      await setTimeout(100);
    }
  }
  await check();
}
