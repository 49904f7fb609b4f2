import { once } from 'node:events';
import type http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setInterval } from 'node:timers/promises';

import { expect } from 'vitest';

import { open } from '../client/client.ts';
import { HASTY } from '../errand/errand.ts';
import type { Behaviour } from './behaviour.ts';

const CHUNK = Buffer.alloc(64 * 2 ** 10, 'x');
/** More than all the buffers on the way can hold. */
const FLOOD = 256 * 2 ** 20;

interface Gate<T> {
  readonly opened: Promise<T>;
  readonly open: (value: T) => void;
}

function gate<T>(): Gate<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  return { opened: promise, open: resolve };
}

/** Writes until everything is written or the other side is gone; tells how far it has come. */
function flood(sink: http.OutgoingMessage): () => number {
  let written = 0;
  const write = (): void => {
    while (written < FLOOD && !sink.destroyed) {
      written += CHUNK.length;
      if (!sink.write(CHUNK)) {
        sink.once('drain', write);
        return;
      }
    }
  };
  write();
  return () => written;
}

/** Waits until a count has stood still for a while, and tells where. */
async function stillness(count: () => number): Promise<number> {
  let [last, same] = [-1, 0];
  for await (const _ of setInterval(20)) {
    same = count() === last ? same + 1 : 0;
    if (same === 10) break;
    last = count();
  }
  return last;
}

async function chunks(message: http.IncomingMessage, text: string): Promise<void> {
  let received = '';
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    received += String(chunk);
    if (received.length >= text.length) break;
  }
  expect(received).toBe(text);
}

function breakingOff(header: http.OutgoingHttpHeaders): Behaviour {
  const length = 'content-length' in header ? 'known' : 'unknown';
  return {
    name: `an answer of ${length} length that breaks off is never taken for whole`,
    check: async (scene) => {
      const broken = gate<() => void>();
      const path = scene.origin.on((_, response) => {
        response.writeHead(200, header);
        response.write('the first part');
        broken.open(() => response.destroy());
      });
      const { request, response } = open(scene.port, { path: scene.to(path) });
      request.end();
      const message = await response;
      await chunks(message, 'the first part');
      (await broken.opened)();
      await expect(buffer(message)).rejects.toThrow('aborted');
    },
  };
}

export const streams: readonly Behaviour[] = [
  {
    name: 'an answer is passed on part by part while it is written',
    check: async (scene) => {
      const more = gate<void>();
      const path = scene.origin.on(async (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: one\n\n');
        await more.opened;
        response.end('data: two\n\n');
      });
      const { request, response } = open(scene.port, { path: scene.to(path) });
      request.end();
      const message = await response;
      await chunks(message, 'data: one\n\n');
      more.open();
      expect((await buffer(message)).toString()).toBe('data: two\n\n');
    },
  },
  {
    name: 'the header of an answer is passed on before there is a body',
    skip: ({ name }) =>
      name === 'bun' ? 'Bun.serve keeps the header back until there is a body' : undefined,
    check: async (scene) => {
      const more = gate<void>();
      const path = scene.origin.on(async (_, response) => {
        response.writeHead(200, { 'x-here': 'already' });
        response.flushHeaders();
        await more.opened;
        response.end();
      });
      const { request, response } = open(scene.port, { path: scene.to(path) });
      request.end();
      expect((await response).headers['x-here']).toBe('already');
      more.open();
    },
  },
  {
    name: 'a request is passed on part by part while it is sent',
    check: async (scene) => {
      const first = gate<string>();
      const path = scene.origin.on(async (request, response) => {
        const [chunk] = await once(request, 'data');
        first.open(String(chunk));
        response.end(await buffer(request));
      });
      const { request, response } = open(scene.port, { method: 'POST', path: scene.to(path) });
      request.write('one');
      expect(await first.opened).toBe('one');
      request.end('two');
      expect((await buffer(await response)).toString()).toBe('two');
    },
  },
  {
    name: 'an answer may be over before the request is',
    check: async (scene) => {
      const path = scene.origin.on((_, response) => {
        response.writeHead(413, { connection: 'close' });
        response.end('enough');
      });
      const { request, response } = open(scene.port, { method: 'POST', path: scene.to(path) });
      request.write('the first part');
      const message = await response;
      expect(message.statusCode).toBe(413);
      expect((await buffer(message)).toString()).toBe('enough');
      request.destroy();
    },
  },
  {
    name: 'an origin that floods is held back while the client does not read',
    check: async (scene) => {
      const written = gate<() => number>();
      const path = scene.origin.on((_, response) => {
        response.writeHead(200);
        written.open(flood(response));
      });
      const { request, response } = open(scene.port, { path: scene.to(path) });
      request.end();
      const message = await response;
      expect(await stillness(await written.opened)).toBeLessThan(FLOOD / 2);
      message.destroy();
    },
  },
  {
    name: 'a client that floods is held back while the origin does not read',
    check: async (scene) => {
      const arrived = gate<http.IncomingMessage>();
      const path = scene.origin.on((request) => arrived.open(request));
      const { request } = open(scene.port, { method: 'POST', path: scene.to(path) });
      const written = flood(request);
      const message = await arrived.opened;
      expect(await stillness(written)).toBeLessThan(FLOOD / 2);
      message.destroy();
      request.destroy();
    },
  },
  {
    name: 'a client that leaves before the answer is missed at the origin',
    skip: ({ name }) =>
      name === 'workerd'
        ? 'local workerd notices only when it writes to a client that it has gone'
        : undefined,
    check: async (scene) => {
      const arrived = gate<void>();
      const left = gate<void>();
      const path = scene.origin.on((_, response) => {
        response.once('close', left.open);
        arrived.open();
      });
      const { request } = open(scene.port, { path: scene.to(path) });
      request.end();
      await arrived.opened;
      request.destroy();
      await left.opened;
    },
  },
  {
    name: 'a client that leaves during the answer is missed at the origin',
    check: async (scene) => {
      const left = gate<void>();
      const path = scene.origin.on((_, response) => {
        response.writeHead(200);
        response.write('one');
        const ticking = globalThis.setInterval(() => response.write('two'), 20);
        response.once('close', () => {
          clearInterval(ticking);
          left.open();
        });
      });
      const { request, response } = open(scene.port, { path: scene.to(path) });
      request.end();
      await once(await response, 'data');
      request.destroy();
      await left.opened;
    },
  },
  {
    name: 'a client that leaves during its request is missed at the origin, which never takes it for whole',
    check: async (scene) => {
      const arrived = gate<void>();
      const complete = gate<boolean>();
      const path = scene.origin.on((request) => {
        request.on('error', () => undefined);
        request.once('data', () => arrived.open());
        request.once('close', () => complete.open(request.complete));
      });
      const { request } = open(scene.port, { method: 'POST', path: scene.to(path) });
      request.write('one');
      await arrived.opened;
      request.destroy();
      expect(await complete.opened).toBe(false);
    },
  },
  ...[{}, { 'content-length': 100 }].map(breakingOff),
  {
    name: 'an answer that has begun is not cut by the limit for the first byte',
    check: async (scene) => {
      const path = scene.origin.on((_, response) => {
        response.writeHead(200);
        response.write('one');
        setTimeout(() => response.end('two'), 600);
      });
      const { body } = await scene.send({ path }, HASTY);
      expect(body.toString()).toBe('onetwo');
    },
  },
  {
    name: 'a request that takes its time is not cut by the limit for the first byte, and keeps its length',
    check: async (scene) => {
      const path = scene.origin.on(async (request, response) => {
        response.setHeader('x-length', request.headers['content-length'] ?? 'none');
        response.end(await buffer(request));
      });
      const { request, response } = open(scene.port, {
        method: 'POST',
        path: scene.to(path, HASTY),
        headers: { 'content-length': 6 },
      });
      request.write('one');
      setTimeout(() => request.end('two'), 600);
      const message = await response;
      const { keepsObservedLength } = scene.runtime;
      expect(message.headers['x-length']).toBe(keepsObservedLength ? '6' : 'none');
      expect((await buffer(message)).toString()).toBe('onetwo');
    },
  },
];
