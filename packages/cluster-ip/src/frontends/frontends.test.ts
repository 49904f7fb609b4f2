import type { Service, ServiceSpec } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { frontends } from './frontends.ts';

const context = { nodes: [], clusterDomain: 'cluster.local' };
const ports = [
  { name: 'http', port: 80 },
  { name: 'dns', port: 53, protocol: 'UDP' },
] as const;

function of(spec: ServiceSpec): ReturnType<typeof frontends> {
  const metadata: Service['metadata'] = { namespace: 'shop', name: 'web' };
  return frontends(
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports, ...spec } },
    context,
  );
}

const knocks = (spec: ServiceSpec): readonly string[] =>
  of(spec).map(
    (each) => `${each.entrance} ${each.protocol} ${each.host} ${each.port} ${each.portName}`,
  );

describe('clients of a ClusterIP Service knock', () => {
  it('inside, at each cluster IP and each name, at each port', () => {
    expect(knocks({ clusterIPs: ['10.96.0.1', 'fd00::1'] })).toEqual(
      ['10.96.0.1', 'fd00::1', 'web.shop.svc.cluster.local', 'web.shop.svc', 'web.shop'].flatMap(
        (host) => [`internal TCP ${host} 80 http`, `internal UDP ${host} 53 dns`],
      ),
    );
  });

  it('outside, at external IPs of the Service’s families, each once', () => {
    const externalIPs = ['192.0.2.7', '2001:db8::7', '192.0.2.7'];
    const external = knocks({ ipFamilies: ['IPv4'], externalIPs }).filter((each) =>
      each.startsWith('external'),
    );
    expect(external).toEqual(['external TCP 192.0.2.7 80 http', 'external UDP 192.0.2.7 53 dns']);
  });

  it('under the policy of their entrance', () => {
    const policies = of({
      clusterIPs: ['10.96.0.1'],
      ipFamilies: ['IPv4'],
      externalIPs: ['192.0.2.7'],
      internalTrafficPolicy: 'Local',
      externalTrafficPolicy: 'Cluster',
    }).map(({ entrance, trafficPolicy }) => `${entrance} ${trafficPolicy}`);
    expect([...new Set(policies)]).toEqual(['internal Local', 'external Cluster']);
  });

  it('nowhere, if it is headless', () => {
    expect(of({ clusterIPs: ['None'], externalIPs: ['192.0.2.7'], ipFamilies: ['IPv4'] })).toEqual(
      [],
    );
  });
});
