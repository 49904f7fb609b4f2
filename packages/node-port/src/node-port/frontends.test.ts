import type { Service, ServiceSpec } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { frontends } from './frontends.ts';

function of(spec: ServiceSpec): ReturnType<typeof frontends> {
  const service: Service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec };
  return frontends(service);
}

describe('clients of a NodePort Service knock', () => {
  it('outside, at every node, at each node port', () => {
    const ports = [
      { name: 'http', port: 80, nodePort: 30080 },
      { name: 'dns', port: 53, protocol: 'UDP', nodePort: 30053 },
    ] as const;
    expect(of({ ports })).toEqual([
      {
        entrance: 'external',
        host: '*',
        port: 30080,
        protocol: 'TCP',
        portName: 'http',
        trafficPolicy: 'Cluster',
      },
      {
        entrance: 'external',
        host: '*',
        port: 30053,
        protocol: 'UDP',
        portName: 'dns',
        trafficPolicy: 'Cluster',
      },
    ]);
  });

  it('under the external traffic policy', () => {
    const spec: ServiceSpec = { ports: [{ port: 80, nodePort: 30080 }] };
    expect(of({ ...spec, externalTrafficPolicy: 'Local' })[0]?.trafficPolicy).toBe('Local');
  });

  it('nowhere at a port without a node port', () => {
    expect(of({ ports: [{ port: 80 }, { port: 81, nodePort: 0 }] })).toEqual([]);
  });
});
