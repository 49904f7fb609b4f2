import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import type { HostRequest, UpgradeResult } from '@portolan/proxy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';

import { connect, exchange, refusalIn } from '../../test/raw-client/raw-client.ts';
import { startRawOrigin } from '../../test/raw-origin/raw-origin.ts';
import { flood } from '../../test/still/flood.ts';
import { still } from '../../test/still/still.ts';
import type { HTTPServer, ServeOptions } from '../serve/serve-options.ts';
import { serve } from '../serve/serve.ts';

const HANDSHAKE =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
const REQUEST = `GET /chat?a HTTP/1.1\r\nHost: shop.example\r\n${HANDSHAKE}\r\n`;

/** What a gateway does: WebSockets are passed on by the host, the rest is answered. */
function passOn(
  endpoint: string,
  onResult: (result: UpgradeResult) => void = () => undefined,
): (request: Request, host: HostRequest) => Promise<Response> {
  return async (request, { upgrade }) => {
    if (upgrade === undefined) return new Response('no upgrade', { status: 501 });
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.delete('connection');
    try {
      const result = await upgrade(
        new Request(`${endpoint}${pathname}${search}`, { headers, signal: request.signal }),
      );
      onResult(result);
      return result.response;
    } catch (error) {
      return new Response(String(error), { status: 502 });
    }
  };
}

let server: HTTPServer | undefined;
afterEach(() => server?.close());

async function start(
  handler: Parameters<typeof serve>[0],
  options: ServeOptions = {},
): Promise<number> {
  server = await serve(handler, { hostname: '127.0.0.1', drain: 0, ...options });
  return server.port;
}

describe('a WebSocket', () => {
  let origin: http.Server;
  let sockets: WebSocketServer;
  let endpoint: string;
  let seen: http.IncomingMessage | undefined;
  beforeEach(async () => {
    origin = http.createServer((_, response) => response.writeHead(426).end('not so'));
    sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'chat' });
    origin.on('upgrade', (request, socket, head) => {
      seen = request;
      if (request.url === '/declined') {
        socket.end('HTTP/1.1 403 Forbidden\r\nX-Why: because\r\nContent-Length: 2\r\n\r\nno');
        return;
      }
      sockets.handleUpgrade(request, socket, head, (open) => {
        open.on('message', (data, binary) => open.send(data, { binary }));
      });
    });
    origin.listen(0, '127.0.0.1');
    await once(origin, 'listening');
    const address: AddressInfo | string | null = origin.address();
    endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterEach(() => {
    for (const open of sockets.clients) open.terminate();
    origin.close();
    origin.closeAllConnections();
  });

  it('is opened, carries messages of any size both ways and is closed', async () => {
    const { promise, resolve } = Promise.withResolvers<UpgradeResult>();
    const port = await start(passOn(endpoint, resolve));
    const client = new WebSocket(`ws://127.0.0.1:${port}/chat?a`, ['chat'], {
      headers: { 'x-own': '1' },
      perMessageDeflate: false,
    });
    await once(client, 'open');
    expect(client.protocol).toBe('chat');
    expect(seen?.url).toBe('/chat?a');
    expect(seen?.headers).toMatchObject({
      host: `127.0.0.1:${port}`,
      'x-own': '1',
      'sec-websocket-protocol': 'chat',
    });

    const large = Buffer.alloc(4 * 1024 * 1024, 'x');
    client.send('land in sight');
    expect(String((await once(client, 'message'))[0])).toBe('land in sight');
    client.send(large);
    expect(large.equals((await once(client, 'message'))[0])).toBe(true);

    client.close(4001, 'done');
    expect((await once(client, 'close')).map(String)).toEqual(['4001', 'done']);
    const { upgraded, closed } = await promise;
    expect(upgraded).toBe(true);
    await expect(closed).resolves.toBeUndefined();
  });

  it('that the endpoint declines has its answer', async () => {
    const port = await start(passOn(endpoint));
    const heard = await exchange(port, REQUEST.replace('/chat?a', '/declined'));
    expect(heard).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
    expect(heard).toMatch(/^x-why: because\r$/m);
    expect(heard).toMatch(/\r\n\r\nno$/);
  });

  it('that the handler declines has its answer, however large', async () => {
    const body = 'x'.repeat(8 * 1024 * 1024);
    const port = await start(async () => new Response(body, { status: 401 }));
    const heard = await exchange(port, REQUEST);
    expect(heard).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\nconnection: close\r\n/);
    expect(heard.length).toBeGreaterThan(body.length);
  });

  it('waits for the answers before it, however large', async () => {
    const pass = passOn(endpoint);
    const large = new Uint8Array(8 * 1024 * 1024).fill(0x78);
    const port = await start(async (request, host) =>
      host.upgrade === undefined ? new Response(large) : await pass(request, host),
    );
    const client = await connect(port);
    client.send(`GET / HTTP/1.1\r\nHost: a\r\n\r\n${REQUEST}`);
    const heard = await client.until('101 Switching Protocols');
    expect(heard).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*x\r\n0\r\n\r\nHTTP\/1\.1 101 /);
    expect(heard.length).toBeGreaterThan(large.length);
    client.socket.destroy();
  });

  it('is closed with the server, when `drain` is over', async () => {
    const port = await start(passOn(endpoint), { drain: 50 });
    const client = new WebSocket(`ws://127.0.0.1:${port}/`);
    await once(client, 'open');
    const closed = once(client, 'close');
    await server?.close();
    expect((await closed)[0]).toBe(1006);
  });

  it('may live on while the server closes', async () => {
    const port = await start(passOn(endpoint), { drain: 60_000 });
    const client = new WebSocket(`ws://127.0.0.1:${port}/`);
    await once(client, 'open');
    const closing = server?.close();
    client.send('still here');
    await once(client, 'message');
    client.close();
    await expect(closing).resolves.toBeUndefined();
  });

  it.each([
    ['HTTP/1.0', REQUEST.replace('HTTP/1.1', 'HTTP/1.0')],
    ['POST', REQUEST.replace('GET', 'POST')],
    ['no Connection: Upgrade', REQUEST.replace('Connection: Upgrade', 'Connection: close')],
    ['content', REQUEST.replace('\r\n\r\n', '\r\nContent-Length: 3\r\n\r\nabc')],
    ['another protocol besides', REQUEST.replace('websocket', 'websocket, h2c')],
  ])('is none with %s', async (_, request) => {
    const fields: unknown[] = [];
    const port = await start(async ({ headers }, { upgrade }) => {
      fields.push(upgrade, headers.get('upgrade'));
      return new Response('plain', { headers: { connection: 'close' } });
    });
    const client = await connect(port);
    client.send(request);
    await client.until('plain');
    client.socket.destroy();
    expect(fields).toEqual([undefined, null]);
  });

  it('reaches no private address by name, unless that is allowed', async () => {
    const local = endpoint.replace('127.0.0.1', 'localhost');
    const port = await start(passOn(local));
    expect(await exchange(port, REQUEST)).toContain('localhost leads to');
    await server?.close();
    const allowing = await start(passOn(local), { endpoints: { allowPrivate: ['localhost'] } });
    const client = await connect(allowing);
    client.send(REQUEST);
    await client.until('101 Switching Protocols');
    client.socket.destroy();
  });
});

describe('a tied connection', () => {
  const switching =
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nX-Own: 1\r\n\r\n';

  it('begins with what was sent along with the header sections', async () => {
    await using origin = await startRawOrigin((socket) =>
      socket.write(`${switching}from the endpoint`),
    );
    const port = await start(passOn(`http://127.0.0.1:${origin.port}`));
    const client = await connect(port);
    client.send(`${REQUEST}from the client`);
    expect(await client.until('from the endpoint')).toBe(`${switching}from the endpoint`);
    await expect.poll(origin.heard).toMatch(/\r\n\r\nfrom the client$/);
    client.socket.destroy();
  });

  it('passes on an end of one side, and then what the other still says', async () => {
    await using origin = await startRawOrigin((socket) => {
      socket.write(switching);
      socket.once('end', () => socket.end('last words'));
    });
    const { promise, resolve } = Promise.withResolvers<UpgradeResult>();
    const port = await start(passOn(`http://127.0.0.1:${origin.port}`, resolve));
    const client = await connect(port);
    client.send(REQUEST);
    await client.until(switching);
    client.socket.end();
    const { heard, reset } = await client.closed;
    expect({ heard, reset }).toEqual({ heard: `${switching}last words`, reset: false });
    await (
      await promise
    ).closed;
  });

  it('breaks where the endpoint breaks', async () => {
    await using origin = await startRawOrigin((socket) => {
      socket.write(switching, () => setTimeout(() => socket.resetAndDestroy(), 20));
    });
    const port = await start(passOn(`http://127.0.0.1:${origin.port}`));
    const client = await connect(port);
    client.send(REQUEST);
    expect((await client.closed).heard).toBe(switching);
  });

  it('breaks where the client breaks', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await using origin = await startRawOrigin((socket) => {
      socket.write(switching);
      socket.once('end', () => resolve());
    });
    const port = await start(passOn(`http://127.0.0.1:${origin.port}`));
    const client = await connect(port);
    client.send(REQUEST);
    await client.until(switching);
    client.socket.resetAndDestroy();
    await expect(promise).resolves.toBeUndefined();
  });

  it('holds one side back while the other does not read', async () => {
    let peer: Socket | undefined;
    await using origin = await startRawOrigin((socket) => {
      peer = socket;
      socket.write(switching);
    });
    const port = await start(passOn(`http://127.0.0.1:${origin.port}`));
    const client = await connect(port);
    client.send(REQUEST);
    await client.until(switching);
    client.socket.pause();
    const size = 64 * 1024 * 1024;
    if (peer === undefined) throw new Error('nobody has connected');
    expect(await still(flood(peer, size))).toBeLessThan(size / 2);
    client.socket.destroy();
  });

  it('never comes about with a client that left, and the endpoint is let go', async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    await using origin = await startRawOrigin((socket) => {
      ask();
      socket.once('end', () => leave());
    });
    const port = await start(passOn(`http://127.0.0.1:${origin.port}`));
    const client = await connect(port);
    client.send(REQUEST);
    await asked;
    client.socket.end();
    await expect(left).resolves.toBeUndefined();
  });

  it.each([
    ['another protocol', switching.replace('websocket', 'h2c')],
    ['another protocol besides', switching.replace('websocket', 'websocket, h2c')],
    ['no Sec-WebSocket-Accept', switching.replace('Sec-WebSocket-Accept', 'X-Accept')],
    ['the wrong Sec-WebSocket-Accept', switching.replace('s3pP', 'aaaa')],
    ['two of them', switching.replace('X-Own', 'Sec-WebSocket-Accept')],
    ['a subprotocol that nobody asked for', switching.replace('X-Own', 'Sec-WebSocket-Protocol')],
    ['content', switching.replace('X-Own', 'Content-Length')],
    ['coded content', switching.replace('X-Own: 1', 'Transfer-Encoding: chunked')],
  ])('never comes about where the endpoint switches to %s', async (_, answer) => {
    await using origin = await startRawOrigin((socket) => socket.write(answer));
    const port = await start(passOn(`http://127.0.0.1:${origin.port}`));
    const heard = await exchange(port, `${REQUEST}GET /inside HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(heard).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
    expect(origin.heard()).not.toContain('/inside');
  });

  it.each([
    ['no key', REQUEST.replace('Sec-WebSocket-Key', 'X-Key')],
    ['a key of another length', REQUEST.replace('dGhl', '')],
    [
      'two keys',
      REQUEST.replace('\r\n\r\n', '\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'),
    ],
    ['no version', REQUEST.replace('Sec-WebSocket-Version', 'X-Version')],
    ['another version', REQUEST.replace('Version: 13', 'Version: 1337')],
    [
      'a subprotocol that is none',
      REQUEST.replace('\r\n\r\n', '\r\nSec-WebSocket-Protocol: a b\r\n\r\n'),
    ],
  ])('is not asked for with %s: RFC 6455 section 4.2.1', async (_, request) => {
    await using origin = await startRawOrigin((socket) => socket.write(switching));
    const port = await start(passOn(`http://127.0.0.1:${origin.port}`));
    const heard = await exchange(port, request);
    expect(heard).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(heard.toLowerCase()).toContain('connection: close');
    expect(origin.heard()).toBe('');
  });

  it('is an error where the endpoint speaks no HTTP or is not there', async () => {
    await using origin = await startRawOrigin((socket) => socket.end('what?\r\n\r\n'));
    const port = await start(passOn(`http://127.0.0.1:${origin.port}`));
    expect(await exchange(port, REQUEST)).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
    await server?.close();
    const nowhere = await start(passOn('http://127.0.0.1:1'));
    expect(await exchange(nowhere, REQUEST)).toMatch(/^HTTP\/1\.1 502 [^]*ECONNREFUSED/);
  });

  it('is not asked for with a request that is refused', async () => {
    const port = await start(passOn('http://127.0.0.1:1'));
    const heard = await exchange(port, REQUEST.replace('Host: shop.example', 'Host: a b'));
    expect(refusalIn(heard)).toEqual({ status: 400, reason: 'InvalidHost' });
  });
});
