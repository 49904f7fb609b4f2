import { compile } from '@portolan/compile';
import { findService } from '@portolan/engine';
import { createGateway, type GatewayOptions } from '@portolan/gateway';
import { url } from '@portolan/proxy';
import { Hono } from 'hono';
import { describe, expect, it, vi } from 'vitest';

import { routes } from '../hono/hono.ts';
import { portolan } from './portolan.ts';

const service = (name: string, more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: 8080 }] ${more} }
---`;

const pod = (name: string, app: string, podIP: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${app} } }
spec: { containers: [{ name: server, image: ${app} }] }
status: { podIP: ${podIP} }
---`;

const ingress = (path: string, name: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec:
  rules:
    - host: shop.example
      http:
        paths:
          - path: ${path}
            pathType: Prefix
            backend: { service: { name: ${name}, port: { number: 80 } } }
---`;

const shop = service('cart') + pod('cart-1', 'cart', '10.0.0.1') + ingress('/cart', 'cart');

/** Answers with what a Pod would be sent; nothing is dialled. */
const dialers = [
  {
    name: 'pods',
    dial: ({ endpoint }: { readonly endpoint: { readonly address: string } }) => ({
      base: `http://${endpoint.address}`,
      keepsHost: false,
      upgrades: 'none' as const,
      fetch: (request: Request) => Promise.resolve(Response.json({ url: request.url })),
    }),
  },
];

describe('portolan(manifests)', () => {
  it('lets the program call Services by their names, also those that an update brings', async () => {
    const app = portolan(shop, { dialers });
    const reached = async (name: string): Promise<unknown> => {
      const response = await app.services.fetch(`http://${name}.default.svc.cluster.local/a`);
      return response.ok ? response.json() : response.status;
    };
    expect(await reached('cart')).toEqual({ url: 'http://10.0.0.1/a' });
    expect(await reached('till')).toBe(404);
    app.update(shop + service('till') + pod('till-1', 'till', '10.0.0.2'));
    expect(await reached('till')).toEqual({ url: 'http://10.0.0.2/a' });
    const outside = await app.fetch(new Request('http://cart.default.svc.cluster.local/a'));
    expect(outside.status).toBe(404);
  });

  const cart = new Request('http://shop.example/cart/7?a=1');

  it('decides where a request goes', () => {
    expect(portolan(shop).decide(cart)).toMatchObject({
      outcome: 'forward',
      endpoint: { address: '10.0.0.1', port: 8080 },
      path: '/cart/7',
      query: 'a=1',
    });
  });

  it('serves other manifests after an update, from the next request on', () => {
    const app = portolan(shop);
    const before = app.snapshot();
    const compiled = app.update(shop.replace('10.0.0.1', '10.0.0.9'));
    expect(app.decide(cart)).toMatchObject({ endpoint: { address: '10.0.0.9' } });
    expect(app.snapshot()).toBe(compiled.snapshot);
    expect(app.snapshot().version).not.toBe(before.version);
  });

  it('keeps an object as it was while it is faulty, whatever the fault, and lets go of one that is removed', () => {
    const app = portolan(shop);
    const [cartService = '', cartPod = '', web = ''] = shop
      .split('---')
      .map((each) => `${each}---`);
    const faults = [
      cartService + cartPod + web.replace('host: shop.example', 'host: SHOP'),
      cartService.replace('port: 80,', 'port: 0,') + cartPod + web,
      cartService.replace('selector:', 'type: Odd, selector:') + cartPod + web,
      cartService + cartPod + web.replace('rules:', 'rules: ['),
    ];
    for (const text of faults) {
      const { kept, diagnostics } = app.update(text);
      expect(diagnostics).toContainEqual(expect.objectContaining({ severity: 'error' }));
      expect(kept.length).toBeGreaterThan(0);
      expect(app.decide(cart)).toMatchObject({ endpoint: { address: '10.0.0.1' } });
    }
    expect(app.update(cartService + cartPod)).toMatchObject({ kept: [], diagnostics: [] });
    expect(app.decide(cart)).toMatchObject({ status: 404 });
  });

  it('lets a good change through beside a bad one', () => {
    const app = portolan(shop);
    app.update(shop.replace('10.0.0.1', '10.0.0.9').replace('host: shop.example', 'host: SHOP'));
    expect(app.decide(cart)).toMatchObject({ endpoint: { address: '10.0.0.9' } });
  });

  it('says what is wrong, and where, and serves the rest', () => {
    const app = portolan([
      { name: 'shop.yaml', text: shop },
      {
        name: 'odd.yaml',
        text: service('odd', ', type: NodePort, ports: [{ port: 80, nodePort: 80 }]').replace(
          'ports: [{ port: 80, targetPort: 8080 }] ,',
          '',
        ),
      },
      { name: 'more.yaml', text: ingress('/mail', 'mail').replace('name: web', 'name: more') },
    ]);
    expect(app.decide(cart)).toMatchObject({ outcome: 'forward' });
    expect(app.compiled().diagnostics).toMatchObject([
      {
        severity: 'error',
        file: 'odd.yaml',
        line: 5,
        field: 'spec.ports[0].nodePort',
        message: expect.stringContaining('30000-32767'),
      },
      {
        severity: 'warning',
        file: 'more.yaml',
        line: 10,
        code: 'BackendNotFound',
        message: 'Service default/mail does not exist',
      },
    ]);
  });

  it('tells why, when asked', () => {
    const decision = portolan(shop).decide(new Request('http://shop.example/carts'), undefined, {
      trace: true,
    });
    expect(decision).toMatchObject({
      status: 404,
      trace: { routing: { candidates: [{ outcome: 'lost', reason: 'path' }] } },
    });
  });
});

describe('the options', () => {
  it('choose the ranges that addresses come from, and the domain of names', () => {
    const { services, snapshot } = compile(service('cart'), {
      clusterIPRanges: ['192.168.64.0/24'],
      clusterDomain: 'corp.example',
    });
    expect(services[0]?.spec.clusterIP).toMatch(/^192\.168\.64\.\d+$/);
    expect(snapshot.frontends).toHaveProperty(['internal TCP cart.default.svc.corp.example:80']);
  });

  it('add objects that no manifest holds', () => {
    const { snapshot } = compile(service('cart'), {
      resources: () => [
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'cart-1', namespace: 'default', labels: { app: 'cart' } },
          spec: { containers: [] },
          status: { podIP: '10.0.0.1' },
        },
      ],
    });
    expect(findService(snapshot, 'default/cart')?.ports[0]?.endpoints).toHaveLength(1);
  });

  it('make it the internal entrance', () => {
    const app = portolan(shop, { entrance: 'internal' });
    expect(app.decide(new Request('http://cart.default.svc/'))).toMatchObject({
      outcome: 'forward',
    });
    expect(app.decide(new Request('http://shop.example/cart'))).toMatchObject({ status: 404 });
  });
});

describe('an endpoint that cannot be reached', () => {
  const cart = new Request('http://shop.example/cart');

  it('is 504 where it does not begin to answer in time', async () => {
    const slow: GatewayOptions['dialers'] = [
      {
        name: 'slow',
        dial: () => ({
          base: 'http://10.0.0.1:8080',
          keepsHost: false,
          upgrades: 'none',
          fetch: ({ signal }) =>
            new Promise((_, reject) => {
              signal.addEventListener('abort', () => reject(new Error('aborted')));
            }),
        }),
      },
    ];
    const settings = { defaults: { firstByteTimeout: 1 } };
    const response = await portolan(shop, { dialers: slow, settings }).fetch(cart);
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({ reason: 'UpstreamTimeout' });
  });

  it('is told to those who watch with what the dialers say of it, which the client is not told', async () => {
    const observe = vi.fn<NonNullable<GatewayOptions['observe']>>();
    const app = portolan(shop, { dialers: [url({ ipLiterals: false })], observe });
    const text = await (await app.fetch(cart)).text();
    expect(observe.mock.calls).toMatchObject([
      [
        {
          status: 502,
          failure: {
            reason: 'NoDialer',
            message: expect.stringContaining('url: IPLiteralNotAllowed: 10.0.0.1'),
          },
          route: { kind: 'Ingress', name: 'web' },
          service: { namespace: 'default', name: 'cart' },
          tries: [{ endpoint: { address: '10.0.0.1', port: 8080 } }],
        },
      ],
    ]);
    expect(text).toContain(observe.mock.calls[0]?.[0].requestId);
    expect(text).not.toMatch(/IPLiteralNotAllowed|10\.0\.0\.1|default/);
  });
});

describe('a gateway', () => {
  it('asks once for what is known of a request, as middleware too', async () => {
    const clientAddress = vi.fn<NonNullable<GatewayOptions['clientAddress']>>();
    const gateway = createGateway(compile(shop).snapshot, { dialers, clientAddress });
    await gateway.fetch(new Request('http://shop.example/cart'));
    expect(clientAddress).toHaveBeenCalledTimes(1);
    await new Hono().use(routes(gateway)).request('http://shop.example/cart');
    expect(clientAddress).toHaveBeenCalledTimes(2);
  });

  it('serves a Snapshot that went through JSON', async () => {
    const copy = JSON.parse(JSON.stringify(compile(shop).snapshot));
    const gateway = createGateway(copy, { dialers });
    const response = await gateway.fetch(new Request('http://shop.example/cart/7?a=1'));
    expect(await response.json()).toEqual({ url: 'http://10.0.0.1/cart/7?a=1' });
  });
});

describe('Hono middleware', () => {
  const app = new Hono();
  app.use(routes(portolan(shop, { dialers })));
  app.all('*', (context) => context.text(`left: ${context.req.path}`));

  it('answers what a route takes', async () => {
    const response = await app.request('http://shop.example/cart/7');
    expect(await response.json()).toEqual({ url: 'http://10.0.0.1/cart/7' });
  });

  it('leaves the rest to the handlers after it, body and all', async () => {
    const response = await app.request('http://shop.example/other', { method: 'POST', body: 'x' });
    expect(await response.text()).toBe('left: /other');
  });

  it('does not leave a route whose Service nobody answers for', async () => {
    const unready = new Hono();
    unready.use(routes(portolan(service('cart') + ingress('/cart', 'cart'))));
    expect((await unready.request('http://shop.example/cart')).status).toBe(503);
  });
});

describe('manifests that leave out what they must not', () => {
  it.each([
    ['Service', 'v1', 'spec.ports: Required value'],
    ['Pod', 'v1', 'spec.containers: Required value'],
    ['Ingress', 'networking.k8s.io/v1', 'spec: Invalid value'],
  ])(
    'a %s without a spec is refused, and keeps nothing else from serving',
    (kind, version, fault) => {
      for (const spec of ['', 'spec: null\n']) {
        const odd = `apiVersion: ${version}\nkind: ${kind}\nmetadata: { name: odd }\n${spec}---`;
        const app = portolan(odd + shop);
        const messages = app.compiled().diagnostics.map(({ message }) => message);
        expect(messages).toContainEqual(expect.stringContaining(fault));
        expect(app.decide(new Request('http://shop.example/cart'))).toMatchObject({
          outcome: 'forward',
        });
      }
    },
  );

  it('a Deployment without a spec is no reason to throw', () => {
    const odd = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: odd }\n---';
    expect(portolan(odd + shop).compiled().diagnostics.length).toBeGreaterThan(0);
  });
});
