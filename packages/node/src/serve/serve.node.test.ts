import { once } from 'node:events';
import net from 'node:net';
import { setTimeout } from 'node:timers/promises';

import type { Handler } from '@portolan/proxy';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { connect, exchange, refusalIn } from '../../test/raw-client/raw-client.ts';
import { flood } from '../../test/still/flood.ts';
import { still } from '../../test/still/still.ts';
import type { HTTPServer, ServeOptions } from './serve-options.ts';
import { serve } from './serve.ts';

const HOST = 'Host: shop.example\r\n';
const LAST = `${HOST}Connection: close\r\n`;

let server: HTTPServer | undefined;
afterEach(() => server?.close());

async function start(handler: Handler, options: ServeOptions = {}): Promise<number> {
  server = await serve(handler, { hostname: '127.0.0.1', drain: 0, ...options });
  return server.port;
}

/** The header section without what varies. */
function headOf(heard: string): string[] {
  const [head = ''] = heard.split('\r\n\r\n', 1);
  return head.split('\r\n').filter((line) => !line.startsWith('Date: '));
}

function bodyOf(heard: string): string {
  return heard.slice(heard.indexOf('\r\n\r\n') + 4);
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const HANDSHAKE =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

describe('the request at the handler', () => {
  it('has method, URL, fields and content as they were sent', async () => {
    let seen: unknown;
    const port = await start(async (request) => {
      const { method, url, headers } = request;
      seen = { method, url, headers: Array.from(headers), content: await request.text() };
      return new Response();
    });
    await exchange(
      port,
      `PUT /a%2Fb//c;d=1/~e/:@!$&'()*+,=?q=%20+&r=%zz&s=a/b?c&t=[]|^{}\`&&u=%c3%28 HTTP/1.1\r\n${LAST}` +
        'X-Many: one\r\nx-many: two, three\r\nX-Empty:\r\nX-Latin: \xe9\r\nContent-Length: 3\r\n\r\nabc',
    );
    expect(seen).toEqual({
      method: 'PUT',
      url: "http://shop.example/a%2Fb//c;d=1/~e/:@!$&'()*+,=?q=%20+&r=%zz&s=a/b?c&t=[]|^{}`&&u=%c3%28",
      headers: [
        ['connection', 'close'],
        ['content-length', '3'],
        ['host', 'shop.example'],
        ['x-empty', ''],
        ['x-latin', '\u00e9'],
        ['x-many', 'one, two, three'],
      ],
      content: 'abc',
    });
  });

  it('has no body where none is announced, and on GET only what announces it', async () => {
    const seen: unknown[] = [];
    const port = await start(async ({ method, body, headers }) => {
      seen.push([method, body, headers.get('content-length')]);
      return new Response();
    });
    await exchange(port, `POST / HTTP/1.1\r\n${LAST}\r\n`);
    await exchange(port, `POST / HTTP/1.1\r\n${LAST}Content-Length: 0\r\n\r\n`);
    await exchange(port, `GET / HTTP/1.1\r\n${LAST}Content-Length: 3\r\n\r\nabc`);
    expect(seen).toEqual([
      ['POST', null, null],
      ['POST', null, '0'],
      ['GET', null, '3'],
    ]);
  });

  it('comes with what the host knows besides', async () => {
    const seen: unknown[] = [];
    const port = await start(async (_, { remoteAddress, httpVersion, upgrade, earlyHints }) => {
      seen.push([remoteAddress, httpVersion, upgrade !== undefined, earlyHints !== undefined]);
      return new Response();
    });
    await exchange(port, `GET / HTTP/1.1\r\n${LAST}\r\n`);
    await exchange(port, `GET / HTTP/1.0\r\n${HOST}\r\n`);
    await exchange(port, `GET / HTTP/1.1\r\n${HOST}${HANDSHAKE}\r\n`);
    expect(seen).toEqual([
      ['127.0.0.1', '1.1', false, true],
      ['127.0.0.1', '1.0', false, false],
      ['127.0.0.1', '1.1', true, true],
    ]);
  });

  it('has its content as it comes, and no faster than it is read', async () => {
    let read = 0;
    let go: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => {
      go = resolve;
    });
    const port = await start(async ({ body }) => {
      const reader = body?.getReader();
      read += (await reader?.read())?.value?.length ?? 0;
      await waiting;
      for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
        read += part.value.length;
      }
      return new Response(String(read));
    });
    const size = 64 * 1024 * 1024;
    const client = await connect(port);
    client.send(`POST / HTTP/1.1\r\n${LAST}Content-Length: ${size}\r\n\r\n`);
    expect(await still(flood(client.socket, size))).toBeLessThan(size / 2);
    go();
    const { heard } = await client.closed;
    expect(heard).toContain(String(size));
  });

  it('is asked to continue only when its content is wanted', async () => {
    const port = await start(async (request) => {
      if (request.url.endsWith('/unwanted')) return new Response('no', { status: 403 });
      return new Response(await request.text());
    });
    const head = (path: string): string =>
      `POST ${path} HTTP/1.1\r\n${HOST}Expect: 100-continue\r\nContent-Length: 3\r\n\r\n`;
    const client = await connect(port);
    client.send(head('/wanted'));
    await client.until('HTTP/1.1 100 Continue\r\n\r\n');
    client.send('abc');
    await client.until('abc');
    client.send(head('/unwanted'));
    await client.until('HTTP/1.1 403');
    const { heard } = await client.closed;
    expect(heard.match(/100 Continue/g)).toHaveLength(1);
  });
});

describe('the address of a client', () => {
  it('is that of IPv4 even where IPv6 is listened to', async () => {
    const port = await start(
      async ({ url }, { remoteAddress }) => new Response(`${remoteAddress} ${url}`),
      {
        hostname: undefined,
      },
    );
    const heard = await exchange(port, 'GET / HTTP/1.0\r\n\r\n');
    expect(bodyOf(heard)).toBe(`127.0.0.1 http://127.0.0.1:${port}/`);
  });
});

describe('the answer', () => {
  it('has status, reason and fields as they are, each Set-Cookie apart', async () => {
    const port = await start(async () => {
      const headers = new Headers({ 'x-a': '\u0080\u00e9', 'content-length': '2', date: 'then' });
      headers.append('set-cookie', 'a=1, b');
      headers.append('set-cookie', 'c=2');
      headers.append('transfer-encoding', 'chunked');
      headers.append('keep-alive', 'timeout=999');
      return new Response('ok', { status: 299, statusText: 'Quite Fine', headers });
    });
    const heard = await exchange(port, `GET / HTTP/1.1\r\n${LAST}\r\n`);
    expect(headOf(heard)).toEqual([
      'HTTP/1.1 299 Quite Fine',
      'connection: close',
      'content-length: 2',
      'content-type: text/plain;charset=UTF-8',
      'date: then',
      'set-cookie: a=1, b',
      'set-cookie: c=2',
      'x-a: \u0080\u00e9',
    ]);
    expect(bodyOf(heard)).toBe('ok');
  });

  it.each([
    ['HEAD keeps its length', 'HEAD', 200, '5', 'content-length: 5'],
    ['304 keeps its length', 'GET', 304, '5', 'content-length: 5'],
    ['204 has none', 'GET', 204, '5', undefined],
    ['205 has none', 'GET', 205, undefined, 'Content-Length: 0'],
    ['an empty one says so', 'GET', 200, undefined, 'Content-Length: 0'],
  ])('of %s', async (_, method, status, length, expected) => {
    const port = await start(
      async () =>
        new Response(null, { status, headers: length ? { 'content-length': length } : {} }),
    );
    const client = await connect(port);
    client.send(`${method} / HTTP/1.1\r\n${HOST}\r\n`);
    await client.until('\r\n\r\n');
    // Whatever comes after the header section would be read as part of the second answer.
    client.send(`${method} / HTTP/1.1\r\n${LAST}\r\n`);
    const { heard } = await client.closed;
    const [, first = '', second = '', ...more] = heard.split('HTTP/1.1 ');
    expect(more).toEqual([]);
    for (const answer of [first, second]) {
      expect(answer.endsWith('\r\n\r\n')).toBe(true);
      const framing = answer
        .split('\r\n')
        .find((line) => /^(content-length|transfer-)/i.test(line));
      expect(framing).toBe(expected);
    }
  });

  it('to HEAD leaves a body unread and unsent', async () => {
    const cancelled = vi.fn<() => void>();
    const port = await start(
      async () => new Response(new ReadableStream({ cancel: cancelled }, { highWaterMark: 0 })),
    );
    const heard = await exchange(port, `HEAD / HTTP/1.1\r\n${LAST}\r\n`);
    expect(bodyOf(heard)).toBe('');
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it('is sent piece by piece as it comes', async () => {
    let controller: ReadableStreamDefaultController | undefined;
    const port = await start(
      async () => new Response(new ReadableStream({ start: (open) => (controller = open) })),
    );
    const client = await connect(port);
    client.send(`GET / HTTP/1.1\r\n${LAST}\r\n`);
    await client.until('\r\n\r\n');
    controller?.enqueue(bytes('one'));
    await client.until('3\r\none\r\n');
    controller?.enqueue(bytes('two'));
    await client.until('3\r\ntwo\r\n');
    controller?.close();
    expect((await client.closed).heard).toMatch(/0\r\n\r\n$/);
  });

  it('is made no faster than the client reads it', async () => {
    let made = 0;
    const chunk = new Uint8Array(64 * 1024);
    const port = await start(
      async () =>
        new Response(
          new ReadableStream({
            pull: (open) => {
              made += chunk.length;
              open.enqueue(chunk);
            },
          }),
        ),
    );
    const client = await connect(port);
    client.socket.pause();
    client.send(`GET / HTTP/1.1\r\n${HOST}\r\n`);
    expect(await still(() => made)).toBeLessThan(32 * 1024 * 1024);
    client.socket.destroy();
  });

  it('ends with the connection in HTTP/1.0', async () => {
    const port = await start(async () => new Response(new Blob(['one', 'two']).stream()));
    const client = await connect(port);
    client.send(`GET / HTTP/1.0\r\n${HOST}\r\n`);
    const { heard, reset } = await client.closed;
    expect(bodyOf(heard)).toBe('onetwo');
    expect(heard).not.toMatch(/transfer-encoding/i);
    expect(reset).toBe(false);
  });

  it('can be preceded by early hints', async () => {
    const port = await start(async (_, { earlyHints }) => {
      earlyHints?.(new Headers({ link: '</a.css>; rel=preload; as=style, </b.js>; rel=preload' }));
      earlyHints?.(new Headers({ link: 'what is this' }));
      return new Response('ok');
    });
    const heard = await exchange(port, `GET / HTTP/1.1\r\n${LAST}\r\n`);
    expect(heard).toMatch(
      /^HTTP\/1\.1 103 Early Hints\r\nLink: <\/a\.css>; rel=preload; as=style, <\/b\.js>; rel=preload\r\n\r\nHTTP\/1\.1 200 OK\r\n/,
    );
  });

  it('comes in the order of the requests, one after another', async () => {
    let running = 0;
    const port = await start(async (request) => {
      running += 1;
      const together = running;
      await setTimeout(request.url.endsWith('/1') ? 50 : 0);
      running -= 1;
      return new Response(`${new URL(request.url).pathname} of ${together};`);
    });
    const heard = await exchange(
      port,
      `GET /1 HTTP/1.1\r\n${HOST}\r\nGET /2 HTTP/1.1\r\n${HOST}\r\nGET /3 HTTP/1.1\r\n${LAST}\r\n`,
    );
    expect(heard.match(/\/\d of \d;/g)).toEqual(['/1 of 1;', '/2 of 1;', '/3 of 1;']);
  });

  it('comes before the refusal of what follows it', async () => {
    const port = await start(async () => {
      await setTimeout(50);
      return new Response('answered');
    });
    const heard = await exchange(
      port,
      `GET /1 HTTP/1.1\r\n${HOST}\r\nGET /2 HTTP/1.1\r\nHost : a\r\n\r\n`,
    );
    expect(heard).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*answered[^]*HTTP\/1\.1 400 Bad Request\r\n/);
  });

  it('is given to no client that sends request after request without waiting', async () => {
    const handler = vi.fn<Handler>(() => new Promise(() => undefined));
    const port = await start(handler);
    const client = await connect(port);
    client.send(`GET / HTTP/1.1\r\n${HOST}\r\n`.repeat(1000));
    expect((await client.closed).heard).toBe('');
    expect(handler.mock.calls.length).toBeLessThanOrEqual(1);
  });

  it('reaches a client that is still sending, and ends the connection', async () => {
    const port = await start(async () => new Response('too much', { status: 413 }));
    const client = await connect(port);
    const size = 8 * 1024 * 1024;
    client.send(`POST / HTTP/1.1\r\n${HOST}Content-Length: ${size}\r\n\r\n`);
    client.socket.write(Buffer.alloc(size - 1));
    const { heard, reset } = await client.closed;
    expect(headOf(heard)).toContain('connection: close');
    expect(bodyOf(heard)).toContain('too much');
    expect(reset).toBe(false);
  });

  it.each([
    ['an error', () => Response.error()],
    ['no content, but a length', () => new Response(null, { headers: { 'content-length': '5' } })],
  ])('is 500 where the handler returns %s', async (_, answer) => {
    const port = await start(async () => answer());
    const heard = await exchange(port, `GET / HTTP/1.1\r\n${HOST}\r\n`);
    expect(refusalIn(heard)).toEqual({ status: 500, reason: 'InternalError' });
    expect(heard.match(/content-length/gi)).toHaveLength(1);
  });

  it('ends the connection for good where the client asked for that', async () => {
    const port = await start(async () => new Response('ahoy'));
    const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const client = { ended: once(socket, 'end'), closed: once(socket, 'close') };
    client.closed.catch(() => undefined);
    socket.resume().write(`GET / HTTP/1.1\r\n${LAST}\r\n`);
    await client.ended;
    // By now nobody reads what it sends; who lingers would. The first of these is answered by a reset, which the second one meets.
    await setTimeout(100);
    socket.write('more');
    await setTimeout(100);
    socket.write('more');
    await expect(client.closed).rejects.toThrow(/ECONNRESET|EPIPE/);
  });

  it('is 500 where the handler rejects, which is told to the operator alone', async () => {
    const onError = vi.fn<(error: unknown) => void>();
    const error = new Error('something inside');
    const port = await start(() => Promise.reject(error), { onError });
    const heard = await exchange(port, `GET / HTTP/1.1\r\n${HOST}\r\n`);
    expect(refusalIn(heard)).toEqual({ status: 500, reason: 'InternalError' });
    expect(heard).not.toContain('inside');
    expect(onError).toHaveBeenCalledExactlyOnceWith(error);
  });
});

describe('what breaks off', () => {
  const breaking = (init?: ResponseInit): Response => {
    let controller: ReadableStreamDefaultController | undefined;
    const stream = new ReadableStream({ start: (open) => (controller = open) });
    controller?.enqueue(bytes('half'));
    void setTimeout(20).then(() => controller?.error(new Error('upstream broke')));
    return new Response(stream, init);
  };

  it('a chunked answer has no last chunk', async () => {
    const port = await start(async () => breaking());
    const heard = await exchange(port, `GET / HTTP/1.1\r\n${HOST}\r\n`);
    expect(bodyOf(heard)).toBe('4\r\nhalf\r\n');
  });

  it('an answer of known length is shorter', async () => {
    const port = await start(async () => breaking({ headers: { 'content-length': '8' } }));
    const heard = await exchange(port, `GET / HTTP/1.1\r\n${HOST}\r\n`);
    expect(bodyOf(heard)).toBe('half');
  });

  it('an answer that ends with the connection is reset', async () => {
    const port = await start(async () => breaking());
    const client = await connect(port);
    client.send(`GET / HTTP/1.0\r\n${HOST}\r\n`);
    expect((await client.closed).reset).toBe(true);
  });

  it.each([
    ['shorter', '1'],
    ['longer', '1234567'],
  ])('an answer %s than it says breaks off, too', async (_, content) => {
    const port = await start(
      async () => new Response(content, { headers: { 'content-length': '4' } }),
    );
    const client = await connect(port);
    client.send(`GET / HTTP/1.1\r\n${HOST}\r\nGET / HTTP/1.1\r\n${HOST}\r\n`);
    const { heard } = await client.closed;
    expect(heard.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(bodyOf(heard).length).toBeLessThan(4);
  });

  it.each([
    ['closes the connection', (socket: net.Socket) => socket.destroy()],
    ['says that it sends no more', (socket: net.Socket) => socket.end()],
    ['resets the connection', (socket: net.Socket) => socket.resetAndDestroy()],
  ])('a client that %s before the answer aborts the request', async (_, leave) => {
    const { promise, resolve } = Promise.withResolvers<AbortSignal>();
    const port = await start(({ signal }) => {
      resolve(signal);
      return new Promise(() => undefined);
    });
    const client = await connect(port);
    client.send(`GET / HTTP/1.1\r\n${HOST}\r\n`);
    const signal = await promise;
    expect(signal.aborted).toBe(false);
    leave(client.socket);
    if (!signal.aborted) await once(signal, 'abort');
    expect(signal.aborted).toBe(true);
  });

  it('a client that leaves amid the answer cancels its body and aborts the request', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let signal: AbortSignal | undefined;
    const port = await start(async (request) => {
      ({ signal } = request);
      return new Response(
        new ReadableStream({
          start: (open) => open.enqueue(bytes('half')),
          cancel: () => resolve(),
        }),
      );
    });
    const client = await connect(port);
    client.send(`GET / HTTP/1.1\r\n${HOST}\r\n`);
    await client.until('half');
    client.socket.destroy();
    await promise;
    expect(signal?.aborted).toBe(true);
  });

  it('a client that leaves amid its content errors the body', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const port = await start(async (request) => {
      await request.text().catch(resolve);
      return new Response();
    });
    const client = await connect(port);
    client.send(`POST / HTTP/1.1\r\n${HOST}Content-Length: 9\r\n\r\nhalf`);
    await setTimeout(20);
    client.socket.destroy();
    expect(await promise).toBeInstanceOf(Error);
  });

  it('content that can not be read on errors the body, and 400 is the answer', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const port = await start(async (request) => {
      await request.text().catch(resolve);
      return new Response('this is not for the client');
    });
    const client = await connect(port);
    client.send(`POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`);
    await setTimeout(20);
    client.send('what\r\n');
    const { heard } = await client.closed;
    expect(await promise).toBeInstanceOf(Error);
    expect(refusalIn(heard)).toEqual({ status: 400, reason: 'InvalidRequest' });
  });

  it('content that can not be read on breaks off an answer that has begun', async () => {
    const port = await start(async ({ body }) => new Response(body));
    const client = await connect(port);
    client.send(`POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`);
    await client.until('abc');
    client.send('what\r\n');
    const { heard } = await client.closed;
    expect(heard).not.toContain('400');
    expect(heard).not.toMatch(/0\r\n\r\n$/);
  });

  it('the signal stays quiet when the answer has been sent', async () => {
    let signal: AbortSignal | undefined;
    const port = await start(async (request) => {
      ({ signal } = request);
      return new Response('ok');
    });
    await exchange(port, `GET / HTTP/1.1\r\n${LAST}\r\n`);
    await setTimeout(20);
    expect(signal?.aborted).toBe(false);
  });
});

describe('closing', () => {
  it('lets a request under way finish and closes what is idle', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: waiting, resolve: go } = Promise.withResolvers<void>();
    const port = await start(
      async ({ url }) => {
        if (url.endsWith('/idle')) return new Response('idle');
        begin();
        await waiting;
        return new Response('finished');
      },
      { drain: 10_000 },
    );
    const idle = await connect(port);
    idle.send(`GET /idle HTTP/1.1\r\n${HOST}\r\n`);
    await idle.until('idle');
    const busy = await connect(port);
    busy.send(`GET /busy HTTP/1.1\r\n${HOST}\r\n`);
    await begun;

    const closing = server?.close();
    await idle.closed;
    await expect(connect(port)).rejects.toThrow('ECONNREFUSED');
    go();
    const { heard } = await busy.closed;
    expect(headOf(heard)).toContain('connection: close');
    expect(bodyOf(heard)).toContain('finished');
    await closing;
  });

  it('closes a connection that was to be kept when the answer began', async () => {
    let controller: ReadableStreamDefaultController | undefined;
    const port = await start(
      async () => new Response(new ReadableStream({ start: (open) => (controller = open) })),
      { drain: 10_000 },
    );
    const client = await connect(port);
    client.send(`GET / HTTP/1.1\r\n${HOST}\r\n`);
    await client.until('\r\n\r\n');
    const closing = server?.close();
    controller?.enqueue(bytes('end'));
    controller?.close();
    expect((await client.closed).heard).toMatch(/end\r\n0\r\n\r\n$/);
    await closing;
  });

  it('ends what takes longer than `drain`', async () => {
    const port = await start(() => new Promise(() => undefined), { drain: 50 });
    const client = await connect(port);
    client.send(`GET / HTTP/1.1\r\n${HOST}\r\n`);
    await setTimeout(20);
    await server?.close();
    expect((await client.closed).heard).toBe('');
  });
});
