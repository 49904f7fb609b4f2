import type { Labels, ObjectMeta, Resource, Service } from '@portolan/core';
import * as fc from 'fast-check';

import type { ResourceChange } from '../src/index.ts';
import { ingressFor, node, pod, ready, rule, service, slice } from './shop.ts';

/** Objects of all kinds, few names and many states, so that they come to do with one another. */
const name = fc.constantFrom('cart', 'mail', 'old');
const namespace = fc.constantFrom('shop', 'bank');
const labels = fc.constantFrom<Labels>(
  {},
  { app: 'cart' },
  { app: 'mail' },
  { app: 'cart', tier: 'x' },
);
const address = fc.integer({ min: 1, max: 6 }).map((last) => `10.0.0.${last}`);

function maybe<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}

/** Whether a key is there or `undefined` is one and the same. */
function withMetadata<Object extends Resource>(
  object: Object,
  metadata: Partial<ObjectMeta>,
): Object {
  const given = Object.entries(metadata).filter(([, value]) => value !== undefined);
  return { ...object, metadata: { ...object.metadata, ...Object.fromEntries(given) } };
}

const metadata = fc.record({
  namespace,
  resourceVersion: maybe(fc.constantFrom('1', '2')),
  creationTimestamp: maybe(fc.constantFrom('2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z')),
});

const services = fc
  .record({
    name,
    metadata,
    annotations: maybe(
      fc.constantFrom<Labels>({ 'portolan.dev/retries': '1' }, { 'portolan.dev/retries': 'many' }),
    ),
    spec: fc.constantFrom<Service['spec']>(
      {},
      {},
      { selector: { app: 'cart' } },
      { selector: { app: 'cart', tier: 'x' } },
      { selector: {} },
      { type: 'NodePort' },
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30_080 }] },
      { type: 'LoadBalancer', sessionAffinity: 'ClientIP' },
      { type: 'ExternalName', externalName: 'old.example', selector: {} },
      { type: 'Odd' },
      { clusterIP: 'None', ports: [] },
      { trafficDistribution: 'PreferClose' },
    ),
    status: fc.constantFrom({}, { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } }),
  })
  .map((drawn) =>
    withMetadata(service(drawn.name, drawn.spec, { status: drawn.status }), {
      ...drawn.metadata,
      annotations: drawn.annotations,
    }),
  );

const pods = fc
  .record({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    metadata,
    labels,
    annotations: maybe(
      fc.constantFrom<Labels>({ 'portolan.dev/weight': '3' }, { 'portolan.dev/weight': 'heavy' }),
    ),
    deletionTimestamp: maybe(fc.constant('2025-01-01T00:00:00Z')),
    nodeName: maybe(fc.constantFrom('n1', 'n2')),
    status: fc.record({ address, isReady: fc.constantFrom('True' as const, 'False' as const) }),
    hostname: maybe(fc.constant('first')),
  })
  .map(({ status, nodeName, hostname, ...drawn }) => ({
    ...withMetadata(
      pod(drawn.name, '', '', {
        ...(nodeName !== undefined && { nodeName }),
        ...(hostname !== undefined && { hostname, subdomain: 'cart' }),
      }),
      {
        ...drawn.metadata,
        labels: drawn.labels,
        annotations: drawn.annotations,
        deletionTimestamp: drawn.deletionTimestamp,
      },
    ),
    status: ready(status.address, status.isReady),
  }));

const slices = fc
  .record({
    name,
    addresses: fc.array(address, { maxLength: 3 }),
    metadata,
    of: maybe(name),
    managedBy: maybe(
      fc.constantFrom(
        'endpointslice-controller.k8s.io',
        'endpointslicemirroring-controller.k8s.io',
      ),
    ),
  })
  .map((drawn) =>
    withMetadata(slice(drawn.name, drawn.addresses), {
      ...drawn.metadata,
      labels: {
        ...(drawn.of !== undefined && { 'kubernetes.io/service-name': drawn.of }),
        ...(drawn.managedBy !== undefined && {
          'endpointslice.kubernetes.io/managed-by': drawn.managedBy,
        }),
      },
    }),
  );

const endpoints = fc
  .record({ name, metadata, addresses: fc.array(address, { maxLength: 2 }) })
  .map((drawn): Resource =>
    withMetadata(
      {
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata: { name: drawn.name },
        subsets: [{ addresses: drawn.addresses.map((ip) => ({ ip })), ports: [{ port: 8080 }] }],
      },
      drawn.metadata,
    ),
  );

const ingresses = fc
  .record({
    name,
    metadata,
    to: fc.constantFrom('cart', 'mail', 'nobody'),
    port: fc.constantFrom(80, 81),
    annotations: maybe(
      fc.constantFrom<Labels>({ 'portolan.dev/retries': '0' }, { 'portolan.dev/retires': '0' }),
    ),
    ingressClassName: maybe(fc.constantFrom('ours', 'theirs')),
  })
  .map(({ ingressClassName, ...drawn }) => {
    const made = ingressFor(
      drawn.name,
      rule('shop.example', `/${drawn.name}`, drawn.to, drawn.port),
    );
    return withMetadata(
      {
        ...made,
        spec: { ...made.spec, ...(ingressClassName !== undefined && { ingressClassName }) },
      },
      { ...drawn.metadata, annotations: drawn.annotations },
    );
  });

const nodes = fc
  .record({
    name: fc.constantFrom('n1', 'n2'),
    zone: fc.constantFrom('east', 'west'),
    address: fc.constantFrom('192.0.2.1', '192.0.2.2', '10'),
    resourceVersion: fc.constantFrom('1', '2'),
    ready: fc.constantFrom('True' as const, 'False' as const),
  })
  .map((drawn) => {
    const made = node(drawn.name, drawn.zone, drawn.address);
    const conditions = [{ type: 'Ready', status: drawn.ready }];
    return withMetadata(
      { ...made, status: { ...made.status, conditions } },
      { resourceVersion: drawn.resourceVersion },
    );
  });

const others = fc.oneof(
  fc
    .constantFrom('ingress.portolan.dev/portolan', 'example.com/other')
    .map((controller): Resource => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'ours' },
      spec: { controller },
    })),
  fc.constantFrom('1', 'heavy').map((weight): Resource => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'cart', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'cart' } },
      template: {
        metadata: { labels: { app: 'cart' }, annotations: { 'portolan.dev/weight': weight } },
        spec: { containers: [] },
      },
    },
  })),
  fc.integer({ min: 1, max: 3 }).map((seconds): Resource => ({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'a', namespace: 'shop' },
    spec: { renewTime: `2025-01-01T00:00:0${seconds}.000000Z` },
  })),
);

const resource: fc.Arbitrary<Resource> = fc.oneof(
  { weight: 4, arbitrary: services },
  { weight: 8, arbitrary: pods },
  { weight: 3, arbitrary: slices },
  { weight: 2, arbitrary: endpoints },
  { weight: 2, arbitrary: ingresses },
  { weight: 2, arbitrary: nodes },
  { weight: 1, arbitrary: others },
);

const change: fc.Arbitrary<ResourceChange> = fc.oneof(
  { weight: 3, arbitrary: resource.map((put) => ({ put })) },
  {
    weight: 1,
    arbitrary: resource.map(({ kind, metadata: { namespace: of, name: named } }) => ({
      delete: { kind, name: named, ...(of !== undefined && { namespace: of }) },
    })),
  },
);

/** So many Services that there are more shards with them than without. */
const crowd: fc.Arbitrary<readonly ResourceChange[]> = fc
  .record({ count: fc.integer({ min: 25, max: 70 }), comes: fc.boolean() })
  .map(({ count, comes }) =>
    Array.from({ length: count }, (_, index) => {
      const put = service(`one-of-many-${index}`, {});
      return comes ? { put } : { delete: { ...put.metadata, kind: 'Service' } };
    }),
  );

/** What is applied one after the other. */
export const batches: fc.Arbitrary<readonly (readonly ResourceChange[])[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.array(change, { minLength: 1, maxLength: 4 }) },
    { weight: 1, arbitrary: crowd },
  ),
  { minLength: 1, maxLength: 25, size: 'max' },
);

/** The objects that there are after some changes. */
export class Objects {
  readonly #byName = new Map<string, Resource>();

  apply(changes: readonly ResourceChange[]): void {
    for (const each of changes) {
      if ('put' in each) this.#byName.set(this.#key(each.put.kind, each.put.metadata), each.put);
      else this.#byName.delete(this.#key(each.delete.kind, each.delete));
    }
  }

  all(): readonly Resource[] {
    return [...this.#byName.values()];
  }

  #key(kind: string, { namespace: of, name: named }: { namespace?: string; name: string }): string {
    return `${kind} ${of} ${named}`;
  }
}
