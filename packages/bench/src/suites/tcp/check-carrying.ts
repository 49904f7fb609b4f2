/* oxlint-disable no-await-in-loop -- until it listens */
import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

import { CHUNK, ECHO, STREAM } from './protocol.ts';

/**
 * Looks whether it carries both ways what it is given, and an end as an end.
 *
 * @throws {Error} where something else comes
 */
export async function checkCarrying(name: string, port: number): Promise<void> {
  try {
    await untilListening(port);
    await check(name, port);
  } catch (cause) {
    throw new Error(`${name} does not carry connections`, { cause });
  }
}

async function check(name: string, port: number): Promise<void> {
  const upload = Buffer.concat([Buffer.of(ECHO), ...Array.from({ length: 16 }, () => CHUNK)]);
  const echo = await connect(port);
  echo.end(upload);
  if (!upload.equals(await buffer(echo))) throw new Error(`${name} does not echo a megabyte`);

  const stream = await connect(port);
  stream.write(Buffer.of(STREAM));
  const wanted = 64;
  const received: Buffer[] = [];
  let length = 0;
  for await (const part of stream) {
    received.push(part);
    length += part.length;
    if (length >= wanted * CHUNK.length) break;
  }
  const all = Buffer.concat(received);
  for (let at = 0; at < wanted * CHUNK.length; at += CHUNK.length) {
    if (!CHUNK.equals(all.subarray(at, at + CHUNK.length))) {
      throw new Error(`${name} carries something else than the stream`);
    }
  }
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      (await connect(port)).destroy();
      return;
    } catch (error) {
      if (tries === 100) throw error;
    }
    await setTimeout(50);
  }
}

async function connect(port: number): Promise<Socket> {
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  await once(socket, 'connect');
  return socket;
}
