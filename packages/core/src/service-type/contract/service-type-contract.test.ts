import { describe, expect, it } from 'vitest';

import type { Service } from '../../resources/service.ts';
import type { Claim, Pool } from '../allocation.ts';
import { portPool } from '../port-pool.ts';
import type { Frontend, ServiceType } from '../service-type.ts';
import { serviceTypeContract } from './service-type-contract.ts';

function make(metadata: { readonly namespace: string; readonly name: string }): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { ports: [{ port: 80, name: 'http' }] },
  };
}

const FIELD = 'spec.healthCheckNodePort';
const ports: Pool = portPool('ports', 1, 200);
const good: ServiceType = {
  type: 'ClusterIP',
  pools: [ports],
  claims: ({ spec }): readonly Claim[] => [
    {
      pool: 'ports',
      field: FIELD,
      ...(spec.healthCheckNodePort && { wanted: String(spec.healthCheckNodePort) }),
    },
  ],
  grant: (service, grants) => ({
    ...service,
    spec: { ...service.spec, healthCheckNodePort: Number(grants[FIELD]) },
  }),
  frontends: (service) => [frontend(service)],
};

function frontend({ metadata }: Service, changes: Partial<Frontend> = {}): Frontend {
  return {
    entrance: 'internal',
    host: `${metadata.name}.${metadata.namespace ?? ''}`,
    port: 80,
    protocol: 'TCP',
    portName: 'http',
    trafficPolicy: 'Cluster',
    ...changes,
  };
}

/** The names of the checks that a type fails. */
function failures(
  type: ServiceType,
  makeService: (metadata: { readonly namespace: string; readonly name: string }) => Service = make,
): readonly string[] {
  return serviceTypeContract({ types: [type], make: makeService }).flatMap(({ name, run }) => {
    try {
      run();
      return [];
    } catch {
      return name;
    }
  });
}

let calls = 0;

describe('the contract of Service types', () => {
  it('is kept by a type that keeps to it', () => {
    expect(failures(good)).toEqual([]);
  });

  const spoiled: readonly (readonly [string, Partial<ServiceType>])[] = [
    [
      'defaults fill in what is left out, and overwrite nothing',
      { applyDefaults: (each) => ({ ...each, spec: { ...each.spec, ports: [{ port: 81 }] } }) },
    ],
    [
      'applying the defaults twice changes nothing',
      {
        applyDefaults: (each) => ({
          ...each,
          spec: { ...each.spec, externalName: `${each.spec.externalName ?? ''}x` },
        }),
      },
    ],
    [
      'an admissible Service is admitted, as plain JSON',
      { validate: () => [{ type: 'Required', field: 'spec', detail: '' }] },
    ],
    [
      'an admissible Service is admitted, as plain JSON',
      { applyDefaults: (each) => ({ ...each, spec: { ...each.spec, clusterIP: undefined } }) },
    ],
    [
      'each claim has a field of its own and a pool that some type brings',
      { claims: () => [1, 2].map(() => ({ pool: 'ports', field: FIELD })) },
    ],
    [
      'each claim has a field of its own and a pool that some type brings',
      { claims: () => [{ pool: 'none', field: FIELD }] },
    ],
    ['what is granted stands in the field that was claimed', { grant: (each) => each }],
    [
      'an admitted Service is admitted again unchanged',
      {
        claims: () => [{ pool: 'ports', field: FIELD, wanted: undefined }],
        grant: (each, grants) => ({
          ...each,
          spec: {
            ...each.spec,
            healthCheckNodePort: Number(grants[FIELD]),
            externalName: `${each.spec.externalName ?? ''}x`,
          },
        }),
      },
    ],
    [
      'of two Services that fix one value the second is refused with errors of its fields',
      { claims: () => [{ pool: 'ports', field: FIELD }] },
    ],
    [
      'frontends are at canonical addresses or DNS names, and at ports of the Service',
      { frontends: (each) => [frontend(each, { host: 'Web.Shop' })] },
    ],
    [
      'frontends are at canonical addresses or DNS names, and at ports of the Service',
      { frontends: (each) => [frontend(each, { portName: 'https' })] },
    ],
    ['no frontend is given twice', { frontends: (each) => [frontend(each), frontend(each)] }],
    [
      'no frontend is invented: its host is in the Service, in a node, or the Service’s name in DNS',
      { frontends: (each) => [frontend(each, { host: '203.0.113.99' })] },
    ],
    [
      'endpoints are those of the Service’s ports, or a refusal that says why',
      { endpoints: () => ({ refused: 'not allowed', message: 'no' }) },
    ],
    [
      'endpoints are those of the Service’s ports, or a refusal that says why',
      { endpoints: () => [{ portName: 'other', protocol: 'TCP', endpoints: [] }] },
    ],
    [
      'DNS records are canonical, and none is given twice',
      { dnsRecords: () => [{ type: 'CNAME', name: 'web.shop', target: 'example.com.' }] },
    ],
    [
      'DNS records are canonical, and none is given twice',
      { dnsRecords: () => [{ type: 'AAAA', name: 'web.shop', address: 'FD00::1' }] },
    ],
    [
      'asked twice, it answers the same',
      {
        frontends: (each) => {
          calls += 1;
          return calls % 2 === 0 ? [frontend(each)] : [];
        },
      },
    ],
  ];
  it.each(spoiled)('is broken where it isn’t so that %s', (name, change) => {
    expect(failures({ ...good, ...change })).toContain(name);
  });

  it('is broken by a type that changes what it is given', () => {
    const changing: ServiceType = {
      ...good,
      applyDefaults: (service) => Object.assign(service, { status: {} }),
    };
    expect(failures(changing)).toContain('what it is given stays as it was');
  });

  it('is broken by a type that gives two Services one value, or depends on who else is there', () => {
    const fixed: ServiceType = {
      ...good,
      grant: (service) => ({ ...service, spec: { ...service.spec, healthCheckNodePort: 7 } }),
    };
    expect(failures(fixed)).toContain('no two Services are given one value');
    let count = 0;
    const counting: ServiceType = {
      ...good,
      applyDefaults: (service) => {
        count += 1;
        return {
          ...service,
          spec: { ...service.spec, externalName: service.spec.externalName ?? `x${count}` },
        };
      },
    };
    expect(failures(counting)).toEqual(
      expect.arrayContaining([
        'admission does not depend on the order of Services',
        'a younger Service changes nothing for the older ones',
      ]),
    );
  });

  it('is broken by a registry that takes a type without its base', () => {
    const types: readonly ServiceType[] = [{ type: 'Top', buildsOn: 'ClusterIP' }];
    const checks = serviceTypeContract({ types, make });
    expect(() => checks[0]?.run()).toThrow('builds on ClusterIP, which is not given');
  });
});
