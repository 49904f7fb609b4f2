/**
 * What forwarding costs on the Node host, beside a bare forwarder on undici that does nothing else. Small bodies, kept
 * connections; origin, proxy and clients are processes of their own. Ratios are within one run; rounds take turns, and of
 * all rounds the median counts.
 *
 *     node packages/node/bench/forward.ts [--rounds 5] [--seconds 3] [--connections 32] [--only name,name]
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { parseArgs } from 'node:util';

import type { LoadResult } from './processes/load.ts';
import { PROXIES, type ProxyName } from './processes/proxy.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '32' },
    only: { type: 'string', default: PROXIES.join(',') },
  },
});
const rounds = Number(values.rounds);
const asked = new Set(values.only.split(','));
const names = PROXIES.filter((name) => asked.has(name));

const METHODS = ['GET', 'POST'] as const;
type Method = (typeof METHODS)[number];

interface Round extends LoadResult {
  /** Microseconds of CPU time of the proxy, user and system. */
  readonly cpu: number;
}

function start(file: string, ...parameters: readonly (number | string)[]): ChildProcess {
  return fork(new URL(`processes/${file}`, import.meta.url), parameters.map(String));
}

/** What a process says next. */
async function told(child: ChildProcess): Promise<number> {
  const [message]: unknown[] = await once(child, 'message');
  return Number(message);
}

async function cpuOf(proxy: ChildProcess): Promise<number> {
  proxy.send('cpu');
  return told(proxy);
}

async function load(port: number, method: Method, seconds: number): Promise<LoadResult> {
  const client = start('load.ts', port, method, values.connections, seconds);
  const [message] = await once(client, 'message');
  return { requests: Number(message.requests), seconds: Number(message.seconds) };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

const origin = start('origin.ts');
const originPort = await told(origin);
const proxies = new Map<ProxyName, { readonly child: ChildProcess; readonly port: number }>();
for (const name of names) {
  const child = start('proxy.ts', name, originPort);
  // oxlint-disable-next-line no-await-in-loop -- one after another, so that none disturbs another
  proxies.set(name, { child, port: await told(child) });
}

async function measure(name: ProxyName, method: Method, seconds: number): Promise<Round> {
  const proxy = proxies.get(name);
  if (proxy === undefined) throw new Error(`${name} does not run`);
  const before = await cpuOf(proxy.child);
  const result = await load(proxy.port, method, seconds);
  return { ...result, cpu: (await cpuOf(proxy.child)) - before };
}

for (const method of METHODS) {
  const measured = new Map<ProxyName, Round[]>();
  for (let round = -1; round < rounds; round += 1) {
    for (const name of names) {
      // oxlint-disable-next-line no-await-in-loop
      const result = await measure(name, method, Number(values.seconds));
      // The first is for warming up.
      if (round >= 0) measured.set(name, [...(measured.get(name) ?? []), result]);
    }
  }
  const rows = names.map((name) => {
    const results = measured.get(name) ?? [];
    return {
      name,
      perSecond: median(results.map(({ requests, seconds }) => requests / seconds)),
      cpu: median(results.map(({ requests, cpu }) => cpu / requests)),
    };
  });
  const [bare] = rows;
  process.stdout.write(`${method}\n`);
  for (const { name, perSecond, cpu } of rows) {
    const ratios =
      bare === undefined
        ? ''
        : `${(perSecond / bare.perSecond).toFixed(2)} of the requests, ${(cpu / bare.cpu).toFixed(2)} of the CPU time`;
    process.stdout.write(
      `  ${name.padEnd(12)} ${perSecond.toFixed(0).padStart(6)}/s ${cpu.toFixed(0).padStart(5)} µs CPU each: ${ratios}\n`,
    );
  }
}

for (const child of [origin, ...Array.from(proxies.values(), (proxy) => proxy.child)]) child.kill();
