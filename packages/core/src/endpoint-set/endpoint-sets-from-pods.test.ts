import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Labels } from '../resources/meta.ts';
import type { Node } from '../resources/node.ts';
import type { Pod, PodSpec, PodStatus } from '../resources/pod.ts';
import type { Service, ServiceSpec } from '../resources/service.ts';
import type { Endpoint } from './endpoint-set.ts';
import { endpointSetsFromPods } from './endpoint-sets-from-pods.ts';

function service(spec: ServiceSpec = {}, annotations: Record<string, string> = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop', annotations },
    spec: { ipFamilies: ['IPv4'], ports: [{ port: 80, targetPort: 8080 }], ...spec },
  };
}

const READY_CONDITIONS: PodStatus['conditions'] = [
  { type: 'Initialized', status: 'False' },
  { type: 'Ready', status: 'True' },
];
const READY: PodStatus = { phase: 'Running', podIP: '10.0.0.1', conditions: READY_CONDITIONS };

interface PodParts {
  readonly name?: string;
  readonly namespace?: string;
  readonly deletionTimestamp?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: Partial<PodSpec>;
  readonly status?: PodStatus;
}

function pod({ spec, status = READY, ...metadata }: PodParts = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-1', namespace: 'shop', ...metadata },
    spec: { containers: [], ...spec },
    status,
  };
}

function node(name: string, zone?: string): readonly [string, Node] {
  const labels: Labels = zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone };
  return [name, { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } }];
}

const nodes: ReadonlyMap<string, Node> = new Map([node('n1', 'a'), node('n2', 'b'), node('bare')]);

function endpointsOf(given: Service, pods: readonly Pod[]): readonly Endpoint[] {
  return endpointSetsFromPods(given, pods, nodes)[0]?.endpoints ?? [];
}

function conditions(isReady: boolean, isDeleted: boolean, isPublished: boolean): unknown {
  const status = { ...READY, conditions: isReady ? READY_CONDITIONS : [] };
  const parts = isDeleted ? { deletionTimestamp: '2026-01-01T00:00:00Z', status } : { status };
  return endpointsOf(service({ publishNotReadyAddresses: isPublished }), [pod(parts)])[0];
}

describe('the endpoint sets of a Service', () => {
  it('are one for each port, in the order of the ports', () => {
    const ports = [
      { name: 'http', port: 80, targetPort: 8080, appProtocol: 'kubernetes.io/h2c' },
      { name: 'dns', port: 53, protocol: 'UDP' as const },
    ];
    const sets = endpointSetsFromPods(service({ ports }), [pod()]);
    expect(sets).toEqual([
      {
        portName: 'http',
        protocol: 'TCP',
        appProtocol: 'kubernetes.io/h2c',
        endpoints: [expect.objectContaining({ port: 8080 })],
      },
      { portName: 'dns', protocol: 'UDP', endpoints: [expect.objectContaining({ port: 53 })] },
    ]);
  });

  it('are there without endpoints when no Pod is', () => {
    expect(endpointSetsFromPods(service(), [])).toEqual([
      { portName: '', protocol: 'TCP', endpoints: [] },
    ]);
  });

  it('are one without a port for a headless Service without ports', () => {
    const sets = endpointSetsFromPods(service({ clusterIP: 'None', ports: [] }), [pod()]);
    expect(sets).toEqual([
      {
        portName: '',
        protocol: 'TCP',
        endpoints: [expect.objectContaining({ address: '10.0.0.1', port: 0 })],
      },
    ]);
  });

  it('are none for any other Service without ports', () => {
    expect(endpointSetsFromPods(service({ ports: [] }), [pod()])).toEqual([]);
  });

  it('have the port of a name that each Pod resolves for itself, if it has it', () => {
    const named = (name: string, ip: string, containerPort: number): Pod =>
      pod({
        name,
        status: { ...READY, podIP: ip },
        spec: { containers: [{ name: 'c', ports: [{ name: 'http', containerPort }] }] },
      });
    const pods = [
      named('old', '10.0.0.1', 8080),
      named('new', '10.0.0.2', 9090),
      pod({ name: 'other', status: { ...READY, podIP: '10.0.0.3' } }),
    ];
    const ports = [{ port: 80, targetPort: 'http' }];
    expect(
      endpointsOf(service({ ports }), pods).map(({ address, port }) => `${address}:${port}`),
    ).toEqual(['10.0.0.1:8080', '10.0.0.2:9090']);
  });
});

describe('a Pod', () => {
  it('is an endpoint that names it, its node and its zone', () => {
    expect(endpointsOf(service(), [pod({ spec: { nodeName: 'n1' } })])).toEqual([
      {
        address: '10.0.0.1',
        addressType: 'IPv4',
        port: 8080,
        ready: true,
        serving: true,
        terminating: false,
        nodeName: 'n1',
        zone: 'a',
        target: { kind: 'Pod', namespace: 'shop', name: 'web-1' },
      },
    ]);
  });

  it.each(['Succeeded', 'Failed'] as const)('counts no more when it has %s', (phase) => {
    expect(endpointsOf(service(), [pod({ status: { ...READY, phase } })])).toEqual([]);
    expect(
      endpointsOf(service({ publishNotReadyAddresses: true }), [
        pod({ status: { ...READY, phase } }),
      ]),
    ).toEqual([]);
  });

  it.each([
    ['without an IP', {}],
    ['with an IP that is none', { podIP: 'pending' }],
  ])('does not count %s', (_, addresses) => {
    expect(endpointsOf(service(), [pod({ status: { phase: 'Pending', ...addresses } })])).toEqual(
      [],
    );
  });

  it('without a status does not count', () => {
    const { status: _, ...bare } = pod();
    expect(endpointsOf(service(), [bare])).toEqual([]);
  });

  it('has no zone when its node has none or is not known', () => {
    for (const nodeName of ['bare', 'unknown']) {
      const [endpoint] = endpointsOf(service(), [pod({ spec: { nodeName } })]);
      expect(endpoint).toMatchObject({ nodeName, ready: true });
      expect(endpoint).not.toHaveProperty('zone');
    }
  });

  it('has a hostname when its subdomain is the Service', () => {
    const spec = { hostname: 'one', subdomain: 'web' };
    expect(endpointsOf(service(), [pod({ spec })])).toMatchObject([{ hostname: 'one' }]);
  });

  it.each([
    ['has another subdomain', { spec: { hostname: 'one', subdomain: 'db' } }],
    ['has no subdomain', { spec: { hostname: 'one' } }],
    ['has no hostname of its own', { spec: { subdomain: 'web' } }],
    ['is elsewhere', { namespace: 'other', spec: { hostname: 'one', subdomain: 'web' } }],
  ])('has no hostname when it %s', (_, parts) => {
    expect(endpointsOf(service(), [pod(parts)])[0]).not.toHaveProperty('hostname');
  });
});

describe('the weight of an endpoint', () => {
  function weights(annotation?: string): readonly (number | undefined)[] {
    const annotations: Record<string, string> =
      annotation === undefined ? {} : { 'portolan.dev/weight': annotation };
    const status = { ...READY, podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] };
    const given = service({ ipFamilies: ['IPv4', 'IPv6'] });
    return endpointsOf(given, [pod({ annotations, status })]).map((endpoint) => endpoint.weight);
  }

  it('is what its Pod says, in each family', () => {
    expect(weights('250')).toEqual([250, 250]);
    expect(weights('0')).toEqual([0, 0]);
  });

  it('is none when the Pod says none, or one that is not valid', () => {
    expect(weights()).toEqual([undefined, undefined]);
    expect(weights('much')).toEqual([undefined, undefined]);
    expect(endpointsOf(service(), [pod()])[0]).not.toHaveProperty('weight');
  });
});

describe('the conditions of an endpoint', () => {
  it.each([
    // Pod ready, deleted, publishNotReadyAddresses → ready, serving, terminating
    [true, false, false, true, true, false],
    [false, false, false, false, false, false],
    [true, true, false, false, true, true],
    [false, true, false, false, false, true],
    [false, false, true, true, false, false],
    [true, true, true, true, true, true],
    [false, true, true, true, false, true],
  ])(
    'for a Pod ready: %s, deleted: %s, published though not ready: %s are ready: %s, serving: %s, terminating: %s',
    (isReady, isDeleted, isPublished, ready, serving, terminating) => {
      expect(conditions(isReady, isDeleted, isPublished)).toMatchObject({
        ready,
        serving,
        terminating,
      });
    },
  );

  it('are ready when a status written by hand says where the Pod is and nothing of its conditions', () => {
    const given = pod({ status: { podIP: '10.0.0.1' } });
    expect(endpointsOf(service(), [given])).toMatchObject([{ ready: true, serving: true }]);
    const pending = pod({ status: { podIP: '10.0.0.1', phase: 'Pending' } });
    expect(endpointsOf(service(), [pending])).toMatchObject([{ ready: false }]);
  });

  it('are not ready when the condition Ready is False or Unknown', () => {
    for (const status of ['False', 'Unknown'] as const) {
      const given = pod({ status: { ...READY, conditions: [{ type: 'Ready', status }] } });
      expect(endpointsOf(service(), [given])).toMatchObject([{ ready: false, serving: false }]);
    }
  });
});

describe('the addresses of a Pod', () => {
  const dual = pod({
    status: { ...READY, podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: '2001:DB8::0:1' }] },
  });
  const addressesFor = (spec: ServiceSpec): readonly string[] =>
    endpointsOf(service({ ipFamilies: [], ...spec }), [dual]).map(({ address }) => address);

  it('count by the families of the Service, in canonical form', () => {
    expect(addressesFor({ ipFamilies: ['IPv4'] })).toEqual(['10.0.0.1']);
    expect(addressesFor({ ipFamilies: ['IPv6'] })).toEqual(['2001:db8::1']);
    expect(addressesFor({ ipFamilies: ['IPv6', 'IPv4'] })).toEqual(['10.0.0.1', '2001:db8::1']);
  });

  it('count by the cluster IP of a Service without families', () => {
    expect(addressesFor({ clusterIP: '10.96.0.1' })).toEqual(['10.0.0.1']);
    expect(addressesFor({ clusterIP: 'fd00::1' })).toEqual(['2001:db8::1']);
  });

  it('count all when the Service has neither', () => {
    expect(addressesFor({})).toEqual(['10.0.0.1', '2001:db8::1']);
    expect(addressesFor({ clusterIP: 'None' })).toEqual(['10.0.0.1', '2001:db8::1']);
  });

  it('are its podIPs, or else its podIP', () => {
    const single = pod({ status: { ...READY, podIP: '10.0.0.9', podIPs: [] } });
    expect(endpointsOf(service(), [single])).toMatchObject([{ address: '10.0.0.9' }]);
    const differing = pod({
      status: { ...READY, podIP: '10.0.0.9', podIPs: [{ ip: '10.0.0.8' }] },
    });
    expect(endpointsOf(service(), [differing])).toMatchObject([{ address: '10.0.0.8' }]);
  });

  it('are IPv4 when they are IPv4-mapped', () => {
    const mapped = pod({ status: { ...READY, podIP: '::ffff:10.0.0.7' } });
    expect(endpointsOf(service(), [mapped])).toMatchObject([
      { address: '10.0.0.7', addressType: 'IPv4' },
    ]);
  });
});

describe('the hints of an endpoint', () => {
  const onNode = pod({ spec: { nodeName: 'n1' } });
  const hintsFor = (spec: ServiceSpec, given: Pod = onNode): Endpoint['hints'] =>
    endpointsOf(service(spec), [given])[0]?.hints;

  it('are none without trafficDistribution', () => {
    expect(hintsFor({})).toBeUndefined();
  });

  it.each(['PreferClose', 'PreferSameZone'] as const)('with %s are its zone', (distribution) => {
    expect(hintsFor({ trafficDistribution: distribution })).toEqual({ forZones: ['a'] });
  });

  it('with PreferSameNode are its node, and its zone to fall back to', () => {
    expect(hintsFor({ trafficDistribution: 'PreferSameNode' })).toEqual({
      forZones: ['a'],
      forNodes: ['n1'],
    });
  });

  it('leave out a zone or a node that is not known', () => {
    const bare = pod({ spec: { nodeName: 'bare' } });
    expect(hintsFor({ trafficDistribution: 'PreferSameNode' }, bare)).toEqual({
      forNodes: ['bare'],
    });
    expect(hintsFor({ trafficDistribution: 'PreferSameZone' }, bare)).toBeUndefined();
    expect(hintsFor({ trafficDistribution: 'PreferSameNode' }, pod())).toBeUndefined();
  });

  it('are none for an endpoint that is not ready', () => {
    const unready = pod({ spec: { nodeName: 'n1' }, status: { ...READY, conditions: [] } });
    expect(hintsFor({ trafficDistribution: 'PreferSameZone' }, unready)).toBeUndefined();
  });

  it.each([
    [{ 'service.kubernetes.io/topology-mode': 'Auto' }, false],
    [{ 'service.kubernetes.io/topology-aware-hints': 'auto' }, false],
    [{ 'service.kubernetes.io/topology-mode': 'Disabled' }, true],
    [
      {
        'service.kubernetes.io/topology-mode': 'Auto',
        'service.kubernetes.io/topology-aware-hints': 'Disabled',
      },
      true,
    ],
  ])('with the annotations %j are given: %s', (annotations, isGiven) => {
    const given = service({ trafficDistribution: 'PreferSameZone' }, annotations);
    const [endpoint] = endpointsOf(given, [onNode]);
    expect(endpoint?.hints).toEqual(isGiven ? { forZones: ['a'] } : undefined);
  });
});

describe('the order of the Pods', () => {
  it('does not matter, even when they share an address', () => {
    const anyPod = fc
      .record({
        name: fc.constantFrom('a', 'b', 'c', 'd'),
        podIP: fc.constantFrom('10.0.0.9', '10.0.0.10', '10.0.0.11'),
        isReady: fc.boolean(),
        isDeleted: fc.boolean(),
        nodeName: fc.constantFrom('n1', 'n2'),
      })
      .map(({ name, podIP, isReady, isDeleted, nodeName }) =>
        pod({
          name,
          ...(isDeleted && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
          spec: { nodeName },
          status: { ...READY, podIP, conditions: isReady ? READY_CONDITIONS : [] },
        }),
      );
    const shuffled = fc
      .array(anyPod, { maxLength: 6 })
      .chain((pods) =>
        fc.tuple(fc.constant(pods), fc.shuffledSubarray(pods, { minLength: pods.length })),
      );
    fc.assert(
      fc.property(shuffled, ([pods, reordered]) => {
        const given = service({ trafficDistribution: 'PreferSameNode' });
        expect(endpointSetsFromPods(given, reordered, nodes)).toEqual(
          endpointSetsFromPods(given, pods, nodes),
        );
      }),
    );
  });
});
