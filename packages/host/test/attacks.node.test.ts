import { request } from 'node:http';
import http2 from 'node:http2';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { parseManifests } from '@portolan/manifests';
import { afterEach, describe, expect, it } from 'vitest';

import { certificate } from '../../node/test/certificate/certificate.ts';
import { ingress, pod, resources, secret, service } from './manifests.ts';
import { portOf, starting, TOKEN } from './starting.ts';

const start = starting();
afterEach(start.end);

const ANY = { hostname: '127.0.0.1', port: 0 };
const POD = '127.0.102.101';
const NODE = '127.0.102.102';
const BALANCER = '127.0.102.103';
const CLUSTER_IP = '10.96.0.7';

/** A Service with all the addresses that there are, and an Ingress to it. */
const MANIFESTS = resources(
  ingress(['shop.example'], '[{ hosts: [shop.example], secretName: tls }]') +
    secret('tls', certificate('shop.example')) +
    service(
      `type: LoadBalancer, clusterIP: ${CLUSTER_IP}, loadBalancerSourceRanges: [192.0.2.0/24]`,
      '{ port: 80, targetPort: 8080, nodePort: 30102 }',
    ) +
    pod('cart', POD),
);

/** What leads to the Service by its own names and addresses. */
const INSIDE = [
  'cart.shop.svc.cluster.local',
  'cart.shop.svc.cluster.local.',
  'CART.Shop.svc',
  'cart.shop',
  'cart.shop:80',
  CLUSTER_IP,
  `${CLUSTER_IP}:80`,
  `[::ffff:${CLUSTER_IP}]`,
  `${NODE}:30102`,
  `[::ffff:${NODE}]:30102`,
  BALANCER,
  `${BALANCER}:80`,
  `${POD}:8080`,
];

interface Asked {
  readonly port: number;
  readonly host: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The status of the answer to a request with a Host of its own. */
function ask({ port, host, path = '/', headers = {} }: Asked): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, headers: { ...headers, host }, agent: false },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    asked.on('error', reject).end();
  });
}

describe('an entrance for Ingresses', () => {
  const serving = async (): Promise<Awaited<ReturnType<typeof start.host>>['host']> => {
    await start.pod('cart', POD);
    const { host } = await start.host({
      http: ANY,
      https: ANY,
      internal: ANY,
      nodeAddresses: [NODE],
      loadBalancerAddresses: [BALANCER],
    });
    await host.update(MANIFESTS);
    return host;
  };

  it('never leads to a Service by its own name or address, however it is written', async () => {
    const host = await serving();
    const port = portOf(host, 'http');
    expect(await ask({ port, host: 'shop.example' })).toBe(200);
    for (const inside of INSIDE) {
      expect([inside, await ask({ port, host: inside })]).toEqual([inside, 404]);
      const path = `http://${inside}/`;
      expect([path, await ask({ port, host: 'shop.example', path })]).toEqual([path, 404]);
      const headers = {
        'x-forwarded-host': inside,
        'x-forwarded-port': '30102',
        'x-forwarded-for': '192.0.2.1',
        forwarded: `for=192.0.2.1;host="${inside}"`,
      };
      expect([inside, await ask({ port, host: 'nobody.example', headers })]).toEqual([inside, 404]);
    }
    expect(await ask({ port: portOf(host, 'internal'), host: 'cart.shop' })).toBe(200);
  });

  it('never does so over HTTP/2 and TLS either, whatever name the handshake was for', async () => {
    const host = await serving();
    const client = http2.connect(`https://127.0.0.1:${portOf(host, 'https')}`, {
      servername: 'shop.example',
      rejectUnauthorized: false,
    });
    const statusFor = (fields: Readonly<Record<string, string>>): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const stream = client.request({ ':path': '/', ...fields });
        stream.resume();
        stream.on('response', (headers) => resolve(headers[':status']));
        stream.on('error', reject);
      });
    expect(await statusFor({ ':authority': 'shop.example' })).toBe(200);
    for (const inside of INSIDE) {
      expect([inside, await statusFor({ ':authority': inside })]).toEqual([inside, 404]);
      expect([inside, await statusFor({ ':authority': 'shop.example', host: inside })]).toEqual([
        inside,
        400,
      ]);
    }
    client.destroy();
  });

  it('leaves node ports and load balancers to their listeners, which ask who it is', async () => {
    await serving();
    const socket = connect(80, BALANCER);
    socket.end('GET / HTTP/1.0\r\n\r\n');
    expect(await text(socket).catch(() => '')).toBe('');
  });
});

describe('the internal entrance', () => {
  it('leads to Services, and neither to other addresses nor out', async () => {
    await start.pod('cart', POD);
    const { host } = await start.host({ internal: ANY, admin: ANY, adminToken: TOKEN });
    await host.update(MANIFESTS);
    const port = portOf(host, 'internal');
    const admin = `127.0.0.1:${portOf(host, 'admin')}`;
    for (const other of [`${POD}:8080`, admin, '169.254.169.254', 'shop.example', 'example.com']) {
      expect([other, await ask({ port, host: other })]).toEqual([other, 404]);
      expect([other, await ask({ port, host: 'cart.shop', path: `http://${other}/` })]).toEqual([
        other,
        404,
      ]);
    }
    const socket = connect(port, '127.0.0.1');
    socket.end('CONNECT cart.shop:80 HTTP/1.1\r\nHost: cart.shop:80\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 501 /);
  });
});

describe('the admin side', () => {
  it('is nowhere but at its own place', async () => {
    await start.pod('cart', POD);
    const { host } = await start.host({ http: ANY, internal: ANY, admin: ANY, adminToken: TOKEN });
    await host.update(MANIFESTS);
    const headers = { authorization: `Bearer ${TOKEN}` };
    for (const kind of ['http', 'internal'] as const) {
      for (const path of ['/metrics', '/snapshot', '/.portolan/metrics', '/.portolan/kube/api']) {
        const asked = { port: portOf(host, kind), host: 'nobody.example', path, headers };
        expect([`${kind} ${path}`, await ask(asked)]).toEqual([`${kind} ${path}`, 404]);
      }
    }
  });

  it('is not reached by a path that only leads to it when it is resolved again', async () => {
    const { host } = await start.host({ admin: ANY, adminToken: TOKEN });
    const at = { port: portOf(host, 'admin'), host: 'admin' };
    for (const path of ['//metrics', '/%6detrics', '/METRICS', '/.portolan/.portolan/metrics']) {
      const headers = { authorization: `Bearer ${TOKEN}` };
      expect([path, await ask({ ...at, path, headers })]).toEqual([path, 404]);
    }
    expect(await ask({ ...at, path: '/healthz/../metrics' })).toBe(401);
  });

  it('never tells a token or a key, right or wrong', async () => {
    const { cert } = certificate('a.example');
    const { key } = certificate('b.example');
    const lines: string[] = [];
    const { host, warnings } = await start.host({
      http: ANY,
      admin: ANY,
      adminToken: TOKEN,
      accessLog: { only: 'all', write: (line) => lines.push(line) },
    });
    await host.update(
      resources(
        ingress(['a.example'], '[{ hosts: [a.example], secretName: mixed }]') +
          secret('mixed', { cert, key }) +
          secret('none', { cert, key: `no key ${key.slice(50, 200)}` }),
      ),
    );
    expect(warnings).toEqual([expect.stringContaining('does not belong to its certificate')]);
    const headers = { authorization: `Bearer ${TOKEN}`, cookie: TOKEN };
    for (const kind of ['http', 'admin'] as const) {
      await ask({ port: portOf(host, kind), host: 'a.example', path: '/snapshot', headers });
    }
    expect(lines.length).toBeGreaterThan(0);
    const told = JSON.stringify([lines, warnings, host.frontends(), host.faults()]);
    expect(told).not.toContain(TOKEN);
    expect(told).not.toContain(key.slice(60, 100));
    expect(told).not.toContain(btoa(key).slice(60, 100));
  });
});

describe('a LoadBalancer Service', () => {
  const asking = (name: string, spec: string): string =>
    service(`type: LoadBalancer, ${spec}`, '{ port: 8000, targetPort: 8080 }').replace(
      'name: cart',
      `name: ${name}`,
    );

  it('never gets an address that another has, nor one that is not in the pool', async () => {
    const { host } = await start.host({ admin: ANY, loadBalancerAddresses: [BALANCER] });
    await host.update(resources(asking('first', `loadBalancerIP: ${BALANCER}`)));
    await host.update(
      resources(
        asking('first', `loadBalancerIP: ${BALANCER}`) +
          asking('second', `loadBalancerIP: ${BALANCER}`) +
          asking('third', 'loadBalancerIP: 127.0.0.1'),
      ),
    );
    const own = host.frontends().filter(({ kind }) => kind === 'load-balancer');
    expect(own).toMatchObject([{ hostname: BALANCER, port: 8000, service: 'shop/first' }]);
  });

  it('never takes a port at which the host listens itself', async () => {
    const admin = { hostname: BALANCER, port: 8000 };
    const { host } = await start.host({ admin, loadBalancerAddresses: [BALANCER] });
    await host.update(resources(asking('thief', '')));
    expect(host.faults()).toMatchObject([{ kind: 'load-balancer', code: 'EADDRINUSE' }]);
    expect(await (await fetch(`http://${BALANCER}:8000/healthz`)).text()).toBe('ok');
  });
});

describe('hostile manifests', () => {
  it('take down nothing that serves', async () => {
    await start.pod('cart', POD);
    const { host } = await start.host({ http: ANY });
    await host.update(MANIFESTS);
    const laughs = Array.from(
      { length: 12 },
      (_, at) => `a${at}: &a${at} [${Array.from({ length: 9 }, () => `*a${at - 1}`).join(', ')}]`,
    );
    const bomb = ['a: &a-1 ha', ...laughs].join('\n').replaceAll('a-1', 'x');
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    for (const hostile of [bomb, deep, '\0'.repeat(1000), '&a [*a]', '__proto__: { a: b }']) {
      const { manifests, diagnostics } = parseManifests([{ name: 'hostile', text: hostile }]);
      expect(manifests).toEqual([]);
      expect(diagnostics.length).toBeGreaterThan(0);
    }
    await host.update(MANIFESTS);
    expect(await ask({ port: portOf(host, 'http'), host: 'shop.example' })).toBe(200);
  });
});
