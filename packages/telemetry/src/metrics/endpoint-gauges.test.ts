import { describe, expect, it } from 'vitest';

import { endpoint } from '../../test/exchange.ts';
import { endpointGauges } from './endpoint-gauges.ts';

const other = { ...endpoint, address: 'fd00::8', addressType: 'IPv6' } as const;
const port = { name: '', port: 80, protocol: 'TCP', endpoints: [endpoint, other] } as const;

const services = {
  'shop/cart': { namespace: 'shop', name: 'cart', ports: [port], ipFamilies: ['IPv4'] },
  'shop/twin': { namespace: 'shop', name: 'twin', ports: [port], ipFamilies: ['IPv4'] },
} as const;

const idle = { requests: 0, isEjected: false, isUnhealthy: false };

describe('endpointGauges', () => {
  it('are those of each endpoint for each Service port that it answers for, known of or not', () => {
    const gauges = endpointGauges(
      { services: [services] },
      {
        list: () => [
          {
            port: 'shop/twin:80',
            endpoint: '[fd00::8]:8080',
            requests: 3,
            pending: 1,
            ejectedUntil: 5,
            unhealthy: true,
          },
        ],
      },
    );
    expect([...gauges]).toEqual([
      { service: 'shop/cart:80', endpoint: '10.0.0.7:8080', ...idle },
      { service: 'shop/cart:80', endpoint: '[fd00::8]:8080', ...idle },
      { service: 'shop/twin:80', endpoint: '10.0.0.7:8080', ...idle },
      {
        service: 'shop/twin:80',
        endpoint: '[fd00::8]:8080',
        requests: 3,
        isEjected: true,
        isUnhealthy: true,
      },
    ]);
  });

  it('are those of TCP alone, where a port is there for UDP too', () => {
    const dns = {
      name: 'dns',
      namespace: 'shop',
      ports: [port, { ...port, protocol: 'UDP' as const }],
    };
    const gauges = endpointGauges(
      { services: [{ 'shop/dns': { ...dns, ipFamilies: ['IPv4'] } }] },
      { list: () => [] },
    );
    expect(Array.from(gauges, (each) => each.endpoint)).toEqual([
      '10.0.0.7:8080',
      '[fd00::8]:8080',
    ]);
  });

  it('go on for an endpoint that has left and still has requests', () => {
    const left = { port: 'shop/cart:80', endpoint: '10.0.0.9:8080' };
    const list = () => [{ ...left, requests: 2, pending: 0, unhealthy: false }];
    expect([...endpointGauges({ services: [] }, { list })]).toEqual([
      { service: 'shop/cart:80', endpoint: '10.0.0.9:8080', ...idle, requests: 2 },
    ]);
  });
});
