import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setInterval, setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { storeContract } from '../src/contract/store-contract.ts';
import { expectedAfter } from './kill/writes.ts';

let folder: string;
let port: number;
let workerd: ChildProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-durable-object-'));
  port = await freePort();
  workerd = await start();
});

afterAll(async () => {
  await stop('SIGTERM');
  await rm(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new TypeError('not listening on TCP');
  return address.port;
}

/** Starts workerd, in a process group of its own: it would outlive what started it. */
async function start(): Promise<ChildProcess> {
  const serve = fileURLToPath(new URL('durable-object/serve.ts', import.meta.url));
  const child = spawn(process.execPath, [serve, String(port), folder], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      WRANGLER_SEND_METRICS: 'false',
    },
  });
  let said = '';
  child.stderr.on('data', (data) => (said += String(data)));
  for await (const _ of setInterval(50)) {
    if (child.exitCode !== null) throw new Error(`workerd did not start: ${said}`);
    if ((await ask('/ready').catch(() => undefined))?.ok) break;
  }
  return child;
}

async function stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (workerd.exitCode !== null || workerd.pid === undefined) return;
  const exited = once(workerd, 'exit');
  process.kill(-workerd.pid, signal);
  await exited;
}

function ask(path: string, method = 'GET'): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, { method });
}

interface Answer {
  readonly revision: number;
  readonly kept: readonly (readonly [string, number])[];
}

async function answer(path: string, method = 'GET'): Promise<Answer> {
  const response = await ask(path, method);
  if (!response.ok) throw new Error(await response.text());
  const found: Answer = JSON.parse(await response.text());
  return found;
}

describe('a store in a Durable Object', () => {
  let results: Readonly<Record<string, string>>;
  beforeAll(async () => {
    results = JSON.parse(await (await ask('/contract?name=contract')).text());
  });

  it.each(storeContract({ place: () => ({ open: never }), keeps: true }))('$name', ({ name }) => {
    expect(results[name]).toBe('holds');
  });

  it('is as it was after the Durable Object was evicted', async () => {
    const { revision } = await answer('/?name=evicted&count=0', 'POST');
    await ask('/evict?name=evicted');
    const after = await answer('/?name=evicted');
    expect(new Map(after.kept)).toEqual(expectedAfter(0));
    expect(after.revision).toBeGreaterThanOrEqual(revision);
  });

  it('has lost nothing that it acknowledged after workerd was killed', async () => {
    let next = 0;
    for (const wait of [150, 60, 310]) {
      let acknowledged = { count: -1, revision: 0 };
      const writing = (async () => {
        for (let count = next; ; count += 1) {
          const { revision } = await answer(`/?count=${count}`, 'POST');
          acknowledged = { count, revision };
        }
      })().catch((error: unknown) => error);
      await setTimeout(wait);
      await stop('SIGKILL');
      await writing;
      workerd = await start();
      const { kept, revision } = await answer('/');
      expect(revision).toBeGreaterThanOrEqual(acknowledged.revision);
      const last = new Map(kept).get('last') ?? -1;
      expect([acknowledged.count, acknowledged.count + 1]).toContain(last);
      expect(new Map(kept)).toEqual(expectedAfter(last));
      next = last + 1;
    }
    expect(next).toBeGreaterThan(3);
  });
});

function never(): never {
  throw new Error('this store is opened in the Durable Object');
}
