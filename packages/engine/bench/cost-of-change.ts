/**
 * What a change costs: one Pod's, one Service's, and all objects anew. Once with ever more Services for as many endpoints in
 * all, and once with ever more Services of as many endpoints each.
 *
 *     node --expose-gc packages/engine/bench/cost-of-change.ts
 */
import { clusterIP } from '@portolan/cluster-ip';
import type { Ingress, Pod, Resource, Service } from '@portolan/core';
import { ingress } from '@portolan/ingress';
import { loadBalancer } from '@portolan/load-balancer';
import { nodePort } from '@portolan/node-port';

import { applyDelta, createEngine, diffSnapshots, type ResourceChange } from '../src/index.ts';

/** Services, and endpoints in all. */
const SIZES = [
  [100, 100_000],
  [1000, 100_000],
  [10_000, 100_000],
  [1000, 10_000],
  [100, 1000],
] as const;

const engine = createEngine({
  serviceTypes: [clusterIP(), nodePort(), loadBalancer()],
  routeProviders: [ingress()],
});

function service(index: number): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `service-${index}`, namespace: `team-${index % 50}` },
    spec: { selector: { app: `app-${index}` }, ports: [{ port: 80, targetPort: 8080 }] },
  };
}

function rule(index: number): Ingress {
  const backend = { service: { name: `service-${index}`, port: { number: 80 } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: `web-${index}`, namespace: `team-${index % 50}` },
    spec: {
      rules: [
        {
          host: `app-${index}.example`,
          http: { paths: [{ path: '/', pathType: 'Prefix', backend }] },
        },
      ],
    },
  };
}

function pod(index: number, services: number, isReady = true): Pod {
  const of = index % services;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `pod-${index}`,
      namespace: `team-${of % 50}`,
      labels: { app: `app-${of}`, 'pod-template-hash': String(index % 7) },
    },
    spec: { containers: [{ name: 'server' }] },
    status: {
      phase: 'Running',
      podIP: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
      conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }],
    },
  };
}

function objects(services: number, endpoints: number): readonly Resource[] {
  const indexes = Array.from({ length: services }, (_, index) => index);
  return [
    ...indexes.map(service),
    ...indexes.map(rule),
    ...Array.from({ length: endpoints }, (_, index) => pod(index, services)),
  ];
}

/** The median, in milliseconds. */
function median(times: number, run: (turn: number) => void): number {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const begun = performance.now();
    run(turn);
    taken.push(performance.now() - begun);
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? NaN;
}

/** Megabytes in use once what nobody needs is gone, as far as that can be asked for. */
function memory(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

function measure(services: number, endpoints: number): object {
  const resources = objects(services, endpoints);
  const build = median(3, () => engine.build(resources));
  const before = memory();
  const live = engine.live(resources);
  const megabytes = memory() - before;

  /** Every second turn takes back what the turn before it did. */
  const podChange = (turn: number): ResourceChange => {
    const index = ((turn >> 1) * 7919) % endpoints;
    return { put: pod(index, services, turn % 2 === 1) };
  };
  median(400, (turn) => live.apply([podChange(turn)]));
  const onePod = median(1000, (turn) => live.apply([podChange(turn)]));

  const earlier = live.snapshot();
  const later = live.apply([podChange(0)]);
  const delta = diffSnapshots(earlier, later);
  const diff = median(1000, () => diffSnapshots(earlier, later));
  const apply = median(1000, () => applyDelta(earlier, delta));

  const oneService = median(11, (turn) => {
    const { spec, ...rest } = service(turn);
    live.apply([{ put: { ...rest, spec: { ...spec, ports: [{ port: 81, targetPort: 8080 }] } } }]);
  });
  return {
    Services: services,
    'endpoints each': endpoints / services,
    "a Pod's change, ms": rounded(onePod),
    'its delta, ms': rounded(diff),
    'applied, ms': rounded(apply),
    "a Service's change, ms": rounded(oneService),
    'all anew, ms': rounded(build),
    'memory beside the objects, MB': Math.round(megabytes),
  };
}

function rounded(milliseconds: number): number {
  return Number(milliseconds.toPrecision(2));
}

// oxlint-disable-next-line no-console -- this is what it is run for
console.table(SIZES.map(([services, endpoints]) => measure(services, endpoints)));
