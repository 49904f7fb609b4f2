import type { Node, Service } from '@portolan/core';
import { expect, it } from 'vitest';

import { formatPlan } from '../plan/format-plan.ts';
import { cloudflareLoadBalancers } from './cloudflare-load-balancers.ts';

const service: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    namespace: 'shop',
    name: 'web',
    annotations: { 'portolan.dev/load-balancer-hostname': 'shop.example.com' },
  },
  spec: { ports: [{ port: 80, nodePort: 30_080 }] },
};
const node: Node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'a' },
  status: { addresses: [{ type: 'ExternalIP', address: '203.0.113.1' }] },
};

it('plans on every runtime, through the fetch that it is given', async () => {
  const asked: (string | null)[] = [];
  const provider = cloudflareLoadBalancers({
    accountID: 'account',
    zoneID: 'zone',
    apiToken: 'token',
    fetch: async (url, init) => {
      asked.push(new Headers(init.headers).get('authorization'));
      const result = url.endsWith('/zones/zone') ? { name: 'example.com' } : [];
      return Response.json({ success: true, errors: [], messages: [], result });
    },
  });
  const { signal } = new AbortController();
  const plan = await provider.plan({ service, nodes: [node], signal });
  expect(formatPlan(plan)).toBe(
    [
      'shop/web',
      '  + monitor portolan/default/shop/web/80: tcp 30080',
      '  + pool portolan_default_shop_web_80: a 203.0.113.1:30080',
      '  + load balancer shop.example.com',
    ].join('\n'),
  );
  expect(new Set(asked)).toEqual(new Set(['Bearer token']));
});
