import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { NewObject } from '@portolan/store';
import { compile } from 'portolan';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startCluster, type TestCluster } from '../../../packages/sync/test/cluster/cluster.ts';
import {
  endpointSlice,
  ingress,
  ingressClass,
  service,
} from '../../../packages/sync/test/objects/objects.ts';
import { resourceAPI, type ResourceAPI } from '../dev/resource-api.ts';
import { startPart, type Part } from './part.ts';
import { freePort, knock } from './running.ts';

const TOKEN = 'sixteen-letters~';
const CLIENTS = 3;
const PATIENCE = { timeout: 30_000 };

const here = (file: string): string => join(import.meta.dirname, file);

/** What became of a request that was not answered by a Pod: a status, or what the connection said. */
interface Failure {
  readonly phase: string;
  readonly said: string;
}

/**
 * A cluster, `portolan sync` beside it, the edge worker that hands on what it sends, the control plane that keeps it, the
 * edge worker again with what comes of it, and Pods: each a process that is killed while the others go on.
 */
describe('the chain from a cluster to its Pods', () => {
  let folder: string;
  let port: number;
  let cluster: TestCluster;
  let api: ResourceAPI;
  let plane: Part;
  let edge: Part;
  let sync: Part;
  /** By name; in truth they listen on the loopback. */
  const pods = new Map<string, { readonly part: Part; readonly address: string }>();
  const overrides: Record<string, string> = {};
  const parts: Part[] = [];

  const started = (part: Part): Part => {
    parts.push(part);
    return part;
  };

  function startPlane(): Part {
    return started(
      startPart(here('hosts/control-plane.ts'), [folder, TOKEN, join(folder, 'state')]),
    );
  }

  async function killPlane(): Promise<void> {
    await plane.kill();
    // By this file local Workers find each other; it is the process's to remove, had it ended by itself.
    await rm(join(folder, 'registry/portolan-control-plane'), { force: true });
  }

  function startEdge(): Part {
    const files = [join(folder, 'snapshot.json'), join(folder, 'overrides.json')];
    return started(startPart(here('hosts/edge.ts'), [folder, TOKEN, `${port}`, ...files]));
  }

  function startSync(): Part {
    const program = here('../../../packages/portolan/src/bin/portolan.ts');
    const to = `http://127.0.0.1:${port}/.portolan/kube`;
    const options = ['--kubeconfig', cluster.kubeconfig, '--to', to, '--source', 'east'];
    const pace = ['--holdoff', '5', '--max-holdoff', '50', '--lease', '1'];
    return started(startPart(program, ['sync', ...options, ...pace], { PORTOLAN_TOKEN: TOKEN }));
  }

  /** Tells the cluster which Pods are ready: all there are, but those named. */
  function announce(...unready: readonly string[]): void {
    const ready = Array.from(pods).filter(([name]) => !unready.includes(name));
    const slice = endpointSlice(
      'web',
      ready.map(([, { address }]) => address),
    );
    cluster.store.commit([{ put: slice }]);
  }

  async function startPod(name: string): Promise<void> {
    const part = started(startPart(here('hosts/pod.ts'), [name]));
    const address = `10.244.0.${pods.size + 1}`;
    overrides[`${address}:8080`] = `127.0.0.1:${await part.ready}`;
    await writeFile(join(folder, 'overrides.json'), JSON.stringify(overrides));
    pods.set(name, { part, address });
  }

  const answering = async (): Promise<readonly string[]> => {
    const answers = Array.from({ length: 20 }, () => knock(port, '/', { host: 'web.example' }));
    const settled = await Promise.allSettled(answers);
    const bodies = settled.map((each) => (each.status === 'fulfilled' ? each.value.body : 'none'));
    return [...new Set(bodies)].toSorted();
  };

  // Clients that ask all the time, and somebody who writes all the time.
  const ending = new AbortController();
  const failures: Failure[] = [];
  let phase = 'start';
  let asked = 0;
  let work: Promise<unknown>;
  const acknowledged: string[] = [];

  async function ask(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        const { status, body } = await knock(port, '/', { host: 'web.example' });
        if (status !== 200) failures.push({ phase, said: `${status} ${body}` });
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : error;
        failures.push({ phase, said: String(code) });
        // Nobody is there: that is no reason to keep the machine busy.
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      asked += 1;
    }
  }

  async function write(): Promise<void> {
    for (let count = 0; !ending.signal.aborted; count += 1) {
      const metadata = { name: `written-${count}` };
      try {
        await api.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata }, 'test');
        acknowledged.push(metadata.name);
      } catch {
        // It was not acknowledged.
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portolan-chain-'));
    await writeFile(join(folder, 'snapshot.json'), JSON.stringify(compile('').snapshot));
    await writeFile(join(folder, 'overrides.json'), '{}');
    port = await freePort();
    api = resourceAPI(`http://127.0.0.1:${port}/.portolan/kube`, TOKEN);
    [cluster] = await Promise.all([startCluster(), startPod('one')]);
    await startPod('two');
    const objects: readonly NewObject[] = [
      ingressClass('portolan'),
      service('web'),
      ingress('web', 'web.example', 'web'),
    ];
    cluster.store.commit(objects.map((put) => ({ put })));
    announce();
    plane = startPlane();
    edge = startEdge();
    await Promise.all([plane.ready, edge.ready]);
    sync = startSync();
  });
  afterAll(async () => {
    ending.abort();
    await work;
    await Promise.all(parts.map((part) => part.kill()));
    await cluster?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('brings Pods of the cluster to the edge, which was bundled with nothing', async () => {
    await expect.poll(answering, PATIENCE).toEqual(['one', 'two']);
    work = Promise.all([...Array.from({ length: CLIENTS }, ask), write()]);
  });

  it('goes on without the sync, which makes up for what it missed', async () => {
    phase = 'sync';
    await sync.kill();
    await startPod('three');
    announce();
    sync = startSync();
    await expect.poll(answering, PATIENCE).toEqual(['one', 'three', 'two']);
  });

  it('goes on without the control plane, which has lost nothing of what it acknowledged', async () => {
    phase = 'control plane';
    const count = acknowledged.length;
    await expect.poll(() => acknowledged.length, PATIENCE).toBeGreaterThan(count + 20);
    await killPlane();
    await startPod('four');
    announce();
    const missed = asked;
    await expect.poll(() => asked, PATIENCE).toBeGreaterThan(missed + 50);
    plane = startPlane();
    await plane.ready;
    await expect.poll(answering, PATIENCE).toEqual(['four', 'one', 'three', 'two']);
  });

  it('goes on without a Pod that dies, before and after the cluster knows', async () => {
    phase = 'pod';
    await pods.get('two')?.part.kill();
    const before = asked;
    await expect.poll(() => asked, PATIENCE).toBeGreaterThan(before + 200);
    announce('two');
    await expect.poll(answering, PATIENCE).toEqual(['four', 'one', 'three']);
  });

  it('has no answer while the edge is away, and no wrong one when it is back', async () => {
    phase = 'edge';
    await edge.kill();
    await rm(join(folder, 'registry/portolan-edge-worker'), { force: true });
    announce('two', 'three');
    edge = startEdge();
    await edge.ready;
    await expect.poll(answering, PATIENCE).toEqual(['four', 'one']);
    phase = 'edge is back';
    const before = asked;
    await expect.poll(() => asked, PATIENCE).toBeGreaterThan(before + 50);
  });

  it('has failed no request but those to an edge that was away', async () => {
    ending.abort();
    await work;
    const connection = /^(ECONNREFUSED|ECONNRESET|EPIPE)$/;
    const others = failures.filter((each) => each.phase !== 'edge' || !connection.test(each.said));
    expect(others).toEqual([]);
    expect(failures.length).toBeGreaterThan(0);
  });

  it('holds in the end all that was acknowledged, and what the cluster has', async () => {
    const found = async (kind: 'ConfigMap' | 'EndpointSlice'): Promise<readonly string[]> => {
      const reading = new AbortController();
      const texts: string[] = [];
      await api.follow(kind, {
        signal: reading.signal,
        onChange: (objects) => {
          for (const { metadata } of objects.values()) texts.push(metadata.name);
        },
      });
      reading.abort();
      return texts;
    };
    const names = new Set(await found('ConfigMap'));
    expect(acknowledged.filter((name) => !names.has(name))).toEqual([]);
    expect(await found('EndpointSlice')).toEqual(['web-abcde']);
    expect(await readdir(join(folder, 'state'))).not.toEqual([]);
  });
});
