import { describe, expect, it } from 'vitest';

import type { Service } from '../resources/service.ts';
import { admitServices } from './admission.ts';
import { serviceTypeContract } from './contract/service-type-contract.ts';
import { createServiceTypeRegistry } from './registry.ts';
import type { ServiceType } from './service-type.ts';

/**
 * What somebody else would write: a Service that also answers at a public host name, which an annotation gives.
 * `@portolan/cluster-ip` tries the same type on top of the real ClusterIP.
 */
const HOST_NAME = 'example.com/host-name';
const hostName: ServiceType = {
  type: 'HostName',
  buildsOn: 'ClusterIP',
  validate: ({ metadata }) =>
    metadata.annotations?.[HOST_NAME]
      ? []
      : [
          {
            type: 'Required',
            field: `metadata.annotations[${HOST_NAME}]`,
            detail: 'names the host',
          },
        ],
  frontends: ({ metadata, spec }) =>
    (spec.ports ?? []).map(({ port, name = '', protocol = 'TCP' }) => ({
      entrance: 'external',
      host: (metadata.annotations?.[HOST_NAME] ?? '').toLowerCase(),
      port,
      portName: name,
      protocol,
      trafficPolicy: 'Cluster',
    })),
};

const base: ServiceType = {
  type: 'ClusterIP',
  frontends: ({ metadata, spec }) =>
    (spec.ports ?? []).map(({ port, name = '', protocol = 'TCP' }) => ({
      entrance: 'internal',
      host: `${metadata.name}.${metadata.namespace ?? 'default'}`,
      port,
      portName: name,
      protocol,
      trafficPolicy: 'Cluster',
    })),
};

function make(metadata: { readonly namespace: string; readonly name: string }): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, annotations: { [HOST_NAME]: 'Shop.Example.com' } },
    spec: { type: 'HostName', ports: [{ port: 443 }] },
  };
}

describe('a fifth Service type, from outside', () => {
  it('takes one plugin and its place in the list', () => {
    const registry = createServiceTypeRegistry([base, hostName]);
    const service = make({ namespace: 'shop', name: 'web' });
    const { services, conditions } = admitServices(registry, [service]);
    expect(conditions).toEqual([]);
    const frontends = services.flatMap((each) =>
      registry.frontends(each, { nodes: [], clusterDomain: 'cluster.local' }),
    );
    expect(frontends.map(({ entrance, host, port }) => [entrance, host, port])).toEqual([
      ['internal', 'web.shop', 443],
      ['external', 'shop.example.com', 443],
    ]);
  });

  it('reports its own faults', () => {
    const registry = createServiceTypeRegistry([base, hostName]);
    const service = { ...make({ namespace: 'shop', name: 'web' }), metadata: { name: 'web' } };
    expect(admitServices(registry, [service]).conditions[0]?.message).toBe(
      'Service "web" is invalid: metadata.annotations[example.com/host-name]: Required value: names the host',
    );
  });

  it.each(serviceTypeContract({ types: [base, hostName], make }))(
    'keeps to it: $name',
    ({ run }) => {
      expect(run).not.toThrow();
    },
  );
});
