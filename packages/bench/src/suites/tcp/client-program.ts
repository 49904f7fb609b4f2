/** Clients, run in a process of their own: they do what they are told, and tell what came of it. */
import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

import type { Done, Task } from './load.ts';
import { MESSAGE, STREAM } from './protocol.ts';

const task: Task = JSON.parse(process.argv[2] ?? '');
const { what, port, seconds, connections } = task;
const to = { port, host: '127.0.0.1', noDelay: true };

const DO: Readonly<Record<Task['what'], () => Promise<Done>>> = {
  /** Each says one message, has it back and ends. */
  connections: async () => {
    const { startedAt, isOver } = clock();
    let amount = 0;
    const inTurn = async (): Promise<void> => {
      do {
        // oxlint-disable-next-line no-await-in-loop -- each worker has one at a time
        const socket = await echoed();
        socket.end();
        // oxlint-disable-next-line no-await-in-loop -- each worker has one at a time
        await once(socket, 'close');
        amount += 1;
      } while (!isOver());
    };
    await Promise.all(Array.from({ length: connections }, inTurn));
    return { amount, seconds: since(startedAt) };
  },
  /** One after the other on one connection. */
  messages: async () => {
    const socket = await echoed();
    const took: number[] = [];
    const { startedAt, isOver } = clock();
    await new Promise<void>((resolve) => {
      let sentAt = performance.now();
      let received = 0;
      socket.on('data', (data) => {
        received += data.length;
        if (received < MESSAGE.length) return;
        if (received > MESSAGE.length) throw new Error('more came back than was sent');
        received = 0;
        const now = performance.now();
        took.push(now - sentAt);
        if (isOver()) return resolve();
        sentAt = now;
        socket.write(MESSAGE);
      });
      socket.write(MESSAGE);
    });
    took.sort((a, b) => a - b);
    return {
      amount: took.length,
      seconds: since(startedAt),
      roundTrip: 1000 * (took[Math.floor(took.length / 2)] ?? NaN),
      slowRoundTrip: 1000 * (took[Math.floor(took.length * 0.99)] ?? NaN),
    };
  },
  stream: async () => {
    let bytes = 0;
    const { startedAt, isOver } = clock();
    await new Promise<void>((resolve, reject) => {
      // Always the same memory: the client should cost as little as it can.
      const buffer = Buffer.allocUnsafe(64 * 1024);
      const callback = (length: number): boolean => {
        bytes += length;
        if (isOver()) resolve();
        return !isOver();
      };
      const socket = net.connect({ ...to, onread: { buffer, callback } });
      socket.on('error', reject);
      socket.write(Buffer.of(STREAM));
    });
    return { amount: bytes / 1e6, seconds: since(startedAt) };
  },
  held: async () => {
    const { startedAt } = clock();
    const open: Socket[] = [];
    while (open.length < connections) {
      // oxlint-disable-next-line no-await-in-loop -- some at a time
      open.push(...(await Promise.all(Array.from({ length: 50 }, echoed))));
    }
    return { amount: open.length, seconds: since(startedAt) };
  },
};

function clock(): { readonly startedAt: number; readonly isOver: () => boolean } {
  const startedAt = performance.now();
  return { startedAt, isOver: () => performance.now() - startedAt >= seconds * 1000 };
}

function since(startedAt: number): number {
  return (performance.now() - startedAt) / 1000;
}

/** A connection that a message has gone over, there and back. */
function echoed(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to);
    socket.on('error', reject);
    socket.once('data', (data: Buffer) => {
      if (data.equals(MESSAGE)) resolve(socket);
      else reject(new Error(`something else came back: ${data.toString('latin1')}`));
    });
    socket.write(MESSAGE);
  });
}

const done = await DO[what]();
process.stdout.write(`${JSON.stringify(done)}\n`, () => {
  if (what !== 'held') process.exit();
});
