import type { Dialer } from '@portolan/proxy';
import { describe, expect, it } from 'vitest';

import { serving } from '../../test/serving.ts';
import { callServices, type Services } from './services.ts';

const MANIFESTS = `
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: cart }
spec: { clusterIP: 10.96.0.7, selector: { app: cart }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: cart-1, labels: { app: cart } }
spec: { containers: [{ name: server, image: cart }] }
status: { podIP: 10.0.0.1 }
`;

/** Answers with what the Pod would be sent. */
const pods: Dialer = {
  name: 'pods',
  dial: ({ endpoint }) => ({
    base: `http://${endpoint.address}:${endpoint.port}`,
    keepsHost: true,
    upgrades: 'none',
    fetch: async (request) =>
      Response.json({
        method: request.method,
        url: request.url,
        host: request.headers.get('host'),
        text: await request.text(),
      }),
  }),
};

const services: Services = callServices(
  serving(MANIFESTS, { dialers: [pods], entrance: 'internal' }),
);

describe('a program inside', () => {
  it.each(['cart.shop.svc.cluster.local', 'cart.shop.svc', 'cart.shop', '10.96.0.7'])(
    'reaches a Service at %s',
    async (host) => {
      const response = await services.fetch(`http://${host}/items?page=2`);
      expect(await response.json()).toMatchObject({
        method: 'GET',
        url: 'http://10.0.0.1:8080/items?page=2',
        host,
      });
    },
  );

  it('sends what fetch would, streams among it', async () => {
    const text = new Blob(['hello ', 'there']);
    const url = new URL('http://cart.shop/');
    const sent = [
      await services.fetch(url, { method: 'PUT', body: 'hello there' }),
      await services.fetch(url, { method: 'PUT', body: text.stream() }),
      await services.fetch(new Request(url, { method: 'PUT', body: 'hello there' })),
    ];
    for (const response of sent) {
      expect(await response.json()).toMatchObject({ method: 'PUT', text: 'hello there' });
    }
  });

  it('reaches nothing else', async () => {
    const answers = await Promise.all(
      ['http://10.0.0.1:8080/', 'http://cart.shop:8080/', 'http://example.com/'].map((url) =>
        services.fetch(url),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});
