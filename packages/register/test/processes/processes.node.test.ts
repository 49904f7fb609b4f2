import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { createControlPlane, type ControlPlane } from '@portolan/control-plane';
import { serve } from '@portolan/node';
import { openStore, type Store, type StoredObject } from '@portolan/store';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** The program behind a shim, which would keep signals to itself. */
function program(name: 'bun' | 'deno', evaluate: string): string {
  const shim = here(`../../../../node_modules/.bin/${name}`);
  return execFileSync(shim, [evaluate, 'console.log(process.execPath)'], {
    encoding: 'utf8',
  }).trim();
}

const RUNTIMES: Readonly<Record<string, readonly [string, ...string[]]>> = {
  node: [process.execPath],
  // Nothing but the network is needed.
  deno: [program('deno', 'eval'), 'run', '--no-prompt', '--allow-net'],
  bun: [program('bun', '--eval')],
};

const LEASES = 'leases.coordination.k8s.io';

let store: Store;
let plane: ControlPlane;
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  store = openStore();
  plane = createControlPlane({
    store,
    tokens: [{ name: 'shop-pods', role: 'register', token: 'token-of-the-shop-pods' }],
  });
  server = await serve(plane.fetch, { hostname: '127.0.0.1' });
});

afterAll(async () => {
  await server.close();
  await plane.close();
});

const get = (resource: string, name: string): StoredObject | undefined =>
  store.get({ resource, namespace: 'shop', name });

/** The status and reason of the Pod's Ready condition; `gone` where there is no Pod. */
function state(name: string): string {
  const pod = get('pods', name);
  if (pod === undefined) return 'gone';
  const { conditions } = JSON.parse(JSON.stringify(pod.status));
  return conditions.map(({ status, reason }: Record<string, string>) => `${status} ${reason}`)[0];
}

const renewTime = (name: string): unknown =>
  JSON.parse(JSON.stringify(get(LEASES, name)?.spec)).renewTime;

/** What becomes of a Pod from now on. */
function follow(name: string): readonly string[] {
  const states: string[] = [];
  store.subscribe((changes) => {
    const isMeant = changes.some(({ ref }) => ref.resource === 'pods' && ref.name === name);
    if (isMeant) states.push(state(name));
  });
  return states;
}

interface Started extends Disposable {
  readonly name: string;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Resolves with the signal or the code that it ended with. */
  readonly ended: () => Promise<unknown>;
}

const isReady = (name: string): Promise<void> =>
  vi.waitFor(() => {
    expect(state(name)).toBe('True Registered');
    expect(get(LEASES, name)).toBeDefined();
  }, 20_000);

/** Starts a process, and waits until it is registered. */
async function start(
  name: string,
  runtime: string,
  { duration = 30, life = 'long' } = {},
): Promise<Started> {
  const [command, ...parameters] = RUNTIMES[runtime] ?? ['false'];
  const url = `http://127.0.0.1:${server.port}/.portolan/kube`;
  const given = [here('registered.ts'), url, name, `${duration}`, life];
  const child = spawn(command, [...parameters, ...given], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  expect(line).toBe(`registered shop/${name}`);
  // The first try may fail where the machine is busy.
  if (life === 'long') await isReady(name);
  return {
    name,
    signal: (signal) => child.kill(signal),
    ended: async () => {
      const [code, signal] = await exited;
      return signal ?? code;
    },
    [Symbol.dispose]: () => child.kill('SIGKILL'),
  };
}

describe.concurrent.each(Object.keys(RUNTIMES))('a process on %s', (runtime) => {
  it('is a Pod that is ready, for as long as it lives', async () => {
    using started = await start(`${runtime}-lives`, runtime, { duration: 3 });
    const { name } = started;
    expect(get('pods', name)?.metadata.labels).toEqual({
      app: 'web',
      'portolan.dev/registered-by': 'shop-pods',
    });
    const first = renewTime(name);
    await vi.waitFor(() => expect(renewTime(name)).not.toBe(first), 20_000);
    expect(state(name)).toBe('True Registered');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('withdraws on %s, which then ends it', async (signal) => {
    using started = await start(`${runtime}-${signal.toLowerCase()}`, runtime);
    const { name } = started;
    const states = follow(name);
    started.signal(signal);
    expect(await started.ended()).toBe(signal);
    expect(states).toEqual(['False NotReady', 'gone']);
    expect(get(LEASES, name)).toBeUndefined();
  });

  it('withdraws when it has nothing left to do', async () => {
    using started = await start(`${runtime}-idle`, runtime, { life: 'short' });
    expect(await started.ended()).toBe(0);
    expect(state(started.name)).toBe('gone');
    expect(get(LEASES, started.name)).toBeUndefined();
  });

  it('that is killed turns unready when its Lease runs out, and goes after another duration', async () => {
    using started = await start(`${runtime}-killed`, runtime, { duration: 3 });
    const { name } = started;
    started.signal('SIGKILL');
    await started.ended();
    const states = follow(name);
    await vi.waitFor(() => expect(state(name)).toBe('gone'), 20_000);
    expect(states).toEqual(['False LeaseExpired', 'gone']);
    expect(get(LEASES, name)).toBeUndefined();
  });

  it('registers anew when its Pod was deleted', async () => {
    using started = await start(`${runtime}-deleted`, runtime, { duration: 3 });
    const { name } = started;
    const first = get('pods', name)?.metadata.uid;
    store.commit([{ delete: { resource: 'pods', namespace: 'shop', name } }]);
    await isReady(name);
    expect(get('pods', name)?.metadata.uid).not.toBe(first);
  });
});
