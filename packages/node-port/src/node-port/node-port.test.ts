import { clusterIP } from '@portolan/cluster-ip';
import { admitServices, createServiceTypeRegistry, formatFieldError } from '@portolan/core';
import type { Service, ServicePort, ServiceSpec } from '@portolan/core';
import { serviceTypeContract } from '@portolan/core/service-type-contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { nodePort } from './node-port.ts';

const types = [clusterIP(), nodePort()];
const registry = createServiceTypeRegistry(types);

function service(spec: ServiceSpec, name = 'web'): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'shop', name },
    spec: { type: 'NodePort', ...spec },
  };
}

/** The node ports as admitted, or the errors as printed. */
function admit(ports: readonly ServicePort[]): readonly (number | string | undefined)[] {
  const { services, conditions } = admitServices(registry, [service({ ports })]);
  const errors = (conditions[0]?.errors ?? []).map(formatFieldError);
  return services[0]?.spec.ports?.map((port) => port.nodePort) ?? errors;
}

function dns(tcp?: number, udp?: number): readonly ServicePort[] {
  return [
    { name: 'tcp', port: 53, nodePort: tcp },
    { name: 'udp', port: 53, protocol: 'UDP', nodePort: udp },
  ];
}

describe.each([
  ['one port', [{ port: 80 }]],
  ['several ports', ['a', 'b'].map((name, index) => ({ name, port: 80 + index }))],
  [
    'TCP and UDP at one port',
    [
      { name: 'dns', port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53 },
    ],
  ],
] satisfies readonly (readonly [string, readonly ServicePort[]])[])(
  'a NodePort Service with %s',
  (_, ports) => {
    const make = (metadata: Service['metadata']): Service => ({ ...service({ ports }), metadata });
    it.each(serviceTypeContract({ types, make }))('keeps to the contract: $name', ({ run }) => {
      expect(run).not.toThrow();
    });
  },
);

describe('node ports', () => {
  it('are given to every port without one, from the upper part of 30000–32767', () => {
    const [first, second, third] = admit([
      { name: 'a', port: 80 },
      { name: 'b', port: 443, nodePort: 30443 },
      { name: 'c', port: 8080, nodePort: 0 },
    ]);
    expect(first).toBeGreaterThanOrEqual(30086);
    expect(second).toBe(30443);
    expect(third).toBeGreaterThanOrEqual(30086);
    expect(third).not.toBe(first);
  });

  it('are the same in every release', () => {
    expect(admit([{ port: 80 }])).toEqual([31587]);
  });

  it('come with a cluster IP and with both policies Cluster', () => {
    const [admitted] = admitServices(registry, [service({ ports: [{ port: 80 }] })]).services;
    expect(admitted?.spec).toMatchObject({
      clusterIP: expect.stringMatching(/^10\./),
      externalTrafficPolicy: 'Cluster',
      internalTrafficPolicy: 'Cluster',
    });
  });

  it('are one for TCP and UDP at one port number, a fixed one where there is one', () => {
    const [tcp, udp] = admit(dns());
    expect(udp).toBe(tcp);
    expect(admit(dns(undefined, 30053))).toEqual([30053, 30053]);
    expect(admit(dns(30053, 30053))).toEqual([30053, 30053]);
    expect(admit(dns(30053, 30054))).toEqual([30053, 30054]);
  });

  it('do not change when a port is put before the others', () => {
    const [before] = admit([{ name: 'web', port: 80 }]);
    expect(
      admit([
        { name: 'admin', port: 8080 },
        { name: 'web', port: 80 },
      ])[1],
    ).toBe(before);
  });
});

describe('a NodePort Service is refused', () => {
  it.each([
    [
      [{ port: 80, nodePort: 80 }],
      'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ],
    [
      [
        { name: 'a', port: 80, nodePort: 30080 },
        { name: 'b', port: 81, nodePort: 30080 },
      ],
      'spec.ports[1].nodePort: Duplicate value: 30080',
    ],
    [
      [
        { name: 'a', port: 80, nodePort: 30080 },
        { name: 'b', port: 81, protocol: 'UDP', nodePort: 30080 },
      ],
      'spec.ports[1].nodePort: Invalid value: 30080: provided port is already allocated',
    ],
  ] satisfies readonly (readonly [readonly ServicePort[], string])[])('for %j', (ports, error) => {
    expect(admit(ports)).toEqual([error]);
  });

  it('if it is headless', () => {
    const headless = service({ clusterIP: 'None', ports: [{ port: 80 }] });
    const [condition] = admitServices(registry, [headless]).conditions;
    expect(condition?.errors?.map(formatFieldError)).toEqual([
      'spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for NodePort services',
    ]);
  });

  it('where another one has the node port it fixes', () => {
    const ports = [{ port: 80, nodePort: 30080 }];
    const { services, conditions } = admitServices(registry, [
      service({ ports }, 'b'),
      service({ ports }, 'a'),
    ]);
    expect(services.map(({ metadata }) => metadata.name)).toEqual(['a']);
    expect(conditions.map(({ message }) => message)).toEqual([
      'Service "b" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    ]);
  });

  it('where no node port is left', () => {
    const few = createServiceTypeRegistry([clusterIP(), nodePort({ range: [30000, 30001] })]);
    const { services, conditions } = admitServices(
      few,
      ['a', 'b', 'c'].map((name) => service({ ports: [{ port: 80 }] }, name)),
    );
    expect(services.map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
    expect(conditions.map(({ message }) => message)).toEqual([
      'Service "c" is invalid: spec.ports[0].nodePort: Internal error: failed to allocate a nodePort: range is full',
    ]);
  });
});

describe('whatever NodePort Services there are', () => {
  it('no two of those admitted hold one node port or cluster IP, and order makes no difference', () => {
    const wanted = fc.option(fc.integer({ min: 29999, max: 30012 }), { nil: undefined });
    const few = createServiceTypeRegistry([
      clusterIP({ ranges: ['10.0.0.0/27'] }),
      nodePort({ range: [30000, 30011] }),
    ]);
    fc.assert(
      fc.property(
        fc.array(fc.array(wanted, { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
        (all) => {
          const services = all.map((nodePorts, index) =>
            service(
              {
                ports: nodePorts.map((value, at) => ({
                  name: `p${at}`,
                  port: 80 + at,
                  nodePort: value,
                })),
              },
              `service-${index}`,
            ),
          );
          const admission = admitServices(few, services);
          const held = admission.services.flatMap(({ spec }) => [
            spec.clusterIP,
            ...(spec.ports ?? []).map((port) => port.nodePort),
          ]);
          expect(new Set(held).size).toBe(held.length);
          expect(admission.services.length + admission.conditions.length).toBe(services.length);
          expect(admitServices(few, services.toReversed())).toEqual(admission);
        },
      ),
      { numRuns: 150 },
    );
  });
});

it('a range that is none of ports is a wiring fault', () => {
  expect(() => nodePort({ range: [32767, 30000] })).toThrow(RangeError);
});
