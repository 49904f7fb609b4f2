import { createServer, type Server } from 'node:http';

import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { bundle } from './bundle.ts';
import { listen } from './running.ts';

/** A Worker that asks another by the binding that the request names, as its own programmer would. */
const CALLER = `
  export default {
    fetch(request, env) {
      const asked = request.headers.get('x-ask');
      return env[request.headers.get('x-binding')].fetch(new Request(asked, request));
    },
  };`;

/** Stands in for Workers VPC, which Cloudflare alone runs: it says what it was asked to fetch. */
const VPC = `
  export default {
    async fetch(request) {
      const { method, url } = request;
      return Response.json({ by: 'vpc', method, url, body: await request.text() });
    },
  };`;

const WORKER_AS_SERVICE = `
  export default { fetch: (request) => Response.json({ by: 'worker', url: request.url }) };`;

const manifests = (port: number): string => `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { clusterIP: 10.96.0.10, selector: { app: cart }, ports: [{ port: 80, targetPort: ${port} }] }
---
apiVersion: v1
kind: Pod
metadata: { name: cart-1, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: server, image: cart }] }
status: { podIP: 127.0.0.1 }
---
apiVersion: v1
kind: Service
metadata: { name: private, namespace: shop }
spec: { selector: { app: private }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: private-1, namespace: shop, labels: { app: private } }
spec: { containers: [{ name: server, image: private }] }
status: { podIP: 10.244.1.7 }
---
apiVersion: v1
kind: Service
metadata: { name: bound, namespace: shop }
spec: { selector: { app: private }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  rules:
    - host: shop.example
      http:
        paths:
          - { path: /cart, pathType: Prefix, backend: { service: { name: cart, port: { number: 80 } } } }
          - { path: /private, pathType: Prefix, backend: { service: { name: private, port: { number: 80 } } } }
          - { path: /bound, pathType: Prefix, backend: { service: { name: bound, port: { number: 80 } } } }
`;

/** Of the admin side. */
const TOKEN = 'sixteen-letters~';

const POD = [{ dialer: 'url', ipLiterals: true }];

const STICKY = { services: { 'shop/cart': { affinityCookie: 'to' } } };

type Dialers = readonly Readonly<Record<string, string[] | boolean | string>>[];

type Variable = number | string | { [name: string]: Variable };

type Variables = Readonly<Record<string, Variable>>;

interface Init {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

describe('the Worker as it is deployed', () => {
  const logged: string[] = [];
  let pod: Server;
  let workers: Miniflare;

  beforeAll(async () => {
    pod = createServer((incoming, response) => {
      if (incoming.url === '/cart/never') return;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ by: 'pod', url: incoming.url, headers: incoming.headers }));
    });
    const script = await bundle(manifests(await listen(pod)));
    const plain = (name: string, code: string) => ({
      name,
      modules: true as const,
      script: code,
      compatibilityDate: '2026-11-17',
    });
    const portolan = (name: string, dialers: Dialers, variables: Variables = {}) => ({
      ...plain(name, script),
      bindings: { DIALERS: dialers, ...variables },
      serviceBindings: { VPC: 'vpc', BOUND: 'worker-as-service' },
    });
    workers = new Miniflare(
      convertV4MiniflareOptions({
        host: '127.0.0.1',
        handleStructuredLogs: ({ message }) => void logged.push(message),
        workers: [
          {
            ...plain('caller', CALLER),
            serviceBindings: {
              OUTSIDE: 'portolan',
              INSIDE: { name: 'portolan', entrypoint: 'Internal' },
              LITERAL: 'no-ip-literals',
              MOVED: 'moved',
              CLOSED: 'closed',
              HURRIED: 'hurried',
              BEHIND: 'behind',
              LOUD: 'loud',
              QUIET: 'quiet',
              STICKY: 'sticky',
              KEYLESS: 'keyless',
              BROKEN: 'broken',
            },
          },
          portolan(
            'portolan',
            [
              { dialer: 'service', binding: 'BOUND', services: ['shop/bound'] },
              { dialer: 'vpcNetwork', binding: 'VPC', cidrs: ['10.244.0.0/16'] },
              { dialer: 'url', ipLiterals: true },
            ],
            { ADMIN_TOKEN: TOKEN },
          ),
          portolan('no-ip-literals', [{ dialer: 'url' }]),
          portolan('moved', [{ dialer: 'url' }], { RESERVED_PATH: '/ops/here' }),
          portolan('closed', [{ dialer: 'url' }], { RESERVED_PATH: '' }),
          portolan('hurried', POD, { SETTINGS: { defaults: { firstByteTimeout: 100 } } }),
          portolan('behind', POD, { TRUST: { hops: 1 } }),
          portolan('loud', POD, { ACCESS_LOG: 'all' }),
          portolan('quiet', [{ dialer: 'url' }], { ACCESS_LOG: 'off' }),
          portolan('sticky', POD, { SETTINGS: STICKY, SESSION_SECRET: 'sixteen letters!' }),
          portolan('keyless', POD, { SETTINGS: STICKY }),
          portolan('broken', [{ dialer: 'carrier-pigeon' }]),
          plain('vpc', VPC),
          plain('worker-as-service', WORKER_AS_SERVICE),
        ],
      }),
    );
  });
  afterAll(async () => {
    await workers.dispose();
    pod.closeAllConnections();
    pod.close();
  });

  async function ask(binding: string, url: string, init: Init = {}) {
    const headers = { 'x-binding': binding, 'x-ask': url, ...init.headers };
    const response = await workers.dispatchFetch('http://caller/', { ...init, headers });
    const body = await response.text();
    const isJSON = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      setCookie: response.headers.getSetCookie(),
      ...(isJSON ? JSON.parse(body) : { body }),
    };
  }

  it('routes by Ingress at the external entrance', async () => {
    expect(await ask('OUTSIDE', 'http://shop.example/cart/1?x')).toMatchObject({
      status: 200,
      by: 'pod',
      url: '/cart/1?x',
    });
  });

  it.each([
    ['http://cart.shop.svc.cluster.local/a'],
    ['http://cart.shop.svc/a'],
    ['http://10.96.0.10/a'],
  ])('answers %s at the internal entrance, and nowhere else', async (url) => {
    expect(await ask('INSIDE', url)).toMatchObject({ status: 200, by: 'pod', url: '/a' });
    expect(await ask('OUTSIDE', url)).toMatchObject({ status: 404, reason: 'NoMatchingRoute' });
  });

  it('has no routes at the internal entrance', async () => {
    expect(await ask('INSIDE', 'http://shop.example/cart')).toMatchObject({ status: 404 });
  });

  it("tells a Pod the client's address as the platform does, and at the internal entrance nobody's", async () => {
    const headers = { 'cf-connecting-ip': '198.51.100.7', 'x-forwarded-for': '6.6.6.6' };
    const outside = await ask('OUTSIDE', 'http://shop.example/cart', { headers });
    expect(outside.headers['x-forwarded-for']).toBe('198.51.100.7');
    const inside = await ask('INSIDE', 'http://cart.shop.svc/', { headers });
    expect(inside.headers).not.toHaveProperty('x-forwarded-for');
  });

  it('reaches a private address through the VPC network binding', async () => {
    const init = { method: 'POST', body: 'hello' };
    expect(await ask('OUTSIDE', 'http://shop.example/private/x?y', init)).toMatchObject({
      status: 200,
      by: 'vpc',
      method: 'POST',
      url: 'http://10.244.1.7:8080/private/x?y',
      body: 'hello',
    });
  });

  it('reaches a Service that is a Worker through its service binding', async () => {
    expect(await ask('OUTSIDE', 'http://shop.example/bound')).toMatchObject({
      status: 200,
      by: 'worker',
    });
  });

  it('says that an address can not be dialled rather than trying, and tells its log alone why', async () => {
    const { requestId, ...answer } = await ask('LITERAL', 'http://shop.example/cart');
    expect(answer).toMatchObject({ status: 502, reason: 'NoDialer' });
    expect(JSON.stringify(answer)).not.toMatch(/IPLiteralNotAllowed|127\.0\.0\.1/);
    await vi.waitFor(() => {
      const line = logged.find((text) => text.includes(requestId));
      expect(JSON.parse(line ?? '{}')).toMatchObject({
        status: 502,
        message: expect.stringContaining('url: IPLiteralNotAllowed: 127.0.0.1'),
        service: 'shop/cart:80',
      });
    });
  });

  it('gives up on an endpoint that is slower than SETTINGS allow', async () => {
    expect(await ask('HURRIED', 'http://shop.example/cart/never')).toMatchObject({
      status: 504,
      reason: 'UpstreamTimeout',
    });
  });

  it("passes on the client's address that a proxy in front of Cloudflare tells, where TRUST says so", async () => {
    const hops = '192.0.2.1, 198.51.100.7';
    const headers = { 'cf-connecting-ip': '198.51.100.7', 'x-forwarded-for': hops };
    const behind = await ask('BEHIND', 'http://shop.example/cart', { headers });
    expect(behind.headers['x-forwarded-for']).toBe(hops);
  });

  it('keeps a client with its endpoint by a cookie, for which it needs SESSION_SECRET', async () => {
    const { setCookie } = await ask('STICKY', 'http://shop.example/cart');
    expect(setCookie).toEqual([expect.stringMatching(/^to=[\w-]+; /)]);
    await expect(ask('KEYLESS', 'http://shop.example/cart')).resolves.toMatchObject({
      body: expect.stringContaining('SESSION_SECRET is missing'),
    });
  });

  it('logs all requests, or none, as ACCESS_LOG says', async () => {
    const { requestId } = await ask('QUIET', 'http://shop.example/cart');
    await ask('LOUD', 'http://shop.example/cart/loud?secret');
    await vi.waitFor(() => {
      const line = logged.find((text) => text.includes('/cart/loud'));
      expect(JSON.parse(line ?? '{}')).toMatchObject({
        method: 'GET',
        host: 'shop.example',
        path: '/cart/loud',
        status: 200,
        route: 'Ingress shop/shop spec.rules[0].http.paths[0]',
        service: 'shop/cart:80',
        tries: [{ status: 200 }],
        end: 'complete',
        snapshot: expect.stringMatching(/^[0-9a-f]{16}$/),
      });
    });
    expect(logged.filter((text) => text.includes('secret'))).toEqual([]);
    expect(logged.filter((text) => text.includes(requestId))).toEqual([]);
  });

  it('answers for itself under the reserved path, which can be moved or switched off', async () => {
    const at = (binding: string, path: string) => ask(binding, `http://shop.example${path}`);
    expect(await at('OUTSIDE', '/.portolan/healthz')).toMatchObject({ status: 200, body: 'ok' });
    expect(await at('MOVED', '/ops/here/readyz')).toMatchObject({ status: 200 });
    expect(await at('MOVED', '/.portolan/readyz')).toMatchObject({ reason: 'NoMatchingRoute' });
    expect(await at('CLOSED', '/.portolan/healthz')).toMatchObject({ reason: 'NoMatchingRoute' });
  });

  it('tells operators which Snapshot it serves, and nobody where there is no ADMIN_TOKEN', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const path = 'http://shop.example/.portolan/snapshot';
    expect(await ask('OUTSIDE', path, { headers })).toMatchObject({
      format: 4,
      version: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(await ask('OUTSIDE', path)).toMatchObject({ status: 401 });
    expect(await ask('LITERAL', path, { headers })).toMatchObject({ status: 404 });
  });

  it('has no map without the binding ASSETS, whoever asks', async () => {
    for (const authorization of [`Bearer ${TOKEN}`, `Basic ${btoa(`operator:${TOKEN}`)}`, '']) {
      for (const name of ['map', 'map/map.js', 'map/snapshot']) {
        const url = `http://shop.example/.portolan/${name}`;
        expect(await ask('OUTSIDE', url, { headers: { authorization } })).toMatchObject({
          status: 404,
        });
      }
    }
  });

  it('counts the requests of both entrances', async () => {
    const series = (route: string, path: string) => ({
      sample: `portolan_requests_total{service="shop/cart:80",route="${route}",status="200",method="PUT",end="complete"} 1\n`,
      path,
    });
    const outside = series('Ingress shop/shop spec.rules[0].http.paths[0]', 'shop.example/cart');
    const inside = series('', 'cart.shop.svc/');
    await ask('OUTSIDE', `http://${outside.path}`, { method: 'PUT' });
    await ask('INSIDE', `http://${inside.path}`, { method: 'PUT' });
    await vi.waitFor(async () => {
      const headers = { authorization: `Bearer ${TOKEN}` };
      const { body } = await ask('OUTSIDE', 'http://shop.example/.portolan/metrics', { headers });
      expect(body).toContain(outside.sample);
      expect(body).toContain(inside.sample);
      expect(body).toMatch(/^portolan_endpoint_ejected\{service="shop\/cart:80",.*\} 0$/m);
    });
  });

  it('names a variable that is not as it should be', async () => {
    await expect(ask('BROKEN', 'http://shop.example/cart')).resolves.toMatchObject({
      body: expect.stringContaining('DIALERS'),
    });
  });
});
