import type { DNSRecord, Endpoint, EndpointSet, Service, ServiceSpec } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { dnsRecords } from './dns-records.ts';

const name = 'web.shop.svc.cluster.local';

/** The records as a zone file has them, without times to live. */
function zone(spec: ServiceSpec, endpointSets: readonly EndpointSet[] = []): readonly string[] {
  const metadata: Service['metadata'] = { namespace: 'shop', name: 'web' };
  const service: Service = { apiVersion: 'v1', kind: 'Service', metadata, spec };
  return dnsRecords(service, endpointSets, { nodes: [], clusterDomain: 'cluster.local' }).map(line);
}

function line(record: DNSRecord): string {
  const start = `${record.name} ${record.type}`;
  if (record.type === 'SRV') {
    return `${start} ${record.priority} ${record.weight} ${record.port} ${record.target}`;
  }
  return `${start} ${'address' in record ? record.address : record.target}`;
}

function endpoint(address: string, changes: Partial<Endpoint> = {}): Endpoint {
  return {
    address,
    addressType: address.includes(':') ? 'IPv6' : 'IPv4',
    port: 8080,
    ready: true,
    serving: true,
    terminating: false,
    ...changes,
  };
}

describe('a Service with cluster IPs', () => {
  it('has its addresses, a service record for each named port, and a pointer for each address', () => {
    expect(
      zone({
        clusterIPs: ['10.96.0.1', 'fd00::1'],
        ports: [
          { name: 'http', port: 80, targetPort: 8080 },
          { name: 'dns', port: 53, protocol: 'UDP' },
        ],
      }),
    ).toEqual([
      `${name} A 10.96.0.1`,
      `${name} AAAA fd00::1`,
      `_http._tcp.${name} SRV 0 100 80 ${name}`,
      `_dns._udp.${name} SRV 0 100 53 ${name}`,
      `1.0.96.10.in-addr.arpa PTR ${name}`,
      `1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa PTR ${name}`,
    ]);
  });

  it('has no service record for an unnamed port, and nothing of its endpoints', () => {
    const set: EndpointSet = {
      portName: '',
      protocol: 'TCP',
      endpoints: [endpoint('10.244.0.1', { hostname: 'pet' })],
    };
    expect(zone({ clusterIPs: ['10.96.0.1'], ports: [{ port: 80 }] }, [set])).toEqual([
      `${name} A 10.96.0.1`,
      `1.0.96.10.in-addr.arpa PTR ${name}`,
    ]);
  });
});

describe('a headless Service', () => {
  const headless: ServiceSpec = { clusterIPs: ['None'] };

  it('leads to its ready endpoints, each of which has a name: its hostname, or its address with dashes', () => {
    const endpoints = [
      endpoint('10.244.0.1', { hostname: 'Pet-0' }),
      endpoint('10.244.0.2'),
      endpoint('10.244.0.3', { ready: false }),
    ];
    expect(zone(headless, [{ portName: 'http', protocol: 'TCP', endpoints }])).toEqual([
      `${name} A 10.244.0.1`,
      `${name} A 10.244.0.2`,
      `pet-0.${name} A 10.244.0.1`,
      `10-244-0-2.${name} A 10.244.0.2`,
      `_http._tcp.${name} SRV 0 100 8080 pet-0.${name}`,
      `_http._tcp.${name} SRV 0 100 8080 10-244-0-2.${name}`,
      `1.0.244.10.in-addr.arpa PTR pet-0.${name}`,
      `2.0.244.10.in-addr.arpa PTR 10-244-0-2.${name}`,
    ]);
  });

  it('names an endpoint of several ports once, and gives each named port its own service records', () => {
    const sets = ['http', ''].map((portName, index): EndpointSet => ({
      portName,
      protocol: 'TCP',
      endpoints: [endpoint('10.244.0.1', { port: 8080 + index, hostname: 'pet' })],
    }));
    expect(zone(headless, sets)).toEqual([
      `${name} A 10.244.0.1`,
      `pet.${name} A 10.244.0.1`,
      `_http._tcp.${name} SRV 0 100 8080 pet.${name}`,
      `1.0.244.10.in-addr.arpa PTR pet.${name}`,
    ]);
  });

  it('gives a dual-stack endpoint one service record and two addresses', () => {
    const endpoints = ['10.244.0.1', 'fd00::1'].map((each) => endpoint(each, { hostname: 'pet' }));
    const records = zone(headless, [{ portName: 'http', protocol: 'TCP', endpoints }]);
    expect(records).toContain(`pet.${name} A 10.244.0.1`);
    expect(records).toContain(`pet.${name} AAAA fd00::1`);
    expect(records.filter((each) => each.includes(' SRV '))).toEqual([
      `_http._tcp.${name} SRV 0 100 8080 pet.${name}`,
    ]);
  });

  it('has no record without a ready endpoint, and none for an endpoint that is a domain name', () => {
    const endpoints = [
      endpoint('10.244.0.1', { ready: false }),
      endpoint('db.example.com', { addressType: 'FQDN' }),
    ];
    expect(zone(headless, [{ portName: 'http', protocol: 'TCP', endpoints }])).toEqual([]);
  });
});
