import { compileWithStandIns, type CompiledWithStandIns } from '@portolan/compile';
import * as fc from 'fast-check';

/** An object as a manifest has it. */
export type Manifest = Readonly<Record<string, unknown>>;

/** Two sets of manifests, of which the second is an edit of the first. */
export interface Pair {
  readonly before: readonly Manifest[];
  readonly after: readonly Manifest[];
}

const EXTERNAL_NAMES = ['api.example.org'];

export function compiled(manifests: readonly Manifest[]): CompiledWithStandIns {
  const sources = manifests.map((manifest, index) => ({
    name: `${index}.json`,
    text: JSON.stringify(manifest),
  }));
  return compileWithStandIns(sources, { externalNames: EXTERNAL_NAMES });
}

/** Each object may stay as it is, be changed, come or go; most stay. */
function pairsOf(objects: readonly fc.Arbitrary<Manifest>[], most: number): fc.Arbitrary<Pair> {
  const slots = objects.map((object) =>
    fc
      .tuple(
        object,
        object,
        fc.oneof(
          { weight: most, arbitrary: fc.constant('same') },
          { weight: 2, arbitrary: fc.constant('changed') },
          { weight: 1, arbitrary: fc.constantFrom('came', 'went', 'never') },
        ),
      )
      .map(([first, second, fate]) => ({
        before: fate === 'came' || fate === 'never' ? [] : [first],
        after: fate === 'went' || fate === 'never' ? [] : [fate === 'changed' ? second : first],
      })),
  );
  return fc.tuple(...slots).map((all) => ({
    before: all.flatMap(({ before }) => before),
    after: all.flatMap(({ after }) => after),
  }));
}

function maybe<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.option(value, { nil: undefined });
}

export const PATHS = ['/', '/a', '/a/', '/a/b', '/a/b/', '/ab', '/%61', '/b'];
const EXPRESSIONS = ['/a.*', '/[ab]', '/a/b|/b', '/(a/)*b', '/.*b'];
const HOSTS = ['a.com', 'b.a.com', '*.a.com', 'node.one', 'lb.com', undefined];

const backend = fc.record({
  service: fc.record({
    name: fc.constantFrom('one', 'two', 'three', 'gone'),
    port: fc.constantFrom({ number: 80 }, { number: 80 }, { name: 'http' }, { number: 81 }),
  }),
});

const path = fc.oneof(
  fc.record({
    path: fc.constantFrom(...PATHS),
    pathType: fc.constantFrom('Exact', 'Prefix'),
    backend,
  }),
  fc.record({
    path: fc.constantFrom(...EXPRESSIONS),
    pathType: fc.constant('ImplementationSpecific'),
    backend,
  }),
);

function ingress(name: string): fc.Arbitrary<Manifest> {
  return fc
    .record({
      created: maybe(fc.constantFrom('2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z')),
      expressions: fc.boolean(),
      defaultBackend: maybe(backend),
      rules: fc.array(
        fc.record({
          host: fc.constantFrom(...HOSTS),
          http: fc.record({ paths: fc.array(path, { minLength: 1, maxLength: 3 }) }),
        }),
        { maxLength: 2 },
      ),
    })
    .map(({ created, expressions, defaultBackend, rules }) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name,
        namespace: 'default',
        creationTimestamp: created,
        annotations: expressions
          ? { 'portolan.dev/implementation-specific': 'RegularExpression' }
          : {},
      },
      spec: {
        ...(rules.length === 0 && !defaultBackend
          ? { defaultBackend: { service: { name: 'one', port: { number: 80 } } } }
          : { defaultBackend }),
        rules,
      },
    }));
}

const port = fc.record({
  name: fc.constantFrom('http', 'web'),
  port: fc.constantFrom(80, 80, 81),
  targetPort: fc.constantFrom(8080, 'http', 'other'),
  appProtocol: fc.constantFrom(undefined, undefined, 'http', 'https'),
});

/** Services ask for some addresses that others ask for too. */
function service(name: string, index: number): fc.Arbitrary<Manifest> {
  const internal = fc.record({
    ports: fc.uniqueArray(port, {
      minLength: 1,
      maxLength: 2,
      comparator: (a, b) => a.name === b.name || a.port === b.port,
    }),
    selector: maybe(fc.constantFrom({ app: 'web' }, { app: 'shop' }, { tier: 'all' })),
    sessionAffinity: fc.constantFrom('None', 'None', 'ClientIP'),
    trafficDistribution: fc.constantFrom(undefined, undefined, 'PreferClose', 'PreferSameNode'),
    publishNotReadyAddresses: fc.boolean(),
    ipFamilyPolicy: fc.constantFrom(undefined, undefined, 'PreferDualStack'),
    clusterIP: fc.constantFrom(undefined, undefined, `10.99.0.${index}`),
    internalTrafficPolicy: fc.constantFrom('Cluster', 'Cluster', 'Local'),
  });
  const external = fc.record({
    externalTrafficPolicy: fc.constantFrom('Cluster', 'Local'),
    externalIPs: fc.constantFrom(undefined, undefined, ['192.0.2.1'], ['192.0.2.2']),
  });
  const balanced = fc.record({
    loadBalancerSourceRanges: fc.constantFrom(
      undefined,
      ['10.0.0.0/8'],
      ['10.1.0.0/16', '2001:db8::/32'],
      ['10.0.0.0/8', '198.51.100.0/24'],
    ),
    allocateLoadBalancerNodePorts: fc.constantFrom(undefined, false),
  });
  const addresses = fc.subarray([
    { ip: '192.0.2.1' },
    { ip: '192.0.2.3' },
    { hostname: 'lb.com' },
    { hostname: 'a.com' },
  ]);
  const spec = fc.oneof(
    fc.tuple(internal, fc.constantFrom({}, { clusterIP: 'None' })),
    fc.tuple(internal, external, fc.constant({ type: 'NodePort' })),
    fc.tuple(internal, external, balanced, fc.constant({ type: 'LoadBalancer' })),
    fc.tuple(
      fc.record({ ports: fc.constantFrom([], [{ name: 'http', port: 80 }]) }),
      fc.record({
        type: fc.constant('ExternalName'),
        externalName: fc.constantFrom(...EXTERNAL_NAMES, 'other.example.org'),
      }),
    ),
  );
  const nodePort = maybe(fc.constantFrom(30080, 30080 + index));
  return fc.tuple(spec, addresses, nodePort).map(([parts, addressed, fixed]) => {
    const merged: Readonly<Record<string, unknown>> = Object.assign({}, ...parts);
    const { type } = merged;
    const isOpen = type === 'NodePort' || type === 'LoadBalancer';
    return {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'default' },
      spec: { ...merged, ...(isOpen && fixed !== undefined && withNodePort(merged, fixed)) },
      ...(type === 'LoadBalancer' && { status: { loadBalancer: { ingress: addressed } } }),
    };
  });
}

function withNodePort(
  { ports }: Readonly<Record<string, unknown>>,
  nodePort: number,
): Readonly<Record<string, unknown>> {
  const [first, ...others] = Array.isArray(ports) ? ports : [];
  return { ports: [{ ...first, nodePort }, ...others] };
}

const labels = fc.constantFrom(
  { app: 'web', tier: 'all' },
  { app: 'shop', tier: 'all' },
  { app: 'web' },
);

const containers = fc
  .tuple(
    fc.constantFrom([], [{ name: 'http', containerPort: 8080 }]),
    fc.constantFrom([], [{ name: 'other', containerPort: 9090 }]),
    fc.constantFrom('v1', 'v2'),
  )
  .map(([first, second, image]) => [{ name: 'c', image, ports: [...first, ...second] }]);

function workload(name: string, kind: string): fc.Arbitrary<Manifest> {
  return fc
    .record({ labels, containers, replicas: fc.integer({ min: 0, max: 3 }) })
    .map((given) => ({
      apiVersion: 'apps/v1',
      kind,
      metadata: { name, namespace: 'default' },
      spec: {
        ...(kind === 'DaemonSet' ? {} : { replicas: given.replicas }),
        selector: { matchLabels: given.labels },
        template: {
          metadata: { labels: given.labels },
          spec: { containers: given.containers },
        },
      },
    }));
}

function pod(name: string, index: number): fc.Arbitrary<Manifest> {
  return fc
    .record({
      labels,
      containers,
      nodeName: maybe(fc.constantFrom('n1', 'n2')),
      podIP: maybe(fc.constantFrom(`10.244.0.${index}`, `10.244.1.${index}`)),
      ready: maybe(fc.constantFrom('True', 'False')),
      isTerminating: fc.constantFrom(false, false, true),
    })
    .map(({ nodeName, podIP, ready, isTerminating, ...given }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: 'default',
        labels: given.labels,
        ...(isTerminating && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
      },
      spec: { containers: given.containers, nodeName },
      status: { podIP, ...(ready && { conditions: [{ type: 'Ready', status: ready }] }) },
    }));
}

function node(name: string, address: string): fc.Arbitrary<Manifest> {
  return fc
    .record({
      zone: maybe(fc.constantFrom('z1', 'z2')),
      addresses: fc.subarray([
        { type: 'InternalIP', address },
        { type: 'InternalIP', address: `fd00::${name.slice(1)}` },
        { type: 'Hostname', address: 'node.one' },
      ]),
    })
    .map(({ zone, addresses }) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: zone ? { 'topology.kubernetes.io/zone': zone } : {} },
      status: { addresses },
    }));
}

function slice(name: string): fc.Arbitrary<Manifest> {
  const endpoint = fc.record({
    addresses: fc.constantFrom(['10.244.9.1'], ['10.244.9.2']),
    conditions: fc.constantFrom({}, { ready: false }, { ready: false, terminating: true }),
    nodeName: maybe(fc.constantFrom('n1', 'n2')),
    hints: fc.constantFrom(
      undefined,
      { forZones: [{ name: 'z1' }] },
      { forNodes: [{ name: 'n1' }] },
    ),
  });
  return fc
    .record({
      of: fc.constantFrom('one', 'two'),
      endpoints: fc.array(endpoint, { maxLength: 2 }),
      isNamed: fc.boolean(),
    })
    .map(({ of, endpoints, isNamed }) => ({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name, namespace: 'default', labels: { 'kubernetes.io/service-name': of } },
      addressType: isNamed ? 'FQDN' : 'IPv4',
      endpoints: isNamed
        ? endpoints.map((each) => ({ ...each, addresses: [EXTERNAL_NAMES[0]] }))
        : endpoints,
      ports: [{ name: 'http', port: 7070 }],
    }));
}

/** Small clusters in which much meets: hosts and paths, addresses and node ports, labels, nodes and zones. */
export const manifestPairs: fc.Arbitrary<Pair> = pairsOf(
  [
    node('n1', '192.0.2.11'),
    node('n2', '192.0.2.12'),
    ...['one', 'two', 'three'].map(service),
    workload('web', 'Deployment'),
    workload('shop', 'StatefulSet'),
    workload('agent', 'DaemonSet'),
    pod('alone', 1),
    pod('other', 2),
    slice('slice'),
    ...['first', 'second', 'third'].map(ingress),
  ],
  12,
);
