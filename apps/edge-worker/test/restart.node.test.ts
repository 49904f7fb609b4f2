import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { compile } from 'portolan';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startEdgeWorker, type LocalWorker } from '../dev/local-workers.ts';
import { resourceAPI, type ResourceAPI } from '../dev/resource-api.ts';
import { freePort, knock, listen } from './running.ts';

const TOKEN = 'sixteen-letters~';

/** The control plane in a process group of its own. */
interface Plane {
  readonly api: ResourceAPI;
  readonly kill: () => Promise<void>;
}

describe('a control plane that is killed', () => {
  let folder: string;
  let edge: LocalWorker;
  let plane: Plane;
  const pods: Server[] = [];
  const children: ChildProcess[] = [];

  async function startPlane(): Promise<Plane> {
    const args = [folder, TOKEN, join(folder, 'state')];
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'hosts/control-plane.ts'), ...args],
      { detached: true, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    children.push(child);
    const exited = once(child, 'exit');
    const [printed] = await Promise.race([
      once(child.stdout, 'data'),
      exited.then(() => Promise.reject(new Error('the control plane did not start'))),
    ]);
    const api = resourceAPI(`${String(printed).trim()}/.portolan/kube`, TOKEN);
    await api.ready();
    return {
      api,
      kill: async () => {
        killGroup(child);
        await exited;
        // By this file local Workers find each other; it is the process's to remove, had it ended by itself.
        await rm(join(folder, 'registry/portolan-control-plane'), { force: true });
      },
    };
  }

  /** A server, and the Pod that stands for it. */
  async function addPod(name: string): Promise<void> {
    const server = createServer((_, response) => response.end(name));
    pods.push(server);
    const containerPort = await listen(server);
    await plane.api.apply(
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, labels: { app: 'web' } },
        spec: {
          containers: [{ name: 'web', image: 'web', ports: [{ name: 'http', containerPort }] }],
        },
        status: {
          phase: 'Running',
          podIP: '127.0.0.1',
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      },
      'test',
    );
  }

  const ask = () => knock(Number(edge.url.port), '/', { host: 'web.example' });
  const statusOf = async (name: string) =>
    knock(Number(edge.url.port), `/.portolan/${name}`, { token: TOKEN });
  const answered = async () => {
    const bodies = await Promise.all(Array.from({ length: 20 }, async () => (await ask()).body));
    return [...new Set(bodies)].toSorted();
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portolan-restart-'));
    const snapshotFile = join(folder, 'snapshot.json');
    await writeFile(snapshotFile, JSON.stringify(compile('').snapshot));
    plane = await startPlane();
    edge = await startEdgeWorker({
      folder,
      adminToken: TOKEN,
      port: await freePort(),
      snapshotFile,
      overrides: () => ({}),
    });
    await plane.api.apply(
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web' },
        spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
      },
      'test',
    );
    await plane.api.apply(
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'web' },
        spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
      },
      'test',
    );
    await addPod('first');
  });
  afterAll(async () => {
    await edge?.close();
    for (const child of children) killGroup(child);
    for (const pod of pods) pod.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('has its objects routed at the edge, which was bundled with none', async () => {
    await expect.poll(answered, { timeout: 10_000 }).toEqual(['first']);
  });

  it('leaves the edge with the last good Snapshot, and has lost nothing when it is back', async () => {
    const ending = new AbortController();
    const failures: unknown[] = [];
    const load = (async () => {
      while (!ending.signal.aborted) {
        const { status, body } = await ask();
        if (status !== 200) failures.push({ status, body });
      }
    })();

    // Each write that was acknowledged, until there is nobody to acknowledge one.
    const acknowledged: string[] = [];
    const writing = (async () => {
      for (let count = 0; ; count += 1) {
        const name = `config-${count}`;
        try {
          await plane.api.apply(
            {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: { name },
              data: { count: `${count}` },
            },
            'test',
          );
        } catch {
          return;
        }
        acknowledged.push(name);
      }
    })();
    await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(50);
    await plane.kill();
    await writing;

    await expect
      .poll(async () => (await statusOf('snapshot')).json, { timeout: 10_000 })
      .toMatchObject({ source: 'control-plane', failure: expect.any(String) });
    expect((await statusOf('readyz')).status).toBe(200);
    expect(await answered()).toEqual(['first']);

    plane = await startPlane();
    const names: string[] = [];
    const reading = new AbortController();
    await plane.api.follow('ConfigMap', {
      signal: reading.signal,
      onChange: (objects) =>
        names.splice(
          0,
          names.length,
          ...Array.from(objects.values(), ({ metadata }) => metadata.name),
        ),
    });
    reading.abort();
    expect(acknowledged.filter((name) => !names.includes(name))).toEqual([]);

    await addPod('second');
    await expect.poll(answered, { timeout: 10_000 }).toEqual(['first', 'second']);
    ending.abort();
    await load;
    expect(failures).toEqual([]);
  });
});

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
