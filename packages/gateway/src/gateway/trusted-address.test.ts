import { describe, expect, it } from 'vitest';

import { serving } from '../../test/serving.ts';
import type { GatewayOptions } from './gateway.ts';

const PROXY = '192.0.2.1';
const CLIENT = '198.51.100.7';

/** A Service at a load balancer's address that only `CLIENT` may come to, and four Pods that it keeps its clients with. */
const MANIFESTS = [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'cart' },
    spec: {
      type: 'LoadBalancer',
      sessionAffinity: 'ClientIP',
      loadBalancerSourceRanges: [`${CLIENT}/32`],
      selector: { app: 'cart' },
      ports: [{ port: 80 }],
    },
    status: { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop' },
    spec: { defaultBackend: { service: { name: 'cart', port: { number: 80 } } } },
  },
  ...[1, 2, 3, 4].map((pod) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `cart-${pod}`, labels: { app: 'cart' } },
    spec: { containers: [{ name: 'server', image: 'cart' }] },
    status: { podIP: `10.0.0.${pod}` },
  })),
]
  .map((object) => JSON.stringify(object))
  .join('\n---\n');

function gateway(options: GatewayOptions) {
  const { fetch } = serving(MANIFESTS, {
    dialers: [
      {
        name: 'pods',
        dial: ({ endpoint: { address } }) => ({
          base: `http://${address}`,
          keepsHost: true,
          upgrades: 'none',
          fetch: async () => new Response(address),
        }),
      },
    ],
    ...options,
  });
  return (url: string, claimed: string): Promise<Response> =>
    fetch(new Request(url, { headers: { 'x-forwarded-for': claimed } }), { remoteAddress: PROXY });
}

describe('the client’s address', () => {
  const nobody = gateway({});
  const trusting = gateway({ trust: { cidrs: [`${PROXY}/32`] } });

  it('that a client claims opens no source range, and moves it to no other Pod', async () => {
    expect((await nobody('http://203.0.113.9/', CLIENT)).status).toBe(403);
    const addresses = Array.from({ length: 20 }, (_, index) => `198.51.100.${index}`);
    const pods = addresses.map(async (claimed) =>
      (await nobody('http://shop.example/', claimed)).text(),
    );
    expect(new Set(await Promise.all(pods)).size).toBe(1);
  });

  it('that a trusted proxy tells is the one that source ranges and affinity go by', async () => {
    expect((await trusting('http://203.0.113.9/', CLIENT)).status).toBe(200);
    expect((await trusting('http://203.0.113.9/', '198.51.100.8')).status).toBe(403);
    // What stands before the proxy's own word is the client's.
    expect((await trusting('http://203.0.113.9/', `${CLIENT}, 198.51.100.8`)).status).toBe(403);
    const addresses = Array.from({ length: 20 }, (_, index) => `198.51.100.${index}`);
    const pods = addresses.map(async (told) =>
      (await trusting('http://shop.example/', told)).text(),
    );
    expect(new Set(await Promise.all(pods)).size).toBe(4);
  });
});
