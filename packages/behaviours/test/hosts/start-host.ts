import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { setInterval } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { freePort } from '../../../proxy/test/port/port.ts';

/** A proxy running on one runtime, behind that runtime's own HTTP server. */
export interface Host {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

export type HostName = 'bun' | 'deno' | 'node' | 'node-fetch' | 'node-request' | 'workerd';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const rootBinary = (name: string): string => here(`../../../../node_modules/.bin/${name}`);

const COMMANDS: Readonly<Record<HostName, (port: number) => readonly [string, ...string[]]>> = {
  node: (port) => [process.execPath, here('node.ts'), `${port}`],
  'node-request': (port) => [process.execPath, here('node-request.ts'), `${port}`],
  'node-fetch': (port) => [process.execPath, here('node-fetch.ts'), `${port}`],
  deno: (port) => [rootBinary('deno'), 'run', '--allow-net', here('deno.ts'), `${port}`],
  bun: (port) => [rootBinary('bun'), here('bun.ts'), `${port}`],
  workerd: (port) => [process.execPath, here('serve-workerd.ts'), `${port}`],
};

/** Starts a host and waits until it answers. */
export async function startHost(runtime: HostName): Promise<Host> {
  const port = await freePort();
  const [command, ...parameters] = COMMANDS[runtime](port);
  const child = spawn(command, parameters, {
    // A process group of its own: workerd outlives a wrangler that is killed.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      WRANGLER_SEND_METRICS: 'false',
    },
  });
  let said = '';
  child.stdout.on('data', (data) => (said += String(data)));
  child.stderr.on('data', (data) => (said += String(data)));
  try {
    await ready(child, port);
  } catch (error) {
    await stop(child);
    throw new Error(`${runtime} did not start: ${said}`, { cause: error });
  }
  return { port, stop: () => stop(child) };
}

async function ready(child: ChildProcess, port: number): Promise<void> {
  for await (const _ of setInterval(50)) {
    if (child.exitCode !== null) throw new Error(`exited with ${child.exitCode}`);
    const response = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined);
    if (response?.ok) break;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  await exited;
}
