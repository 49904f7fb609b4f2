import type { Node, Service, ServiceSpec } from '@portolan/core';

import { cloudflareLoadBalancers } from '../src/index.ts';
import type { CloudflareLoadBalancers, CloudflareLoadBalancersOptions } from '../src/index.ts';
import { ACCOUNT, TOKEN, ZONE } from './stand-in/stand-in.ts';
import type { StandIn } from './stand-in/stand-in.ts';

/** The provider with the stand-in behind it. */
export function providerOf(
  standIn: StandIn,
  options: Partial<CloudflareLoadBalancersOptions> = {},
): CloudflareLoadBalancers {
  const access = { accountID: ACCOUNT, zoneID: ZONE, apiToken: TOKEN, baseURL: standIn.baseURL };
  return cloudflareLoadBalancers({ ...access, ...options });
}

/** `shop/web` at shop.example.com, port 80 at the node port 30080. */
export function web(
  spec: Partial<ServiceSpec> = {},
  annotations: Readonly<Record<string, string>> = {},
): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      namespace: 'shop',
      name: 'web',
      annotations: { 'portolan.dev/load-balancer-hostname': 'shop.example.com', ...annotations },
    },
    spec: {
      type: 'LoadBalancer',
      selector: { app: 'web' },
      ipFamilies: ['IPv4'],
      ports: [{ port: 80, nodePort: 30_080 }],
      ...spec,
    },
  };
}

export function node(name: string, ...externalIPs: readonly string[]): Node {
  const addresses = externalIPs.map((address) => ({ type: 'ExternalIP', address }) as const);
  return { apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { addresses } };
}

export const NODES: readonly Node[] = [node('a', '203.0.113.1'), node('b', '203.0.113.2')];
