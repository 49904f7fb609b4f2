import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PATIENCE = { timeout: 30_000 };
const ADMIN = 'token-of-an-administrator';
/** Clients that ask with each method. */
const CLIENTS = 3;

const agent = new Agent({ keepAlive: true });

/** A process that may be killed. */
interface Part {
  readonly end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What a client got instead of an answer of a Pod. */
interface Failure {
  readonly phase: string;
  readonly method: string;
  readonly said: string;
}

describe('Pods that are registered with a control plane beside a gateway', () => {
  let folder: string;
  let port: number;
  let host: Part;
  const parts: Part[] = [];

  /** Starts a program and waits for its first line. */
  async function start(program: string, ...args: readonly string[]): Promise<Part> {
    const file = join(import.meta.dirname, 'processes', program);
    const child = spawn(process.execPath, [file, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const part: Part = {
      end: async (signal) => {
        child.kill(signal);
        await exited;
      },
    };
    parts.push(part);
    await Promise.race([once(child.stdout, 'data'), exited.then(() => Promise.reject(program))]);
    return part;
  }

  const startHost = (): Promise<Part> => start('host.ts', join(folder, 'state.db'), `${port}`);
  const startPod = (name: string, { drain = 0 } = {}): Promise<Part> =>
    start('serving.ts', `http://127.0.0.1:${port}/.portolan/kube`, name, `${drain}`);

  function send(
    method: string,
    path: string,
    { headers = {}, body = '' }: { headers?: Record<string, string>; body?: string } = {},
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        { host: '127.0.0.1', port, method, path, headers, agent },
        (incoming) => {
          let text = '';
          incoming.setEncoding('utf8');
          incoming.on('data', (chunk: string) => (text += chunk));
          incoming.on('error', reject);
          incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: text }));
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  async function create(path: string, object: object): Promise<void> {
    const headers = { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' };
    const { status, body } = await send('POST', `/.portolan/kube${path}`, {
      headers,
      body: JSON.stringify(object),
    });
    if (status !== 201) throw new Error(body);
  }

  async function names(path: string): Promise<readonly string[]> {
    const headers = { authorization: `Bearer ${ADMIN}` };
    const { body } = await send('GET', `/.portolan/kube${path}`, { headers });
    const { items }: { items: { metadata: { name: string } }[] } = JSON.parse(body);
    return items.map(({ metadata }) => metadata.name);
  }

  const pods = (): Promise<readonly string[]> => names('/api/v1/namespaces/shop/pods');
  const answering = async (): Promise<readonly string[]> => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('GET', '/')));
    return [...new Set(answers.map(({ body }) => body))].toSorted();
  };

  // Clients that ask all the time.
  const ending = new AbortController();
  const failures: Failure[] = [];
  const asked = new Map<string, number>();
  let phase = 'start';
  let load: Promise<unknown>;

  async function ask(method: string): Promise<void> {
    while (!ending.signal.aborted) {
      let said: string | undefined;
      try {
        const { status, body } = await send(method, '/', { body: method === 'POST' ? 'x' : '' });
        if (status !== 200) said = `${status} ${body}`;
      } catch (error) {
        said = error instanceof Error && 'code' in error ? String(error.code) : String(error);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      if (said !== undefined) failures.push({ phase, method, said });
      asked.set(method, (asked.get(method) ?? 0) + 1);
    }
  }

  /** Waits until every client has asked some more. */
  async function someMore(): Promise<void> {
    const before = new Map(asked);
    const more = (): number =>
      Math.min(...['GET', 'POST'].map((each) => (asked.get(each) ?? 0) - (before.get(each) ?? 0)));
    await expect.poll(more, PATIENCE).toBeGreaterThan(50);
  }

  const failed = (during: string, method: string): readonly Failure[] =>
    failures.filter((each) => each.phase === during && each.method === method);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portolan-host-'));
    port = await freePort();
    host = await startHost();
    await create('/api/v1/namespaces/shop/services', {
      metadata: { name: 'web' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
    });
    await create('/apis/networking.k8s.io/v1/namespaces/shop/ingresses', {
      metadata: { name: 'web' },
      spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
    });
    await Promise.all([startPod('steady-1'), startPod('steady-2')]);
    load = Promise.all(
      ['GET', 'POST'].flatMap((method) => Array.from({ length: CLIENTS }, () => ask(method))),
    );
  });
  afterAll(async () => {
    ending.abort();
    await load;
    await Promise.all(parts.map((part) => part.end('SIGKILL')));
    agent.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  it('fail no request when they come, are drained and withdrawn', async () => {
    await expect.poll(answering, PATIENCE).toEqual(['steady-1', 'steady-2']);
    phase = 'drained';
    for (const round of [1, 2, 3]) {
      const pod = await startPod(`drained-${round}`, { drain: 500 });
      await expect.poll(answering, PATIENCE).toContain(`drained-${round}`);
      await pod.end('SIGTERM');
      expect(await pods()).toEqual(['steady-1', 'steady-2']);
      await someMore();
    }
    expect([...failed(phase, 'GET'), ...failed(phase, 'POST')]).toEqual([]);
  });

  it('fail no request that may be repeated when they are withdrawn at once', async () => {
    phase = 'withdrawn';
    for (const round of [1, 2, 3]) {
      const pod = await startPod(`withdrawn-${round}`);
      await expect.poll(answering, PATIENCE).toContain(`withdrawn-${round}`);
      await pod.end('SIGTERM');
      await someMore();
    }
    expect(failed(phase, 'GET')).toEqual([]);
    // Those that were under way at the Pod when it ended.
    expect(failed(phase, 'POST').length).toBeLessThanOrEqual(3 * CLIENTS);
  });

  it('fail no request that may be repeated when they are killed, and go when their leases run out', async () => {
    phase = 'killed';
    const killed = await startPod('killed');
    await expect.poll(answering, PATIENCE).toContain('killed');
    await killed.end('SIGKILL');
    await someMore();
    await expect.poll(pods, PATIENCE).toEqual(['steady-1', 'steady-2']);
    expect(await names('/apis/coordination.k8s.io/v1/namespaces/shop/leases')).toEqual([
      'steady-1',
      'steady-2',
    ]);
    await someMore();
    expect(failed(phase, 'GET')).toEqual([]);
    expect(failed(phase, 'POST').length).toBeLessThanOrEqual(CLIENTS);
  });

  it('are there at once when the host is back, with everything else that was acknowledged', async () => {
    phase = 'away';
    const acknowledged: string[] = [];
    const writing = (async () => {
      for (let count = 0; ; count += 1) {
        const name = `written-${count}`;
        try {
          await create('/api/v1/namespaces/shop/configmaps', { metadata: { name } });
        } catch {
          return;
        }
        acknowledged.push(name);
      }
    })();
    await expect.poll(() => acknowledged.length, PATIENCE).toBeGreaterThan(50);
    await host.end('SIGKILL');
    await writing;
    host = await startHost();
    expect(await answering()).toEqual(['steady-1', 'steady-2']);
    phase = 'back';
    const found = new Set(await names('/api/v1/namespaces/shop/configmaps'));
    expect(acknowledged.filter((name) => !found.has(name))).toEqual([]);

    // The Pods go on renewing.
    await new Promise((resolve) => setTimeout(resolve, 4000));
    expect(await answering()).toEqual(['steady-1', 'steady-2']);
    const connection = /^(ECONNREFUSED|ECONNRESET|EPIPE)$/;
    expect(failures.filter((each) => each.phase === 'away' && !connection.test(each.said))).toEqual(
      [],
    );
    expect(failed('back', 'GET')).toEqual([]);
    expect(failed('back', 'POST')).toEqual([]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  return address.port;
}
