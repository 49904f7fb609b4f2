import type { Node, Service, ServiceSpec } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { desiredState } from './desired-state.ts';
import type { Desired } from './desired-state.ts';
import { isRefusal } from './refusal.ts';

const HOSTNAME = 'portolan.dev/load-balancer-hostname';
const ALIASES = 'portolan.dev/load-balancer-aliases';

function service(
  spec: Partial<ServiceSpec> = {},
  annotations: Readonly<Record<string, string>> = { [HOSTNAME]: 'shop.example.com' },
): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'shop', name: 'web', annotations },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, nodePort: 30_080 }], ...spec },
  };
}

type Addresses = NonNullable<NonNullable<Node['status']>['addresses']>;

function node(addresses: Addresses, labels: Readonly<Record<string, string>> = {}): Node {
  const metadata = { name: 'a', labels };
  return { apiVersion: 'v1', kind: 'Node', metadata, status: { addresses } };
}

const NODES = [node([{ type: 'ExternalIP', address: '203.0.113.1' }])];

function read(given: Service, nodes: readonly Node[] = NODES): ReturnType<typeof desiredState> {
  return desiredState(given, nodes, { owner: 'default', zone: 'example.com' });
}

function desired(given: Service, nodes?: readonly Node[]): Desired {
  const result = read(given, nodes);
  if (isRefusal(result)) throw new Error(result.message);
  return result;
}

describe('the host names', () => {
  it.each([
    ['HostnameMissing', {}],
    ['HostnameMissing', { [HOSTNAME]: ' ' }],
    ['HostnameInvalid', { [HOSTNAME]: '*.example.com' }],
    ['HostnameInvalid', { [HOSTNAME]: 'a.example.com,b.example.com' }],
    ['HostnameNotInZone', { [HOSTNAME]: 'shop.example.org' }],
    ['HostnameNotInZone', { [HOSTNAME]: 'badexample.com' }],
    ['HostnameNotInZone', { [HOSTNAME]: 'shop.example.com', [ALIASES]: 'shop.example.org' }],
  ])('are refused with %s for %j', (reason, annotations) => {
    expect(read(service({}, annotations))).toMatchObject({ reason });
  });

  it('may be the zone itself, in any case, and each further one counts once', () => {
    const { loadBalancer, records } = desired(
      service({}, { [HOSTNAME]: 'Example.com', [ALIASES]: 'www.example.com, WWW.example.com,' }),
    ).state;
    expect(loadBalancer.name).toBe('example.com');
    expect(records.map(({ name, content }) => [name, content])).toEqual([
      ['www.example.com', 'example.com'],
    ]);
  });
});

describe('the origins', () => {
  it.each([
    ['the ExternalIP', [['ExternalIP', '203.0.113.1']], ['IPv4'], '203.0.113.1'],
    [
      'the ExternalIP of the first family',
      [
        ['ExternalIP', '203.0.113.1'],
        ['ExternalIP', '2001:DB8:0::1'],
      ],
      ['IPv6', 'IPv4'],
      '2001:db8::1',
    ],
    ['the only family it has', [['ExternalIP', '2001:db8::1']], ['IPv4', 'IPv6'], '2001:db8::1'],
    [
      'the ExternalDNS name',
      [['ExternalDNS', 'A.nodes.example.net.']],
      ['IPv4'],
      'a.nodes.example.net',
    ],
    [
      'the ExternalDNS name where the ExternalIP is inside a network',
      [
        ['ExternalIP', '10.0.0.1'],
        ['ExternalDNS', 'a.example.net'],
      ],
      ['IPv4'],
      'a.example.net',
    ],
  ] as const)('are nodes at %s', (_, addresses, ipFamilies, expected) => {
    const given = node(addresses.map(([type, address]) => ({ type, address })));
    const { origins } = desired(service({ ipFamilies }), [given]).state.pool;
    expect(origins).toEqual([
      { name: 'a', address: expected, port: 30_080, weight: 1, enabled: true },
    ]);
  });

  it.each([
    ['there is no node', []],
    ['there is only an InternalIP', [node([{ type: 'InternalIP', address: '203.0.113.1' }])]],
    ['the family is another', [node([{ type: 'ExternalIP', address: '2001:db8::1' }])]],
    [
      'the node is to be left out',
      [
        node([{ type: 'ExternalIP', address: '203.0.113.1' }], {
          'node.kubernetes.io/exclude-from-external-load-balancers': '',
        }),
      ],
    ],
  ] as const)('are refused where %s', (_, nodes) => {
    expect(read(service(), nodes)).toMatchObject({ reason: 'NoExternalAddress' });
  });
});

describe('the ports', () => {
  it('that lead to the same port of the same Pods are all served by one pool', () => {
    const { state, ports, shortfalls } = desired(
      service({
        ports: [
          { name: 'http', port: 80, targetPort: 8080, nodePort: 30_080 },
          { name: 'https', port: 443, targetPort: 8080, nodePort: 30_443 },
        ],
      }),
    );
    expect(state.pool.origins.map(({ port }) => port)).toEqual([30_080]);
    expect(ports).toEqual([
      { port: 80, protocol: 'TCP' },
      { port: 443, protocol: 'TCP' },
    ]);
    expect(shortfalls).toEqual([]);
  });

  it('that lead elsewhere than the first that can be served have an error each', () => {
    const { state, ports } = desired(
      service({
        ports: [
          { name: 'dns', port: 53, protocol: 'UDP', nodePort: 30_053 },
          { name: 'db', port: 5432, nodePort: 30_432 },
          { name: 'alternative', port: 8080 },
          { name: 'https', port: 443, nodePort: 30_443 },
          { name: 'http', port: 80, nodePort: 30_080 },
        ],
      }),
    );
    expect(state.pool).toMatchObject({ name: 'portolan_default_shop_web_443' });
    expect(ports).toEqual([
      { port: 53, protocol: 'UDP', error: 'portolan.dev/ProtocolNotSupported' },
      { port: 5432, protocol: 'TCP', error: 'portolan.dev/PortNotSupported' },
      { port: 8080, protocol: 'TCP', error: 'portolan.dev/NodePortMissing' },
      { port: 443, protocol: 'TCP' },
      { port: 80, protocol: 'TCP', error: 'portolan.dev/OtherNodePort' },
    ]);
  });

  it('of a Service without a selector are never taken for the same', () => {
    const ports = [
      { name: 'http', port: 80, targetPort: 8080, nodePort: 30_080 },
      { name: 'https', port: 443, targetPort: 8080, nodePort: 30_443 },
    ];
    expect(desired(service({ selector: {}, ports })).shortfalls).toMatchObject([
      { reason: 'OtherNodePort' },
    ]);
  });

  it.each([
    ['NodePortMissing', [{ port: 80 }]],
    ['PortNotSupported', [{ port: 5432, nodePort: 30_432 }]],
    ['ProtocolNotSupported', [{ port: 443, protocol: 'UDP', nodePort: 30_443 }]],
    ['ProtocolNotSupported', [{ port: 80, protocol: 'SCTP', nodePort: 30_080 }]],
  ] as const)('are refused with %s where none can be served', (reason, ports) => {
    expect(read(service({ ports }))).toMatchObject({ reason });
  });
});

describe('what Cloudflare has a field for', () => {
  it.each([
    [undefined, 10_800],
    [60, 1800],
    [86_400, 86_400],
  ])('sessionAffinity ClientIP with a timeout of %s s has a cookie of %i s', (given, ttl) => {
    const spec = {
      sessionAffinity: 'ClientIP',
      ...(given !== undefined && {
        sessionAffinityConfig: { clientIP: { timeoutSeconds: given } },
      }),
    } as const;
    expect(desired(service(spec)).state.loadBalancer).toMatchObject({
      session_affinity: 'ip_cookie',
      session_affinity_ttl: ttl,
    });
  });

  it('source ranges are none of it, so the Service is refused, as by the older annotation', () => {
    const reason = 'SourceRangesNotSupported';
    expect(read(service({ loadBalancerSourceRanges: ['198.51.100.0/24'] }))).toMatchObject({
      reason,
    });
    const annotations = {
      [HOSTNAME]: 'shop.example.com',
      'service.beta.kubernetes.io/load-balancer-source-ranges': '198.51.100.0/24',
    };
    expect(read(service({}, annotations))).toMatchObject({ reason });
  });
});
