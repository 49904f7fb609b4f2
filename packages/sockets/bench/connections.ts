/**
 * What carrying costs, against a bare pipe of `node:net` in the same process: connections a second, bytes a second, and memory
 * with many connections open. Clients and the endpoint are processes of their own.
 *
 *     node --expose-gc packages/sockets/bench/connections.ts [connections] [megabytes]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { createInterface } from 'node:readline';

import { createEndpointStates } from '@portolan/proxy';

import { createListeners } from '../src/index.ts';
import { freeNodePort, shop } from '../test/harbour/harbour.ts';

const [, , connections = '5000', megabytes = '500', role, at = '0'] = process.argv;
const count = Number(connections);
const bytes = Number(megabytes) * 1024 * 1024;

/** A process of its own, asked by lines of text. */
function start(...args: readonly string[]): {
  readonly ask: (question: string) => Promise<string>;
  readonly stop: () => void;
} {
  const running = spawn(process.execPath, [import.meta.filename, connections, megabytes, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(running.stdout);
  return {
    ask: async (question) => {
      const answer = once(lines, 'line');
      running.stdin.write(`${question}\n`);
      const [line]: string[] = await answer;
      return line ?? '';
    },
    stop: () => running.kill(),
  };
}

function answerLines(questions: Readonly<Record<string, () => Promise<unknown>>>): void {
  createInterface(process.stdin).on('line', (line) => {
    void questions[line]?.().then((text) => process.stdout.write(`${String(text)}\n`));
  });
}

function serve(): void {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (first) => {
      // `s` asks for a stream, anything else for an echo.
      if (first[0] !== 0x73) {
        socket.write(first);
        socket.pipe(socket);
        return;
      }
      const chunk = Buffer.alloc(64 * 1024);
      let left = bytes;
      const fill = (): void => {
        while (left > 0) {
          left -= chunk.length;
          if (!socket.write(chunk)) return;
        }
        socket.end();
      };
      socket.on('drain', fill);
      fill();
    });
  });
  server.listen(0, '127.0.0.1', 4096);
  answerLines({
    port: async () => {
      const address = server.address();
      return typeof address === 'object' ? address?.port : '';
    },
  });
}

async function connect(port: number): Promise<net.Socket> {
  const socket = net.connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  return socket;
}

async function echoed(port: number): Promise<net.Socket> {
  const socket = await connect(port);
  socket.write('x');
  await once(socket, 'data');
  return socket;
}

function ask(port: number): void {
  const open: net.Socket[] = [];
  answerLines({
    rate: async () => {
      let begun = 0;
      const startedAt = performance.now();
      const one = async (): Promise<void> => {
        while (begun < count) {
          begun += 1;
          // oxlint-disable-next-line no-await-in-loop -- each worker has one at a time
          const socket = await echoed(port);
          socket.resetAndDestroy();
        }
      };
      await Promise.all(Array.from({ length: 50 }, one));
      return (count / (performance.now() - startedAt)) * 1000;
    },
    stream: async () => {
      const startedAt = performance.now();
      const socket = await connect(port);
      socket.write('s');
      socket.resume();
      await once(socket, 'end');
      return Number(megabytes) / ((performance.now() - startedAt) / 1000);
    },
    open: async () => {
      while (open.length < count) {
        // oxlint-disable-next-line no-await-in-loop -- some at a time
        open.push(...(await Promise.all(Array.from({ length: 50 }, () => echoed(port)))));
      }
      return open.length;
    },
    leave: async () => {
      for (const socket of open.splice(0)) socket.destroy();
    },
  });
}

interface Figures {
  readonly rate: number;
  readonly stream: number;
  /** Kilobytes of JavaScript's memory for each open connection. */
  readonly memory: number;
}

function used(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function measure(port: number): Promise<Figures> {
  const client = start('client', String(port));
  // Once to warm up.
  await client.ask('rate');
  const rate = Number(await client.ask('rate'));
  const stream = Number(await client.ask('stream'));
  globalThis.gc?.();
  const before = used();
  await client.ask('open');
  globalThis.gc?.();
  const memory = (used() - before) / count / 1024;
  await client.ask('leave');
  client.stop();
  return { rate, stream, memory };
}

async function compare(): Promise<void> {
  const endpoint = start('server');
  const target = Number(await endpoint.ask('port'));
  const bare = net.createServer({ allowHalfOpen: true }, (client) => {
    const to = net.connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [client, to]) {
      socket.on('error', () => {
        client.destroy();
        to.destroy();
      });
    }
    client.pipe(to).pipe(client);
  });
  bare.listen(0, '127.0.0.1', 4096);
  await once(bare, 'listening');
  const barePort = bare.address();
  const port = await freeNodePort();
  const snapshot = shop(port, {});
  const listeners = createListeners({
    snapshot: () => snapshot,
    states: createEndpointStates(),
    overrides: () => ({ '10.244.0.1:5432': `127.0.0.1:${target}` }),
  });
  await listeners.update([{ entrance: 'external', protocol: 'TCP', address: '127.0.0.1', port }]);
  for (let round = 0; round < 2; round += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const pipe = await measure(typeof barePort === 'object' ? (barePort?.port ?? 0) : 0);
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const ours = await measure(port);
    const row = (what: string, unit: string, key: keyof Figures): string =>
      `${what}: ${ours[key].toFixed(0)} ${unit}, bare pipe ${pipe[key].toFixed(0)}, ratio ${(ours[key] / pipe[key]).toFixed(2)}\n`;
    process.stdout.write(row('connections a second', '/s', 'rate'));
    process.stdout.write(row('one stream', 'MiB/s', 'stream'));
    process.stdout.write(row(`memory for each of ${count} open`, 'KiB', 'memory'));
  }
  endpoint.stop();
  bare.close();
  await listeners.close();
}

if (role === 'server') serve();
else if (role === 'client') ask(Number(at));
else await compare();
