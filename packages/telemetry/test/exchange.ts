import type { Endpoint } from '@portolan/core';
import type { Exchange } from '@portolan/proxy';

export const endpoint: Endpoint = {
  address: '10.0.0.7',
  addressType: 'IPv4',
  port: 8080,
  ready: true,
  serving: true,
  terminating: false,
};

/** A request that the second endpoint answered. */
export const answered: Exchange = {
  requestId: 'c0ffee',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  startedAt: Date.UTC(2026, 10, 23, 12, 0, 0, 250),
  method: 'GET',
  scheme: 'https',
  host: 'shop.example',
  path: '/cart/7',
  clientAddress: '203.0.113.9',
  route: {
    kind: 'Ingress',
    namespace: 'shop',
    name: 'web',
    rule: 'spec.rules[0].http.paths[1]',
    path: '/cart',
  },
  service: { namespace: 'shop', name: 'cart', port: 80, portName: 'http' },
  status: 200,
  tries: [
    {
      endpoint: { ...endpoint, address: 'fd00::8', addressType: 'IPv6' },
      failure: 'UpstreamUnreachable',
      startedAfter: 1,
      duration: 2,
    },
    { endpoint, status: 200, startedAfter: 4, duration: 30 },
  ],
  end: 'complete',
  timeToFirstByte: 35,
  duration: 40.5,
  bytes: 512,
  snapshotVersion: '0123456789abcdef',
};

/** A request that nobody was asked about. */
export const refused: Exchange = {
  requestId: 'decaf',
  startedAt: Date.UTC(2026, 10, 23, 12, 0, 1),
  method: 'POST',
  scheme: 'http',
  host: 'elsewhere.example',
  path: '/',
  status: 503,
  failure: { reason: 'BackendNotFound', message: 'Service shop/gone does not exist' },
  service: { namespace: 'shop', name: 'gone', port: 'http' },
  tries: [],
  end: 'complete',
  timeToFirstByte: 0,
  duration: 0,
};
