/* oxlint-disable no-await-in-loop -- one after the other, or they would share the machine */
/**
 * What a change costs on its whole way, with ever more in the cluster: a cluster that `portolan sync` follows, the edge worker
 * and the control plane on local workerd, and two Pods that take turns in being ready. Ten endpoints to a Service. Figures
 * are told beside their ratio to those of the smallest cluster, of the same run: a machine's speed is in neither.
 *
 *     node apps/edge-worker/bench/live.ts [services ...]
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { NewObject } from '@portolan/store';
import { compile } from 'portolan';

import { startCluster } from '../../../packages/sync/test/cluster/cluster.ts';
import { endpointSlice, service } from '../../../packages/sync/test/objects/objects.ts';
import { resourceAPI, type ResourceAPI } from '../dev/resource-api.ts';
import { startPart, type Part } from '../test/part.ts';
import { freePort, knock, listen } from '../test/running.ts';

const TOKEN = 'sixteen-letters~';
const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100, 1000, 10_000];
const ENDPOINTS = 10;
const CHANGES = 30;
const PODS = ['probe-0', 'probe-1'];

type Figures = Readonly<Record<string, number>>;

function clusterObjects(services: number): readonly NewObject[] {
  return Array.from({ length: services }, (_, index): readonly NewObject[] => {
    const name = `service-${index}`;
    const namespace = `team-${index % 50}`;
    const addresses = Array.from({ length: ENDPOINTS }, (__, each) => {
      const host = index * ENDPOINTS + each;
      return `10.${host >> 16}.${(host >> 8) & 255}.${host & 255}`;
    });
    return [
      service(name, { namespace, clusterIP: `10.96.${index >> 8}.${index & 255}` }),
      endpointSlice(name, addresses, { namespace }),
    ];
  }).flat();
}

function probePod(name: string, isReady: boolean): Parameters<ResourceAPI['apply']>[0] {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: 'probe' } },
    spec: {
      containers: [{ name: 'probe', image: 'probe', ports: [{ containerPort: 8080 }] }],
    },
    status: {
      phase: 'Running',
      podIP: `10.255.255.${PODS.indexOf(name) + 1}`,
      conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }],
    },
  };
}

const PROBE: readonly Parameters<ResourceAPI['apply']>[0][] = [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'probe' },
    spec: {
      clusterIP: '10.111.0.1',
      selector: { app: 'probe' },
      ports: [{ port: 80, targetPort: 8080 }],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'probe' },
    spec: { defaultBackend: { service: { name: 'probe', port: { number: 80 } } } },
  },
];

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}

/** Megabytes that the workerds of a part have in memory. */
function memory({ pid }: Part): number {
  const processes = execFileSync('ps', ['-A', '-o', 'pgid=,rss=,comm='], { encoding: 'utf8' });
  return processes
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([group, , command]) => group === String(pid) && command?.endsWith('workerd'))
    .reduce((sum, [, kilobytes]) => Math.max(sum, Number(kilobytes) / 1000), 0);
}

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Two Pods take turns: how long after each change is acknowledged the edge has it, and how long that takes. */
async function change(
  api: ResourceAPI,
  port: number,
  turn: number,
): Promise<{ readonly acknowledged: number; readonly routable: number }> {
  const [from = '', to = ''] = turn % 2 === 0 ? PODS : PODS.toReversed();
  await api.apply(probePod(to, true), 'bench');
  const begun = performance.now();
  await api.apply(probePod(from, false), 'bench');
  const acknowledged = performance.now();
  await until(async () => {
    const bodies = await Promise.all([knock(port, '/'), knock(port, '/')]);
    return bodies.every(({ body }) => body === to);
  });
  return { acknowledged: acknowledged - begun, routable: performance.now() - acknowledged };
}

async function measure(services: number): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-'));
  const [snapshotFile, overridesFile] = [join(folder, 'snapshot.json'), join(folder, 'pods.json')];
  const servers = PODS.map((name) => createServer((_, response) => response.end(name)));
  const ports = await Promise.all(servers.map(listen));
  const overrides = ports.map((port, index) => [
    `10.255.255.${index + 1}:8080`,
    `127.0.0.1:${port}`,
  ]);
  await writeFile(snapshotFile, JSON.stringify(compile('').snapshot));
  await writeFile(overridesFile, JSON.stringify(Object.fromEntries(overrides)));
  const port = await freePort();
  const host = (name: string): string => join(import.meta.dirname, `../test/hosts/${name}.ts`);
  const plane = startPart(host('control-plane'), [folder, TOKEN, join(folder, 'state')]);
  const edge = startPart(host('edge'), [folder, TOKEN, `${port}`, snapshotFile, overridesFile]);
  const cluster = await startCluster();
  let sync: Part | undefined;
  try {
    await Promise.all([plane.ready, edge.ready]);
    const to = `http://127.0.0.1:${port}/.portolan/kube`;
    const api = resourceAPI(to, TOKEN);
    await api.ready();
    cluster.store.commit(clusterObjects(services).map((put) => ({ put })));

    const begun = performance.now();
    sync = startPart(
      join(import.meta.dirname, '../../../packages/portolan/src/bin/portolan.ts'),
      ['sync', '--kubeconfig', cluster.kubeconfig, '--to', to, '--source', 'bench'],
      { PORTOLAN_TOKEN: TOKEN },
    );
    const { said } = sync;
    await until(() => said().includes('sent everything'));
    const pushed = performance.now() - begun;

    for (const object of PROBE) await api.apply(object, 'bench');
    for (const name of PODS) await api.apply(probePod(name, false), 'bench');
    // The first turn waits for the whole Snapshot.
    const first = await change(api, port, 1);
    const taken: Awaited<ReturnType<typeof change>>[] = [];
    for (let turn = 0; turn < CHANGES; turn += 1) taken.push(await change(api, port, turn));
    const acknowledged = taken.map((each) => each.acknowledged);
    const routable = taken.map((each) => each.routable);
    return {
      'first push, ms': pushed,
      'first Snapshot at the edge, ms': first.routable,
      'PATCH to acknowledged, ms': quantile(acknowledged, 0.5),
      'acknowledged to routable, ms': quantile(routable, 0.5),
      'of 30 the slowest, ms': quantile(routable, 0.99),
      'control plane, MB': memory(plane),
      'edge, MB': memory(edge),
    };
  } finally {
    await Promise.all([sync?.kill(), plane.kill(), edge.kill()]);
    await cluster.close();
    await Promise.all(servers.map((server) => once(server.close(), 'close')));
    await rm(folder, { recursive: true, force: true });
  }
}

const results: [number, Figures][] = [];
for (const services of SIZES) results.push([services, await measure(services)]);
const base = results[0]?.[1] ?? {};
// oxlint-disable-next-line no-console -- this is what it is run for
console.table(
  Object.keys(base).map((name) => ({
    '': name,
    ...Object.fromEntries(
      results.map(([services, figures]) => {
        const value = figures[name] ?? Number.NaN;
        const ratio = value / (base[name] ?? Number.NaN);
        return [`${services} Services`, `${value.toPrecision(3)} (×${ratio.toPrecision(2)})`];
      }),
    ),
  })),
);
