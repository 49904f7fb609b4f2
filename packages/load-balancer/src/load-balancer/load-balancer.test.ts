import { clusterIP } from '@portolan/cluster-ip';
import {
  admitServices,
  createServiceTypeRegistry,
  EVERY_NODE,
  formatFieldError,
} from '@portolan/core';
import type { LoadBalancerIngress, Service, ServiceSpec } from '@portolan/core';
import { serviceTypeContract } from '@portolan/core/service-type-contract';
import { nodePort } from '@portolan/node-port';
import { describe, expect, it } from 'vitest';

import { loadBalancer } from './load-balancer.ts';

const types = [clusterIP(), nodePort(), loadBalancer()];
const registry = createServiceTypeRegistry(types);
const ports = [{ port: 80 }];
const annotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

function service(
  spec: ServiceSpec,
  ingress: readonly LoadBalancerIngress[] = [],
  annotations: Readonly<Record<string, string>> = {},
): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'shop', name: 'web', annotations },
    spec: { type: 'LoadBalancer', ports, ...spec },
    status: { loadBalancer: { ingress } },
  };
}

function specOf(given: Service): ServiceSpec | undefined {
  return admitServices(registry, [given]).services[0]?.spec;
}

function errorsOf(given: Service): readonly string[] {
  const { conditions } = admitServices(registry, [given]);
  return (conditions[0]?.errors ?? []).map(formatFieldError);
}

/** Where clients may knock outside, the node ports left out. */
function balanced(given: Service): readonly ReturnType<typeof registry.frontends>[number][] {
  return admitServices(registry, [given])
    .services.flatMap((each) =>
      registry.frontends(each, { nodes: [], clusterDomain: 'cluster.local' }),
    )
    .filter(({ entrance, host }) => entrance === 'external' && host !== EVERY_NODE);
}

describe.each([
  ['', {}],
  [' without node ports', { allocateLoadBalancerNodePorts: false }],
  [' with a health check', { externalTrafficPolicy: 'Local' }],
  [' for certain clients', { loadBalancerSourceRanges: ['203.0.113.0/24'] }],
] satisfies readonly (readonly [string, ServiceSpec])[])('a LoadBalancer Service%s', (_, spec) => {
  const given = [{ ip: '198.51.100.1' }, { hostname: 'LB.example.com' }];
  const make = (metadata: Service['metadata']): Service => ({ ...service(spec, given), metadata });
  it.each(serviceTypeContract({ types, make }))('keeps to the contract: $name', ({ run }) => {
    expect(run).not.toThrow();
  });
});

describe('a LoadBalancer Service', () => {
  it('has a cluster IP and node ports as a NodePort Service, and no health check by default', () => {
    const spec = specOf(service({}));
    expect(spec).toMatchObject({
      clusterIP: expect.stringMatching(/^10\./),
      externalTrafficPolicy: 'Cluster',
      allocateLoadBalancerNodePorts: true,
    });
    expect(spec?.ports?.[0]?.nodePort).toBeGreaterThanOrEqual(30086);
    expect(spec).not.toHaveProperty('healthCheckNodePort');
  });

  it('has those node ports alone that it fixes, where it wants none allocated', () => {
    const spec = specOf(
      service({
        allocateLoadBalancerNodePorts: false,
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 81, nodePort: 30081 },
        ],
      }),
    );
    expect(spec?.ports?.map((port) => port.nodePort)).toEqual([undefined, 30081]);
  });

  it('has a node port for health checks where only local endpoints answer', () => {
    const automatic = specOf(service({ externalTrafficPolicy: 'Local' }));
    expect(automatic?.healthCheckNodePort).toBeGreaterThanOrEqual(30086);
    expect(automatic?.healthCheckNodePort).not.toBe(automatic?.ports?.[0]?.nodePort);
    const fixed = { externalTrafficPolicy: 'Local', healthCheckNodePort: 30500 } as const;
    expect(specOf(service(fixed))?.healthCheckNodePort).toBe(30500);
  });

  it('has that port even where it wants no other allocated', () => {
    const spec = specOf(
      service({ externalTrafficPolicy: 'Local', allocateLoadBalancerNodePorts: false }),
    );
    expect(spec?.healthCheckNodePort).toBeGreaterThanOrEqual(30086);
    expect(spec?.ports?.[0]).not.toHaveProperty('nodePort');
  });

  it('says of an IP that the provider gave how packets arrive: VIP by default', () => {
    const ingress: readonly LoadBalancerIngress[] = [
      { ip: '198.51.100.1' },
      { ip: '198.51.100.2', ipMode: 'Proxy' },
      { hostname: 'lb.example.com' },
    ];
    const [admitted] = admitServices(registry, [service({}, ingress)]).services;
    expect(admitted?.status?.loadBalancer?.ingress).toEqual([
      { ip: '198.51.100.1', ipMode: 'VIP' },
      { ip: '198.51.100.2', ipMode: 'Proxy' },
      { hostname: 'lb.example.com' },
    ]);
  });
});

describe('clients of a LoadBalancer Service knock', () => {
  it('at the addresses and names that the provider gave, in canonical form, at each port', () => {
    const ingress = [{ ip: '2001:DB8::0:7' }, { hostname: 'LB.Example.com.', ip: '198.51.100.1' }];
    const spec: ServiceSpec = {
      ports: [
        { name: 'http', port: 80 },
        { name: 'dns', port: 53, protocol: 'UDP' },
      ],
    };
    expect(
      balanced(service(spec, ingress)).map(
        ({ host, port, protocol, portName, anyNode }) =>
          `${protocol} ${host} ${port} ${portName} ${anyNode}`,
      ),
    ).toEqual(
      ['2001:db8::7', '198.51.100.1', 'lb.example.com'].flatMap((host) => [
        `TCP ${host} 80 http true`,
        `UDP ${host} 53 dns true`,
      ]),
    );
  });

  it('nowhere, as long as no provider gave an address, whatever the manifest wishes for', () => {
    const wishes = { loadBalancerIP: '198.51.100.9', loadBalancerClass: 'example.com/lb' };
    expect(balanced(service(wishes))).toEqual([]);
    const { status: _, ...withoutStatus } = service(wishes);
    expect(balanced(withoutStatus)).toEqual([]);
  });

  it('at no address that is none', () => {
    const odd = [{ ip: 'pending' }, { hostname: 'not a name' }, { hostname: '10.0.0.1' }, {}];
    expect(balanced(service({}, odd))).toEqual([]);
  });

  it('at no port for which the provider reports an error', () => {
    const given = {
      ports: [
        { name: 'a', port: 80 },
        { name: 'b', port: 81 },
      ],
    };
    const reported = [
      { port: 80, protocol: 'TCP', error: 'example.com/PortInUse' },
      { port: 81, protocol: 'TCP' },
      { port: 81, protocol: 'UDP', error: 'example.com/PortInUse' },
    ] as const;
    const found = balanced(service(given, [{ ip: '198.51.100.1', ports: reported }]));
    expect(found.map(({ port }) => port)).toEqual([81]);
  });

  it('under the external traffic policy, and only from the source ranges', () => {
    const ingress = [{ ip: '198.51.100.1' }];
    expect(balanced(service({}, ingress))[0]).not.toHaveProperty('sourceRanges');
    const loadBalancerSourceRanges = [' 203.0.113.0/24 ', '2001:db8::/32'];
    expect(
      balanced(service({ externalTrafficPolicy: 'Local', loadBalancerSourceRanges }, ingress))[0],
    ).toMatchObject({
      trafficPolicy: 'Local',
      sourceRanges: ['203.0.113.0/24', '2001:db8::/32'],
    });
  });

  it('from those of the annotation, where the field is empty', () => {
    const ingress = [{ ip: '198.51.100.1' }];
    const ranges = (spec: ServiceSpec, value: string): unknown =>
      balanced(service(spec, ingress, { [annotation]: value }))[0]?.sourceRanges;
    expect(ranges({}, ' 203.0.113.0/24, 10.0.0.0/8 ')).toEqual(['203.0.113.0/24', '10.0.0.0/8']);
    expect(ranges({}, ' ')).toBeUndefined();
    expect(ranges({ loadBalancerSourceRanges: ['192.0.2.0/24'] }, 'web')).toEqual(['192.0.2.0/24']);
  });
});

describe('a LoadBalancer Service is refused', () => {
  it.each([
    [
      { clusterIP: 'None' },
      'spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for LoadBalancer services',
    ],
    [
      { ports: [{ port: 10250 }] },
      'spec.ports[0]: Invalid value: 10250: may not expose port 10250 externally since it is used by kubelet',
    ],
    [
      { loadBalancerSourceRanges: ['10.0.0.0/8', '10.0.0.0'] },
      'spec.LoadBalancerSourceRanges[1]: Invalid value: "10.0.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    ],
    [
      { healthCheckNodePort: 30500 },
      "spec.healthCheckNodePort: Invalid value: 30500: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ],
    [
      { externalTrafficPolicy: 'Local', healthCheckNodePort: 80 },
      'spec.healthCheckNodePort: Internal error: failed to allocate requested HealthCheck NodePort 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ],
    [
      {
        externalTrafficPolicy: 'Local',
        healthCheckNodePort: 30080,
        ports: [{ port: 80, nodePort: 30080 }],
      },
      'spec.healthCheckNodePort: Internal error: failed to allocate requested HealthCheck NodePort 30080: provided port is already allocated',
    ],
  ] satisfies readonly (readonly [ServiceSpec, string])[])('for %j', (spec, error) => {
    expect(errorsOf(service(spec))).toEqual([error]);
  });

  it('for a class that is no qualified name', () => {
    expect(errorsOf(service({ loadBalancerClass: 'not a name' }))).toEqual([
      expect.stringMatching(
        /^spec\.loadBalancerClass: Invalid value: "not a name": name part must /,
      ),
    ]);
  });

  it('for an annotation with what is no CIDR', () => {
    expect(errorsOf(service({}, [], { [annotation]: '10.0.0.0/8,web' }))).toEqual([
      `metadata.annotations[${annotation}]: Invalid value: "web": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)`,
    ]);
  });
});

describe('a Service of another type is refused', () => {
  it.each([
    [
      { loadBalancerSourceRanges: ['10.0.0.0/8'] },
      "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
    ],
    [
      { allocateLoadBalancerNodePorts: true },
      "spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'",
    ],
    [
      { loadBalancerClass: 'example.com/lb' },
      "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'",
    ],
    [
      { externalTrafficPolicy: 'Local', healthCheckNodePort: 30500 },
      "spec.healthCheckNodePort: Invalid value: 30500: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ],
  ] satisfies readonly (readonly [ServiceSpec, string])[])('for %j', (spec, error) => {
    expect(errorsOf(service({ type: 'NodePort', ...spec }))).toEqual([error]);
  });

  it('for the annotation, even an empty one', () => {
    expect(errorsOf(service({ type: 'ClusterIP' }, [], { [annotation]: '' }))).toEqual([
      `metadata.annotations[${annotation}]: Forbidden: may only be used when \`type\` is 'LoadBalancer'`,
    ]);
  });

  it('but not for fields that mean nothing to it, or a status', () => {
    const harmless = { type: 'ClusterIP', loadBalancerIP: '198.51.100.9', healthCheckNodePort: 0 };
    expect(errorsOf(service(harmless, [{ ip: '198.51.100.1' }]))).toEqual([]);
    expect(balanced(service(harmless, [{ ip: '198.51.100.1' }]))).toEqual([]);
  });
});
