import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SOURCE_ANNOTATION } from '../provenance/provenance.ts';
import type { ObjectMeta } from '../resources/meta.ts';
import type { Service, ServiceSpec } from '../resources/service.ts';
import { admitServices } from './admission.ts';
import { portPool } from './port-pool.ts';
import { createServiceTypeRegistry } from './registry.ts';
import type { ServiceType } from './service-type.ts';

/** Opens a port for each Service; 13 is a fault. */
const opening: ServiceType = {
  type: 'ClusterIP',
  pools: [portPool('ports', 1, 40)],
  validate: ({ spec }) =>
    spec.healthCheckNodePort === 13
      ? [{ type: 'Invalid', field: 'spec.healthCheckNodePort', value: 13, detail: 'unlucky' }]
      : [],
  claims: ({ spec }) => [
    {
      pool: 'ports',
      field: 'spec.healthCheckNodePort',
      ...(spec.healthCheckNodePort && { wanted: String(spec.healthCheckNodePort) }),
    },
  ],
  grant: (given, grants) => ({
    ...given,
    spec: {
      ...given.spec,
      healthCheckNodePort: Number(grants['spec.healthCheckNodePort']),
    },
  }),
};
const registry = createServiceTypeRegistry([opening]);

function service(
  name: string,
  spec: ServiceSpec = {},
  metadata: Partial<ObjectMeta> = {},
): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'shop', name, ...metadata },
    spec,
  };
}

const wanting = (port: number): ServiceSpec => ({ healthCheckNodePort: port });

function admittedNames(services: readonly Service[]): readonly string[] {
  return admitServices(registry, services).services.map(({ metadata }) => metadata.name);
}

describe('admission', () => {
  it('fills in defaults and writes what was allocated into the Service', () => {
    const [admitted] = admitServices(registry, [
      service('web', { ports: [{ port: 80 }] }),
    ]).services;
    expect(admitted?.spec).toMatchObject({
      type: 'ClusterIP',
      sessionAffinity: 'None',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
    });
    expect(admitted?.spec.healthCheckNodePort).toBeGreaterThan(16);
  });

  it('sorts Services by namespace/name', () => {
    const { services } = admitServices(registry, [
      service('a', {}, { namespace: 'a-b' }),
      service('z', {}, { namespace: 'a' }),
      service('b', {}, { namespace: 'a' }),
    ]);
    expect(services.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)).toEqual([
      'a-b/a',
      'a/b',
      'a/z',
    ]);
  });

  it('refuses a Service with a Condition that has the errors as the API server prints them', () => {
    const { services, conditions } = admitServices(registry, [
      service('odd', { type: 'Odd' }),
      service('bad', wanting(13)),
      service('far', wanting(80)),
      service('web'),
    ]);
    expect(services.map(({ metadata }) => metadata.name)).toEqual(['web']);
    expect(conditions).toEqual([
      {
        object: { kind: 'Service', namespace: 'shop', name: 'bad' },
        type: 'Accepted',
        status: 'False',
        reason: 'Invalid',
        message: 'Service "bad" is invalid: spec.healthCheckNodePort: Invalid value: 13: unlucky',
        field: 'spec.healthCheckNodePort',
        errors: [
          { type: 'Invalid', field: 'spec.healthCheckNodePort', value: 13, detail: 'unlucky' },
        ],
      },
      expect.objectContaining({
        message:
          'Service "far" is invalid: spec.healthCheckNodePort: Invalid value: "80": provided port is not in the valid range. The range of valid ports is 1-40',
      }),
      expect.objectContaining({
        message:
          'Service "odd" is invalid: spec.type: Unsupported value: "Odd": supported values: "ClusterIP"',
      }),
    ]);
  });

  it('lists several errors in brackets', () => {
    const fault = { type: 'Required', field: 'spec.ports', detail: '' } as const;
    const strict = createServiceTypeRegistry([
      { type: 'ClusterIP', validate: () => [fault, fault] },
    ]);
    expect(admitServices(strict, [service('web')]).conditions[0]?.message).toBe(
      'Service "web" is invalid: [spec.ports: Required value, spec.ports: Required value]',
    );
  });
});

describe('of two Services that fix one value', () => {
  it('the first by namespace and name is admitted', () => {
    expect(admittedNames([service('b', wanting(7)), service('a', wanting(7))])).toEqual(['a']);
  });

  it('the older one is admitted, whatever its name', () => {
    const old = service('b', wanting(7), { creationTimestamp: '2024-01-01T00:00:00Z' });
    const young = service('a', wanting(7), { creationTimestamp: '2025-01-01T00:00:00Z' });
    expect(admittedNames([young, old, service('0', wanting(7))])).toEqual(['b']);
  });

  it('one that is refused anyway is not in the way of the other', () => {
    expect(
      admittedNames([service('a', { ...wanting(7), type: 'Odd' }), service('b', wanting(7))]),
    ).toEqual(['b']);
  });
});

describe('Services that were taken over from clusters', () => {
  const from = (source: string): Partial<ObjectMeta> => ({
    annotations: { [SOURCE_ANNOTATION]: source },
  });

  it('all have what they had there, in our ranges or not', () => {
    const { services, conditions } = admitServices(registry, [
      service('east', wanting(7), from('east')),
      service('west', wanting(7), from('west')),
      service('north', wanting(8000), from('north')),
      service('own', wanting(7)),
    ]);
    expect(services.map(({ spec }) => spec.healthCheckNodePort)).toEqual([7, 8000, 7, 7]);
    expect(conditions).toEqual([]);
  });

  it('have nobody else given it automatically', () => {
    const [alone] = admitServices(registry, [service('web')]).services;
    const port = alone?.spec.healthCheckNodePort ?? 0;
    const { services } = admitServices(registry, [
      service('east', wanting(port), from('east')),
      service('web'),
    ]);
    expect(services[1]?.metadata.name).toBe('web');
    expect(services[1]?.spec.healthCheckNodePort).not.toBe(port);
  });

  it('are checked like any other', () => {
    const { conditions } = admitServices(registry, [service('east', wanting(13), from('east'))]);
    expect(conditions).toHaveLength(1);
  });
});

describe('whatever Services there are', () => {
  const anyService = fc
    .record({
      namespace: fc.constantFrom('shop', 'team'),
      name: fc.stringMatching(/^[a-z]{1,3}$/),
      port: fc.option(fc.integer({ min: 1, max: 45 }), { nil: undefined }),
      year: fc.option(fc.integer({ min: 2020, max: 2024 }), { nil: undefined }),
    })
    .map(({ name, namespace, port, year }) =>
      service(name, port === undefined ? {} : wanting(port), {
        namespace,
        ...(year && { creationTimestamp: `${year}-01-01T00:00:00Z` }),
      }),
    );
  const anyServices = fc.uniqueArray(anyService, {
    maxLength: 60,
    selector: ({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`,
  });

  it('the result does not depend on their order', () => {
    fc.assert(
      fc.property(
        anyServices.chain((services) =>
          fc.tuple(
            fc.constant(services),
            fc.shuffledSubarray(services, { minLength: services.length }),
          ),
        ),
        ([services, shuffled]) => {
          expect(admitServices(registry, shuffled)).toEqual(admitServices(registry, services));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('each is admitted or refused, no two hold one value, and each fixed one is kept', () => {
    fc.assert(
      fc.property(anyServices, (services) => {
        const { services: admitted, conditions } = admitServices(registry, services);
        expect(admitted.length + conditions.length).toBe(services.length);
        const ports = admitted.map(({ spec }) => spec.healthCheckNodePort);
        expect(new Set(ports).size).toBe(ports.length);
        for (const { metadata, spec } of services) {
          const found = admitted.find(
            (each) =>
              each.metadata.name === metadata.name &&
              each.metadata.namespace === metadata.namespace,
          );
          if (spec.healthCheckNodePort === undefined || found === undefined) continue;
          expect(found.spec.healthCheckNodePort).toBe(spec.healthCheckNodePort);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('a younger one changes nothing for those older, as long as it fixes no value', () => {
    fc.assert(
      fc.property(anyServices, (services) => {
        const before = admitServices(registry, services);
        const newcomer = service('newcomer', {}, { namespace: 'zoo' });
        const after = admitServices(registry, [newcomer, ...services]);
        expect(after.services.filter(({ metadata }) => metadata.name !== 'newcomer')).toEqual(
          before.services,
        );
      }),
      { numRuns: 100 },
    );
  });
});
