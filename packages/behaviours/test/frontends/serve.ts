import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { PORTS, type Place } from './place.ts';

/** `portolan serve` while it runs. */
export interface Serving {
  /** Puts other manifests in the place of those that are served. */
  readonly write: (manifests: string) => Promise<void>;
  /** Sends SIGTERM; resolves with the exit code. May be called again. */
  readonly stop: () => Promise<number | null>;
  /** What it has printed so far. */
  readonly printed: () => string;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PORTOLAN = here('../../../portolan/src/bin/portolan.ts');
const binary = (name: string): string => here(`../../../../node_modules/.bin/${name}`);

const RUNTIMES: Readonly<Record<Place['runtime'], readonly [string, ...string[]]>> = {
  node: [process.execPath],
  deno: [binary('deno'), 'run', '--allow-all'],
  bun: [binary('bun')],
};

export const TOKEN = 'a-token-for-the-tests';

/** Runs `portolan serve` with all entrances and waits until it is ready. */
export async function serve(place: Place, manifests: string): Promise<Serving> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-frontends-'));
  const file = join(folder, 'manifests.yaml');
  const config = join(folder, 'portolan.yaml');
  const write = (text: string): Promise<void> => writeFile(file, text);
  await write(manifests);
  await writeFile(config, `clusterIPRanges: [${place.clusterIPs.range}]\n`);
  const [command, ...first] = RUNTIMES[place.runtime];
  const at = (port: number): string => `${place.node}:${port}`;
  const options: Readonly<Record<string, string>> = {
    config,
    http: at(PORTS.http),
    https: at(PORTS.https),
    dns: at(PORTS.dns),
    internal: at(PORTS.internal),
    admin: at(PORTS.admin),
    'node-address': place.node,
    'load-balancer-address': place.balancers,
    drain: '2',
  };
  const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(
    command,
    [...first, PORTOLAN, 'serve', '-f', file, '--redirect-https', '--cluster-ips', ...given],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PORTOLAN_TOKEN: TOKEN } },
  );
  let said = '';
  child.stdout.on('data', (data) => (said += String(data)));
  child.stderr.on('data', (data) => (said += String(data)));
  const exited = once(child, 'exit');
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null) process.kill(served(child.pid ?? 0), 'SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
    return child.exitCode;
  };
  const readyz = `http://${at(PORTS.admin)}/readyz`;
  while (!(await isReady(readyz))) {
    if (child.exitCode !== null) throw new Error(`${place.runtime} did not serve: ${said}`);
  }
  return { write, stop, printed: () => said };
}

/** The process that serves: Deno comes by way of one that starts it, waits, and ends as it does. */
function served(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return children === '' ? pid : Number(children.split(' ')[0]);
}

async function isReady(url: string): Promise<boolean> {
  await new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
  const response = await fetch(url).catch(() => undefined);
  return response?.ok ?? false;
}
