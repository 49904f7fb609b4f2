import { describe, expect, it } from 'vitest';

import type { Service } from '../resources/service.ts';
import { portPool } from './port-pool.ts';
import { createServiceTypeRegistry } from './registry.ts';
import type { Frontend, ServiceContext, ServiceType } from './service-type.ts';

const context: ServiceContext = { nodes: [], clusterDomain: 'cluster.local' };

function service(type?: string): Service {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { type } };
}

function frontend(host: string): Frontend {
  return {
    entrance: 'internal',
    host,
    port: 80,
    protocol: 'TCP',
    portName: '',
    trafficPolicy: 'Cluster',
  };
}

/** Leaves its mark in whatever it does. */
function marking(type: string, buildsOn?: string): ServiceType {
  return {
    type,
    buildsOn,
    applyDefaults: (given) => ({
      ...given,
      spec: { ...given.spec, externalName: `${given.spec.externalName ?? ''}${type} ` },
    }),
    validate: () => [{ type: 'Invalid', field: 'spec', value: type, detail: 'own' }],
    validateOthers: () => [{ type: 'Invalid', field: 'spec', value: type, detail: 'other' }],
    claims: (_, inherited) => [...inherited, { pool: 'pool', field: type }],
    frontends: () => [frontend(type.toLowerCase())],
    dnsRecords: () => [{ type: 'CNAME', name: type, target: type }],
  };
}

const chain = [marking('Top', 'Middle'), marking('Middle', 'ClusterIP'), marking('ClusterIP')];

describe('a registry of Service types', () => {
  it.each([
    ['Top', ['ClusterIP', 'Middle', 'Top']],
    ['Middle', ['ClusterIP', 'Middle']],
    ['ClusterIP', ['ClusterIP']],
  ])('has %s with what it builds on, base first', (type, names) => {
    expect(createServiceTypeRegistry(chain).resolve(service(type))).toMatchObject({
      type,
      chain: names.map((name) => ({ type: name })),
    });
  });

  it('has a load balancer for a type that wants one, and for those that build on it', () => {
    const [top, middle, clusterIP] = chain;
    if (!top || !middle || !clusterIP) throw new Error('three types');
    const registry = createServiceTypeRegistry([
      top,
      { ...middle, wantsLoadBalancer: true },
      clusterIP,
    ]);
    const wants = ['Top', 'Middle', 'ClusterIP'].map((type) => registry.resolve(service(type)));
    expect(wants).toMatchObject([true, true, false].map((each) => ({ wantsLoadBalancer: each })));
  });

  it('resolves a Service by its type, and one that names none as ClusterIP', () => {
    const registry = createServiceTypeRegistry(chain);
    expect(registry.resolve(service('Top')).type).toBe('Top');
    expect(registry.resolve(service()).type).toBe('ClusterIP');
    expect(registry.resolve(service('')).type).toBe('ClusterIP');
  });

  it.each(['top', 'constructor', '__proto__'])('has no type %s, and says which it has', (type) => {
    expect(createServiceTypeRegistry(chain).resolve(service(type))).toEqual({
      type: 'NotSupported',
      field: 'spec.type',
      value: type,
      detail: 'supported values: "ClusterIP", "Middle", "Top"',
    });
  });

  it('does the base’s part before the type’s own, and then what the other types have to say', () => {
    const registry = createServiceTypeRegistry(chain);
    const middle = registry.resolve(service('Middle'));
    if ('detail' in middle) throw new Error(middle.detail);
    expect(middle.applyDefaults(service('Middle')).spec.externalName).toBe('ClusterIP Middle ');
    expect(middle.validate(service('Middle')).map(({ value, detail }) => [value, detail])).toEqual([
      ['ClusterIP', 'own'],
      ['Middle', 'own'],
      ['Top', 'other'],
    ]);
    expect(middle.claims(service('Middle')).map(({ field }) => field)).toEqual([
      'ClusterIP',
      'Middle',
    ]);
    expect(registry.frontends(service('Middle'), context).map(({ host }) => host)).toEqual([
      'clusterip',
      'middle',
    ]);
    expect(registry.dnsRecords(service('Middle'), [], context).map(({ name }) => name)).toEqual([
      'ClusterIP',
      'Middle',
    ]);
  });

  it('asks the most derived type that has an opinion who may answer, and else gives what was discovered', () => {
    const found = [{ portName: '', protocol: 'TCP', endpoints: [] } as const];
    const refusal = { refused: 'Closed', message: 'closed' };
    const registry = createServiceTypeRegistry([
      { type: 'ClusterIP' },
      { type: 'Closed', buildsOn: 'ClusterIP', endpoints: () => refusal },
      { type: 'AlsoClosed', buildsOn: 'Closed' },
      { type: 'Open', buildsOn: 'Closed', endpoints: (_, { discovered }) => discovered() },
    ]);
    const ask = (type: string): unknown =>
      registry.endpoints(service(type), { discovered: () => found }, context);
    expect(ask('ClusterIP')).toBe(found);
    expect(ask('Closed')).toBe(refusal);
    expect(ask('AlsoClosed')).toBe(refusal);
    expect(ask('Open')).toBe(found);
  });

  it('throws for a Service that it would not have admitted', () => {
    const registry = createServiceTypeRegistry(chain);
    expect(() => registry.frontends(service('Other'), context)).toThrow(
      'no plugin serves Services of type Other',
    );
  });
});

describe('a wiring fault throws at once', () => {
  it('for a type given twice', () => {
    expect(() => createServiceTypeRegistry([...chain, marking('Top')])).toThrow(
      'Service type Top is given twice',
    );
  });

  it('for a base that is missing', () => {
    expect(() => createServiceTypeRegistry(chain.slice(0, 2))).toThrow(
      'Service type Middle builds on ClusterIP, which is not given',
    );
  });

  it('for types that build on one another in a circle', () => {
    expect(() =>
      createServiceTypeRegistry([marking('A', 'B'), marking('B', 'C'), marking('C', 'B')]),
    ).toThrow('Service types build on one another in a circle: B → C → B');
    expect(() => createServiceTypeRegistry([marking('A', 'A')])).toThrow('in a circle: A → A');
  });

  it('for a pool that two types bring', () => {
    const pools = [portPool('ports', 1, 2)];
    expect(() =>
      createServiceTypeRegistry([
        { type: 'A', pools },
        { type: 'B', pools },
      ]),
    ).toThrow('pool ports is given twice');
  });
});
