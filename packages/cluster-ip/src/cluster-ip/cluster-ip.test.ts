import { admitServices, createServiceTypeRegistry, formatFieldError } from '@portolan/core';
import type { Service, ServiceSpec, ServiceType } from '@portolan/core';
import { serviceTypeContract } from '@portolan/core/service-type-contract';
import { describe, expect, it } from 'vitest';

import { clusterIP } from './cluster-ip.ts';

const selector = { app: 'web' };
const ports = [{ port: 80 }];

function service(spec: ServiceSpec, name = 'web'): Service {
  return { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'shop', name }, spec };
}

/** The spec as admitted, or the errors as printed. */
function admit(spec: ServiceSpec, type = clusterIP()): ServiceSpec | readonly string[] {
  const { services, conditions } = admitServices(createServiceTypeRegistry([type]), [
    service({ ports, ...spec }),
  ]);
  return services[0]?.spec ?? (conditions[0]?.errors ?? []).map(formatFieldError);
}

describe.each([
  ['a Service with a cluster IP', { selector, ports: [{ port: 80, name: 'http' }] }],
  ['a headless Service', { selector, clusterIP: 'None', ports }],
  ['a headless Service without a selector', { clusterIP: 'None', ports: [] }],
  ['a dual-stack Service', { selector, ports, ipFamilyPolicy: 'PreferDualStack' }],
  ['a Service with external IPs', { ports, externalIPs: ['192.0.2.7', '2001:DB8::7'] }],
] satisfies readonly (readonly [string, ServiceSpec])[])('%s', (_, spec) => {
  const make = (metadata: Service['metadata']): Service => ({ ...service(spec), metadata });
  it.each(serviceTypeContract({ types: [clusterIP()], make }))(
    'keeps to the contract: $name',
    ({ run }) => {
      expect(run).not.toThrow();
    },
  );
});

describe('a ClusterIP Service by default', () => {
  it('has one IPv4 address from the upper part of 10.96.0.0/12, and both policies are Cluster', () => {
    expect(admit({ selector })).toEqual({
      type: 'ClusterIP',
      selector,
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ipFamilyPolicy: 'SingleStack',
      ipFamilies: ['IPv4'],
      clusterIP: '10.104.253.213',
      clusterIPs: ['10.104.253.213'],
    });
  });

  it('has an external policy only where it has external IPs', () => {
    expect(admit({ externalIPs: ['192.0.2.7'] })).toHaveProperty(
      'externalTrafficPolicy',
      'Cluster',
    );
    expect(admit({})).not.toHaveProperty('externalTrafficPolicy');
  });

  it('gets an address of the family that is configured first', () => {
    expect(admit({}, clusterIP({ ranges: ['fd00::/112'] }))).toMatchObject({
      ipFamilies: ['IPv6'],
      clusterIP: expect.stringMatching(/^fd00::/),
    });
  });

  it('keeps a cluster IP that it fixes, in canonical form', () => {
    expect(admit({ clusterIP: 'FD00:10:96::0A' })).toMatchObject({
      ipFamilies: ['IPv6'],
      clusterIP: 'fd00:10:96::a',
      clusterIPs: ['fd00:10:96::a'],
    });
  });

  it('takes an empty clusterIP for an absent one', () => {
    expect(admit({ clusterIP: '', clusterIPs: [] })).toEqual(admit({}));
  });
});

describe('a collision', () => {
  it('of cluster IPs is reported as by the API server', () => {
    const { conditions } = admitServices(createServiceTypeRegistry([clusterIP()]), [
      service({ ports, clusterIP: '10.96.0.10' }, 'a'),
      service({ ports, clusterIP: '10.96.0.10' }, 'b'),
    ]);
    expect(conditions.map(({ message }) => message)).toEqual([
      'Service "b" is invalid: spec.clusterIPs: Invalid value: ["10.96.0.10"]: failed to allocate IP 10.96.0.10: provided IP is already allocated',
    ]);
  });

  it('of what is fixed with what was automatic does not happen: the automatic one goes elsewhere', () => {
    const taken = '10.104.253.213';
    const { services } = admitServices(createServiceTypeRegistry([clusterIP()]), [
      service({ ports }),
      service({ ports, clusterIP: taken }, 'z'),
    ]);
    expect(services.map(({ spec }) => spec.clusterIP === taken)).toEqual([false, true]);
  });
});

describe('a ClusterIP Service is refused', () => {
  it.each([
    [{ ports: [] }, 'spec.ports: Required value'],
    [
      { ports: [{ port: 80, nodePort: 30080 }] },
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
    ],
    [
      { externalTrafficPolicy: 'Local' },
      'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
    ],
  ] satisfies readonly (readonly [ServiceSpec, string])[])('for %j', (spec, error) => {
    expect(admit(spec)).toEqual([error]);
  });

  it('where it fixes an address outside the ranges that were given', () => {
    expect(admit({ clusterIP: '192.0.2.1' }, clusterIP({ ranges: ['10.96.0.0/12'] }))).toEqual([
      'spec.clusterIPs: Invalid value: ["192.0.2.1"]: failed to allocate IP 192.0.2.1: the provided IP (192.0.2.1) is not in the valid range. The range of valid IPs is 10.96.0.0/12',
    ]);
  });

  it('for no address that it fixes where no ranges were given: the cluster that it is from has its own', () => {
    expect(admit({ clusterIP: '172.20.0.1' })).toMatchObject({ clusterIP: '172.20.0.1' });
  });

  it('where no address is left', () => {
    const registry = createServiceTypeRegistry([clusterIP({ ranges: ['10.0.0.0/30'] })]);
    const { services, conditions } = admitServices(
      registry,
      ['a', 'b', 'c'].map((name) => service({ ports }, name)),
    );
    expect(new Set(services.map(({ spec }) => spec.clusterIP))).toEqual(
      new Set(['10.0.0.1', '10.0.0.2']),
    );
    expect(conditions.map(({ message }) => message)).toEqual([
      'Service "c" is invalid: spec.clusterIPs[0]: Internal error: failed to allocate a serviceIP: range is full',
    ]);
  });

  it('but not for a nodePort of 0, which counts as absent', () => {
    expect(admit({ ports: [{ port: 80, nodePort: 0 }] })).toHaveProperty('clusterIP');
  });
});

describe('ranges', () => {
  it.each([
    [[]],
    [['10.0.0.0/8', '10.96.0.0/12']],
    [['10.0.0.0/24', 'fd00::/112', 'fd01::/112']],
    [['web']],
  ])('%j are none that cluster IPs can be taken from', (ranges) => {
    expect(() => clusterIP({ ranges })).toThrow(RangeError);
  });
});

describe('a type that somebody else builds on ClusterIP', () => {
  const annotation = 'example.com/host-name';
  const hostName: ServiceType = {
    type: 'HostName',
    buildsOn: 'ClusterIP',
    frontends: ({ metadata, spec }) =>
      (spec.ports ?? []).map(({ port, name = '', protocol = 'TCP' }) => ({
        entrance: 'external',
        host: metadata.annotations?.[annotation] ?? '',
        port,
        portName: name,
        protocol,
        trafficPolicy: 'Cluster',
      })),
  };
  const types = [clusterIP(), hostName];
  const make = (metadata: Service['metadata']): Service => ({
    ...service({ type: 'HostName', ports }),
    metadata: { ...metadata, annotations: { [annotation]: 'shop.example.com' } },
  });

  it('has a cluster IP and names inside, and what it adds outside', () => {
    const registry = createServiceTypeRegistry(types);
    const { services } = admitServices(registry, [make({ namespace: 'shop', name: 'web' })]);
    const hosts = services
      .flatMap((each) => registry.frontends(each, { nodes: [], clusterDomain: 'cluster.local' }))
      .map(({ entrance, host }) => `${entrance} ${host}`);
    expect(hosts).toEqual([
      `internal ${services[0]?.spec.clusterIP}`,
      'internal web.shop.svc.cluster.local',
      'internal web.shop.svc',
      'internal web.shop',
      'external shop.example.com',
    ]);
  });

  it.each(serviceTypeContract({ types, make }))('keeps to the contract: $name', ({ run }) => {
    expect(run).not.toThrow();
  });
});
