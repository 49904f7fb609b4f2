import { once } from 'node:events';
import { request } from 'node:http';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket, type RawData } from 'ws';

import { Endpoint } from './endpoint.ts';
import type { Start, Started } from './start.ts';

/** What isn't the same on every host; their READMEs say so. */
export interface Limits {
  /** The close codes that an endpoint can be sent: all, or those that the WebSocket standard grants to browsers. */
  readonly closeCodes: 'all' | 'browser';
  /** Whether a side that sends too fast can be made to wait. */
  readonly pauses: boolean;
  /** Whether an endpoint that is asked for subprotocols has to choose one, as the WebSocket standard says. */
  readonly needsSubprotocol: boolean;
  /** Whose User-Agent the endpoint sees. */
  readonly userAgent: RegExp;
}

const MEGABYTE = 1024 * 1024;
const PATIENCE = { timeout: 30_000 };
const ECHO = (socket: WebSocket): void => {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
};

/** Passing WebSockets on: RFC 6455. */
export function describeWebSockets(start: Start, limits: Limits): void {
  const endpoint = new Endpoint();
  let host: Started;

  beforeAll(async () => {
    host = await start(await endpoint.start());
    endpoint.on('/echo', ECHO);
  });

  afterAll(async () => {
    await host.stop();
    endpoint.stop();
  });

  const open = (path: string, protocols: string[] = [], headers = {}): WebSocket => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, protocols, { headers });
    socket.on('error', () => undefined);
    return socket;
  };
  const closing = async (socket: WebSocket): Promise<[code: number, reason: string]> => {
    const [code, reason] = await once(socket, 'close');
    return [code, String(reason)];
  };
  /** The endpoint's side of the next WebSocket at a path. */
  const accepted = (path: string): Promise<WebSocket> =>
    new Promise((resolve) => endpoint.on(path, resolve));
  const pair = async (path: string): Promise<[client: WebSocket, server: WebSocket]> => {
    const server = accepted(path);
    const client = open(path);
    await once(client, 'open');
    return [client, await server];
  };

  /** Resolves when a good deal of other things could be done. */
  const meanwhile = async (): Promise<void> => {
    const socket = open('/echo');
    await once(socket, 'open');
    for (let turn = 0; turn < 20; turn++) {
      const echo = collect(socket, 1);
      socket.send('meanwhile');
      await echo;
    }
    socket.close();
  };

  describe('messages', () => {
    it('go both ways, text as text and binary as binary', async () => {
      const socket = open('/echo');
      await once(socket, 'open');
      const messages = collect(socket, 4);
      socket.send('land in sight ⚓');
      socket.send(Buffer.of(0, 255, 1));
      socket.send('');
      socket.send(Buffer.alloc(0));
      expect(await messages).toEqual([
        'land in sight ⚓',
        Buffer.of(0, 255, 1),
        '',
        Buffer.alloc(0),
      ]);
      socket.close();
    });

    it('are passed on whole when they are large', async () => {
      const socket = open('/echo');
      await once(socket, 'open');
      const large = Buffer.alloc(20 * MEGABYTE, 'portolan');
      for (const binary of [true, false]) {
        const echo = collect(socket, 1);
        socket.send(large, { binary });
        const [message = ''] = await echo;
        expect(large.equals(Buffer.from(message))).toBe(true);
      }
      socket.close();
    });

    it('of a client that are larger than 64 MiB end the WebSocket', async () => {
      const [client, server] = await pair('/too-large');
      const ended = [once(client, 'close'), once(server, 'close')];
      let isPassedOn = false;
      server.on('message', () => (isPassedOn = true));
      client.send(Buffer.alloc(65 * MEGABYTE));
      await Promise.all(ended);
      expect(isPassedOn).toBe(false);
    });

    it('stay in order, a thousand each way at once', async () => {
      const numbers = Array.from({ length: 1000 }, (_, number) => String(number));
      const [client, server] = await pair('/thousand');
      const received = Promise.all([collect(client, 1000), collect(server, 1000)]);
      for (const number of numbers) {
        client.send(number);
        server.send(number);
      }
      expect(await received).toEqual([numbers, numbers]);
      client.close();
    });

    it('that the endpoint sends before the client is accepted are not lost', async () => {
      endpoint.on('/greet', (socket) => {
        socket.send('first');
        socket.send(Buffer.of(2));
        socket.close(4002, 'that was all');
      });
      const socket = open('/greet');
      const ended = closing(socket);
      expect(await collect(socket, 2)).toEqual(['first', Buffer.of(2)]);
      expect(await ended).toEqual([4002, 'that was all']);
    });

    it('that were sent before the end arrive before it, be the other side slow', async () => {
      const [client, server] = await pair('/last-words');
      client.pause();
      for (let index = 0; index < 12; index++) server.send(Buffer.alloc(MEGABYTE));
      server.close(4001, 'done');
      await meanwhile();
      const ended = closing(client);
      const received = collect(client, 12);
      client.resume();
      expect((await received).every((message) => message.length === MEGABYTE)).toBe(true);
      expect(await ended).toEqual([4001, 'done']);
    });
  });

  describe('the handshake', () => {
    it('gives the client the subprotocol that the endpoint chose', async () => {
      const socket = open('/echo', ['chart', 'course']);
      await once(socket, 'open');
      expect(socket.protocol).toBe('course');
      socket.close();
    });

    it.runIf(limits.needsSubprotocol)('fails where the endpoint chose none', async () => {
      expect(await statusOf(open('/echo', ['none']))).toBe(502);
    });

    it.runIf(!limits.needsSubprotocol)('gives the client none where it chose none', async () => {
      const socket = open('/echo', ['none']);
      const [response] = await once(socket, 'upgrade');
      expect(response.headers).not.toHaveProperty('sec-websocket-protocol');
      socket.terminate();
    });

    it('brings the header fields to the endpoint, Host among them, and no field of the client’s handshake', async () => {
      const asked = endpoint.asked('/echo');
      const socket = open('/echo', ['chart', 'course'], {
        host: 'shop.example',
        authorization: 'Bearer x',
        cookie: 'a=1; b=2',
        origin: 'https://shop.example',
        'user-agent': 'compass/1',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      });
      const { headers, rawHeaders } = await asked;
      expect(headers).toMatchObject({
        host: 'shop.example',
        authorization: 'Bearer x',
        cookie: 'a=1; b=2',
        origin: 'https://shop.example',
        'user-agent': expect.stringMatching(limits.userAgent),
        'sec-websocket-protocol': expect.stringMatching(/^chart, ?course$/),
        'sec-websocket-version': '13',
      });
      expect(headers['sec-websocket-key']).not.toBe('dGhlIHNhbXBsZSBub25jZQ==');
      expect(headers).not.toHaveProperty('sec-websocket-extensions');
      const names = rawHeaders
        .filter((_, index) => index % 2 === 0)
        .map((each) => each.toLowerCase());
      expect(names).toHaveLength(new Set(names).size);
      socket.terminate();
    });

    it.each([
      ['a 403', 'HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno', 403],
      ['a redirect, which is not followed', redirectTo('/echo'), 302],
      ['a 200', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi', 200],
    ])('gives the client the status where the endpoint answers %s', async (_, answer, status) => {
      endpoint.answer(`/status-${status}`, answer);
      expect(await statusOf(open(`/status-${status}`))).toBe(status);
    });

    it.each([
      ['hangs up', ''],
      ['answers no HTTP', 'hello\r\n\r\n'],
    ])('fails where the endpoint %s', async (what, answer) => {
      const path = `/${what.replaceAll(' ', '-')}`;
      endpoint.answer(path, answer);
      expect(await statusOf(open(path))).toBe(502);
    });

    it('fails where the endpoint chooses a subprotocol that nobody asked for', async () => {
      endpoint.on('/unasked', ECHO);
      expect(await statusOf(open('/unasked', ['chart']))).toBe(502);
    });

    it('is refused where it asks for another version, and the endpoint is not asked', async () => {
      let isAsked = false;
      void endpoint.asked('/refused').then(() => (isAsked = true));
      const asking = request({
        port: host.port,
        path: '/refused',
        headers: {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
          'sec-websocket-version': '12',
        },
      }).end();
      const [response] = await once(asking, 'response');
      expect(response).toMatchObject({
        statusCode: 400,
        headers: { 'sec-websocket-version': '13' },
      });
      response.resume();
      expect(isAsked).toBe(false);
    });

    it('ends at the endpoint when the client leaves before it is over', async () => {
      const asked = endpoint.asked('/never');
      const gone = endpoint.gone('/never');
      const socket = open('/never');
      await asked;
      socket.terminate();
      await expect(gone).resolves.toBeUndefined();
    });
  });

  describe('the end', () => {
    const toEndpoint: readonly (readonly [code: number, reason: string])[] = [
      [1000, 'all ashore'],
      [1001, 'away'],
      [1005, ''],
      [1011, 'oh'],
      [3000, ''],
      [4999, 'ours'],
    ];
    it.each(toEndpoint)('of the client with %i is told to the endpoint', async (code, reason) => {
      const [client, server] = await pair('/client-closes');
      const ended = closing(server);
      close(client, code, reason);
      const isKept = limits.closeCodes === 'all' || code === 1000 || code >= 3000;
      expect(await ended).toEqual(isKept ? [code, reason] : [1005, '']);
    });

    it.each(toEndpoint)('of the endpoint with %i is told to the client', async (code, reason) => {
      const [client, server] = await pair('/endpoint-closes');
      const ended = closing(client);
      close(server, code, reason);
      expect(await ended).toEqual([code, reason]);
    });

    it('is 1011 for the client when the endpoint’s connection breaks', async () => {
      const [client, server] = await pair('/endpoint-breaks');
      const ended = closing(client);
      server.terminate();
      expect(await ended).toEqual([1011, '']);
    });

    it('is told to the endpoint when the client’s connection breaks', async () => {
      const [client, server] = await pair('/client-breaks');
      const ended = closing(server);
      client.terminate();
      expect(await ended).toEqual([limits.closeCodes === 'all' ? 1011 : 1005, '']);
    });

    it('is told to whoever passed the WebSocket on', async () => {
      const [client] = await pair('/told');
      const ended = async (): Promise<unknown> =>
        (await fetch(`http://127.0.0.1:${host.port}/ended`)).json();
      expect(await ended()).not.toContain('/told');
      client.close();
      await expect.poll(ended, PATIENCE).toContain('/told');
    });
  });

  describe('a side that takes nothing in', () => {
    const flood = async (from: WebSocket, megabytes: number): Promise<number> => {
      let sent = 0;
      const isOver = once(from, 'close').then(() => true);
      while (sent < megabytes && from.readyState === WebSocket.OPEN) {
        const written = new Promise((resolve) => from.send(Buffer.alloc(MEGABYTE), resolve));
        if ((await Promise.race([written, isOver])) === true) break;
        sent += 1;
      }
      return sent;
    };

    it.runIf(limits.pauses).each([
      ['client', 'endpoint'],
      ['endpoint', 'client'],
    ])('makes the other wait and loses nothing: the %s', async (slow) => {
      const [client, server] = await pair(`/slow-${slow}`);
      const [slowSide, fastSide] = slow === 'client' ? [client, server] : [server, client];
      slowSide.pause();
      let isAllSent = false;
      const sent = flood(fastSide, 128).then((count) => {
        isAllSent = true;
        return count;
      });
      // What waits in the fast side's own buffer, for nobody takes it.
      await expect.poll(() => fastSide.bufferedAmount, PATIENCE).toBeGreaterThan(0);
      await meanwhile();
      expect(isAllSent).toBe(false);
      const received = collect(slowSide, 128);
      slowSide.resume();
      expect(await sent).toBe(128);
      expect((await received).every((message) => message.length === MEGABYTE)).toBe(true);
      client.close();
    });

    it.runIf(!limits.pauses).each([
      ['client', 'endpoint'],
      ['endpoint', 'client'],
    ])('ends both once too much waits for it: the %s', async (slow) => {
      const [client, server] = await pair(`/too-slow-${slow}`);
      const [slowSide, fastSide] = slow === 'client' ? [client, server] : [server, client];
      slowSide.pause();
      const ended = closing(fastSide);
      expect(await flood(fastSide, 128)).toBeLessThan(128);
      // One in the middle of sending may find the connection gone before it reads why.
      const [code] = await ended;
      expect(fastSide === client ? [1006, 1013] : [1005]).toContain(code);
      slowSide.terminate();
    });
  });
}

function close(socket: WebSocket, code: number, reason: string): void {
  if (code === 1005) socket.close();
  else socket.close(code, reason);
}

/** The next messages: text as strings, binary as buffers. */
function collect(socket: WebSocket, count: number): Promise<(Buffer | string)[]> {
  return new Promise((resolve) => {
    const messages: (Buffer | string)[] = [];
    const add = (data: RawData, isBinary: boolean): void => {
      const bytes = Buffer.isBuffer(data) ? data : Buffer.concat([data].flat().map(toBuffer));
      messages.push(isBinary ? bytes : bytes.toString());
      if (messages.length < count) return;
      socket.off('message', add);
      resolve(messages);
    };
    socket.on('message', add);
  });
}

function toBuffer(data: ArrayBuffer | Buffer): Buffer {
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

async function statusOf(socket: WebSocket): Promise<number> {
  const [, response] = await once(socket, 'unexpected-response');
  const { statusCode } = response;
  response.resume();
  socket.terminate();
  return statusCode;
}

function redirectTo(path: string): string {
  return `HTTP/1.1 302 Found\r\nlocation: ${path}\r\ncontent-length: 0\r\n\r\n`;
}
