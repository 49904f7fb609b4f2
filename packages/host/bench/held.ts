/**
 * What a host holds: `node packages/host/bench/held.ts [CONNECTIONS] [SERVICES] [RELOADS] [RUNTIME]`, by default 10,000
 * connections, 1,000 Services with a node port each, and a flood of 200 reloads while the connections are open, on `node`; or on
 * `deno` or `bun`. Half of the connections are kept by the Ingress entrance, half of them go through node ports, which take two
 * file descriptors each: `ulimit -n` has to allow it.
 *
 * Before the flood a reload that changes one Service, and one that changes them all, is timed from the signal until its node port
 * is listened at, the 100 ms for which files must be still included, and a client that asks every 5 ms tells how long an answer
 * took at the longest.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';

import type { Answered, Told } from './held/clients.ts';
import { FIRST_NODE_PORT, manifests, turningPort, type Scale } from './held/manifests.ts';

const [connections = 10_000, services = 1_000, reloads = 200] = process.argv
  .slice(2, 5)
  .map(Number);
const MODULES = join(import.meta.dirname, '../../../node_modules');
const RUNTIMES = {
  node: [process.execPath],
  // The programs themselves: what npm puts in their place hands no signals on.
  deno: [join(MODULES, 'deno/deno'), 'run', '--allow-all'],
  bun: [join(MODULES, 'bun/bin/bun.exe')],
} as const;
const runtime = process.argv[5] ?? 'node';
const [command = '', ...first]: readonly string[] =
  Object.entries(RUNTIMES).find(([name]) => name === runtime)?.[1] ?? [];
const scale: Scale = {
  services,
  node: '127.0.96.1',
  pods: Array.from({ length: 10 }, (_, index) => `127.0.96.${index + 10}`),
};
const PORTOLAN = join(import.meta.dirname, '../../portolan/src/bin/portolan.ts');
const [http, admin] = [`${scale.node}:8080`, `${scale.node}:9090`];

const folder = await mkdtemp(join(tmpdir(), 'portolan-held-'));
const file = join(folder, 'manifests.yaml');
await writeFile(file, manifests(scale, 0));
const pods = fork(join(import.meta.dirname, 'held/pods.ts'), scale.pods);
const clients = fork(join(import.meta.dirname, 'held/clients.ts'));
const began = performance.now();
const places = ['--http', http, '--admin', admin, '--node-address', scale.node];
const serving = spawn(
  command,
  [...first, PORTOLAN, 'serve', '-f', file, ...places, '--drain', '5'],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
await untilReady();
await untilListening(scale.services);
tell(`ready, ${services} node ports listen`, `${seconds(began)} s, ${await memory()} MB`);

const addresses = Array.from({ length: connections }, (_, index) =>
  index % 2 === 0 ? http : `${scale.node}:${FIRST_NODE_PORT + (index % services)}`,
);
const opening = performance.now();
const opened = await told({ open: addresses, keep: http });
tell(`${opened.open} connections open, ${opened.answered} answered`, `${seconds(opening)} s`);
tell('memory with them', `${await memory()} MB`);

await tellReload('one Service changed', 1, 0);
await tellReload('every Service changed', 2, 1);
await tellReload('every Service changed again', 3, 2);

await told({ pulse: http });
const reloading = performance.now();
for (let turn = 1; turn <= reloads; turn += 1) {
  // oxlint-disable-next-line no-await-in-loop -- a flood, but one write after the other
  await reload(turn);
  // oxlint-disable-next-line no-await-in-loop -- as above
  await setTimeout(5);
}
const during = await told({ ask: true });
tell(
  `during ${reloads} reloads: ${during.open} open, ${during.answered} answered`,
  `${seconds(reloading)} s`,
);
await untilOpen(turningPort(scale, reloads));
tell('the last of them is served', `${seconds(reloading)} s`);
await setTimeout(3_000);
const { longest, failed } = await told({ rest: true });
tell('longest answer, and requests that failed', `${longest?.toFixed(0)} ms, ${failed}`);
const after = await told({ ask: true });
tell(`after them: ${after.open} open, ${after.answered} answered`, `${await memory()} MB`);

const draining = performance.now();
serving.kill('SIGTERM');
const exited = once(serving, 'exit');
clients.kill();
await exited;
tell(`ended with ${serving.exitCode}`, `${seconds(draining)} s`);
pods.kill();
await rm(folder, { recursive: true });

/** @param changed As `manifests` takes it. */
async function reload(turn: number, changed = 0): Promise<void> {
  await writeFile(`${file}.new`, manifests(scale, turn, changed));
  // Whoever reads finds one or the other, and nothing half written.
  await rename(`${file}.new`, file);
  serving.kill('SIGHUP');
}

async function tellReload(what: string, turn: number, changed: number): Promise<void> {
  await told({ pulse: http });
  const since = performance.now();
  await reload(turn, changed);
  await untilOpen(turningPort(scale, turn));
  const took = seconds(since);
  await setTimeout(1_000);
  const { longest: pause, failed: lost } = await told({ rest: true });
  tell(what, `${took} s, longest answer ${pause?.toFixed(0)} ms, ${lost} failed`);
}

function tell(what: string, figure: string): void {
  process.stdout.write(`${what.padEnd(60)} ${figure}\n`);
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

/** Resident, of the process that serves. */
async function memory(): Promise<number> {
  const status = await readFile(`/proc/${serving.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

async function told(message: Told): Promise<Answered> {
  clients.send(message);
  const [answer]: readonly Answered[] = await once(clients satisfies ChildProcess, 'message');
  return answer ?? { open: 0, answered: 0 };
}

async function untilReady(): Promise<void> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- asked again and again
    const response = await fetch(`http://${admin}/readyz`).catch(() => undefined);
    if (response?.ok) return;
    if (serving.exitCode !== null) throw new Error('portolan serve has ended');
    // oxlint-disable-next-line no-await-in-loop -- as above
    await setTimeout(50);
  }
}

/** Until so many node ports are listened at. */
async function untilListening(count: number): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- looked at again and again
  while ((await listening()).length < count) await setTimeout(50);
}

/** Until a node port is listened at. */
async function untilOpen(port: number): Promise<void> {
  for (;;) {
    const socket = net.connect(port, scale.node);
    try {
      // oxlint-disable-next-line no-await-in-loop -- asked again and again
      await once(socket, 'connect');
      return;
    } catch {
      // oxlint-disable-next-line no-await-in-loop -- as above
      await setTimeout(10);
    } finally {
      socket.destroy();
    }
  }
}

/** What the system tells of listeners of the process. It takes long where there are many connections. */
async function listening(): Promise<readonly string[]> {
  const lines = (await readFile('/proc/net/tcp', 'utf8')).split('\n');
  // In the kernel's own order of bytes: 127.0.96.1.
  return lines.filter((line) => / 0160007F:\w{4} \w{8}:\w{4} 0A /.test(line));
}
