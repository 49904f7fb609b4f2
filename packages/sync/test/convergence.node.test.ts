import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { startSync } from '../src/index.ts';
import { startCluster } from './cluster/cluster.ts';
import type { Fault } from './cluster/fault.ts';
import { actual, expected } from './followed/followed.ts';
import { endpointSlice, ingress, ingressClass, node, service } from './objects/objects.ts';
import { eventually, QUICK } from './setup/setup.ts';
import { refOf, startTarget } from './target/target.ts';

/** A change of the cluster. */
interface Change {
  readonly kind: keyof typeof RESOURCES;
  readonly name: string;
  readonly value: number;
  readonly isDelete: boolean;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom<Change['kind'][]>(
    'Service',
    'EndpointSlice',
    'Ingress',
    'IngressClass',
    'Node',
  ),
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  value: fc.integer({ min: 1, max: 250 }),
  isDelete: fc.boolean(),
});

const RESOURCES = {
  Service: 'services',
  EndpointSlice: 'endpointslices.discovery.k8s.io',
  Ingress: 'ingresses.networking.k8s.io',
  IngressClass: 'ingressclasses.networking.k8s.io',
  Node: 'nodes',
} as const;

const streamFault = fc.record({
  after: fc.integer({ min: 0, max: 4 }),
  how: fc.constantFrom('break', 'end', 'gone', 'half', 'half-end', 'hang', 'nonsense'),
});

const clusterFault: fc.Arbitrary<Fault | undefined> = fc.option(
  fc.oneof(
    streamFault,
    fc.record({ status: fc.constantFrom(400, 401, 403, 404, 410, 422, 500, 503) }),
    fc.record({ status: fc.constant(429), retryAfter: fc.constant(0) }),
    fc.record({ slow: fc.constant(1) }),
  ),
  { nil: undefined },
);

const targetFault = fc.constantFrom('lost', 'refused', undefined, undefined, undefined);

/** What happens one after the other, with a pause in between or without. */
const story = fc.array(fc.record({ change, pause: fc.integer({ min: 0, max: 6 }) }), {
  minLength: 1,
  maxLength: 30,
});

it('whatever goes wrong on the way, in the end the control plane holds what the cluster has', async () => {
  await fc.assert(
    fc.asyncProperty(
      story,
      fc.infiniteStream(clusterFault),
      fc.infiniteStream(targetFault),
      fc.integer({ min: 1, max: 20 }),
      async (steps, clusterFaults, targetFaults, history) => {
        // A short history makes watches too old.
        const [cluster, target] = await Promise.all([startCluster({ history }), startTarget()]);
        cluster.fault = () => clusterFaults.next().value;
        target.fault = () => targetFaults.next().value;
        const sync = startSync({
          kubeconfig: cluster.kubeconfig,
          source: 'east',
          to: target.to,
          token: target.token,
          ...QUICK,
          lease: { seconds: 1 },
          timing: { ...QUICK.timing, silence: 30, pageSize: 2 },
        });
        try {
          for (const step of steps) {
            apply(cluster.store, step.change);
            if (step.pause > 0) await new Promise((resolve) => setTimeout(resolve, step.pause));
          }
          cluster.fault = () => undefined;
          target.fault = () => undefined;
          await eventually(() => expect(actual(target)).toEqual(expected(cluster.store)));
        } finally {
          await sync.close();
          await Promise.all([cluster.close(), target.close()]);
        }
      },
    ),
    { numRuns: 25, endOnFailure: true },
  );
});

type Cluster = Awaited<ReturnType<typeof startCluster>>;

function apply(store: Cluster['store'], { kind, name, value, isDelete }: Change): void {
  if (isDelete) {
    const namespace = kind === 'Node' || kind === 'IngressClass' ? '' : 'shop';
    const suffix = kind === 'EndpointSlice' ? '-abcde' : '';
    store.commit([{ delete: refOf(RESOURCES[kind], `${name}${suffix}`, namespace) }]);
    return;
  }
  const objects = {
    Service: () => service(name, { port: value }),
    EndpointSlice: () => endpointSlice(name, [`10.244.0.${value}`]),
    Ingress: () => ingress(name, `host-${value}.example`, name),
    IngressClass: () => ingressClass(name),
    Node: () => node(name, String(value)),
  };
  store.commit([{ put: objects[kind]() }]);
}
