import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';

import { serve, socket } from '@portolan/node';
import { url, type Dialer, type Exchange } from '@portolan/proxy';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { serving } from '../../test/serving.ts';

/** A Service `cart` of one server on this machine, behind an Ingress. */
function shop(port: number, annotations: Readonly<Record<string, string>>): string {
  const objects = [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'cart', annotations },
      spec: { ports: [{ port: 80 }] },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'cart', labels: { 'kubernetes.io/service-name': 'cart' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['127.0.0.1'] }],
      ports: [{ name: '', port }],
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'shop' },
      spec: { defaultBackend: { service: { name: 'cart', port: { number: 80 } } } },
    },
  ];
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(ending.splice(0).map((end) => end()));
});

interface Running {
  readonly told: Exchange[];
  readonly underWay: () => number;
  /** A client that has sent this. */
  readonly client: (text: string) => Promise<Socket>;
  /** Requests that the server still has a client for. */
  readonly held: Set<ServerResponse>;
  readonly origin: Server;
}

async function run(
  dialer: Dialer,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  annotations: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const held = new Set<ServerResponse>();
  const origin = createServer((request, response) => {
    held.add(response);
    response.on('close', () => held.delete(response));
    answer(request, response);
  });
  origin.listen(0, '127.0.0.1');
  await once(origin, 'listening');
  const address = origin.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  const told: Exchange[] = [];
  const app = serving(shop(port, { 'portolan.dev/max-requests': '50', ...annotations }), {
    dialers: [dialer],
    observe: (exchange) => void told.push(exchange),
  });
  const server = await serve(app.fetch, { port: 0, hostname: '127.0.0.1' });
  ending.push(async () => {
    origin.closeAllConnections();
    origin.close();
    await server.close();
  });
  return {
    told,
    held,
    origin,
    underWay: () =>
      app.states.list().reduce((sum, { requests, pending }) => sum + requests + pending, 0),
    client: async (text) => {
      const own = connect(server.port, '127.0.0.1');
      own.on('error', () => undefined);
      await once(own, 'connect');
      own.write(text);
      return own;
    },
  };
}

const GET = 'GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n';
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const UPGRADE =
  'GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}\r\n\r\n`;
const POST = 'POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 10\r\n\r\nabc';

describe.each([
  ['socket', socket()],
  ['url', url()],
] as const)('a client of the Node host by way of %s', (_, dialer) => {
  it.each([
    ['a GET', GET, {}],
    ['a POST', POST, {}],
    ['a WebSocket', UPGRADE, {}],
    ['a POST that is not kept', POST, { 'portolan.dev/retries': '0' }],
    ['a GET that is timed', GET, { 'portolan.dev/first-byte-timeout': '60s' }],
  ])('that leaves before the answer to %s frees all of it', async (_name, text, annotations) => {
    const { told, held, underWay, client } = await run(dialer, () => undefined, annotations);
    const own = await client(text);
    await vi.waitFor(() => expect(held.size).toBe(1));
    expect(underWay()).toBe(2);
    own.destroy();
    await vi.waitFor(() => expect(told).toMatchObject([{ status: 499, end: 'aborted' }]));
    expect(underWay()).toBe(0);
    await vi.waitFor(() => expect(held.size).toBe(0));
  });

  it('that leaves an open WebSocket frees all of it', async () => {
    const { told, underWay, client, origin } = await run(dialer, () => undefined);
    const ended = vi.fn<() => void>();
    origin.on('upgrade', ({ headers }: IncomingMessage, own: Socket) => {
      own
        .on('error', () => undefined)
        .on('end', () => own.end())
        .on('close', ended);
      own.resume();
      const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
      const accept = createHash('sha1').update(key).digest('base64');
      const fields = `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}`;
      own.write(`HTTP/1.1 101 Switching Protocols\r\n${fields}\r\n\r\n`);
    });
    const own = await client(UPGRADE);
    const [data] = await once(own, 'data');
    expect(String(data)).toMatch(/^HTTP\/1\.1 101 /);
    expect(underWay()).toBe(1);
    own.destroy();
    await vi.waitFor(() => expect(told).toMatchObject([{ status: 101 }]));
    expect(underWay()).toBe(0);
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
  });

  it('is told that a WebSocket was refused, and it counts no more', async () => {
    const { told, underWay, client } = await run(dialer, (_request, response) => {
      response.writeHead(403).end('no');
    });
    const own = await client(UPGRADE);
    const [data] = await once(own, 'data');
    expect(String(data)).toMatch(/^HTTP\/1\.1 403 /);
    await vi.waitFor(() => expect(told).toMatchObject([{ status: 403, end: 'complete' }]));
    expect(underWay()).toBe(0);
    own.destroy();
  });

  it('that waits to be told to go on is told what became of it, and sends nothing', async () => {
    const { told, underWay, client } = await run(dialer, (request) => {
      request.socket.destroy();
    });
    const own = await client(
      'POST / HTTP/1.1\r\nHost: shop.example\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n',
    );
    let said = '';
    own.on('data', (data) => {
      said += String(data);
      if (said === 'HTTP/1.1 100 Continue\r\n\r\n') own.write('abc');
    });
    await vi.waitFor(() => expect(said).toMatch(/HTTP\/1\.1 502 /));
    await vi.waitFor(() => expect(told).toMatchObject([{ status: 502, method: 'POST' }]));
    expect(told[0]?.tries).toHaveLength(1);
    expect(underWay()).toBe(0);
    own.destroy();
  });

  it('that leaves in the middle of the answer frees all of it', async () => {
    const { told, held, underWay, client } = await run(dialer, (_request, response) => {
      response.write('some');
    });
    const own = await client(GET);
    await once(own, 'data');
    expect(underWay()).toBe(1);
    own.destroy();
    await vi.waitFor(() => expect(told).toMatchObject([{ status: 200, end: 'aborted' }]));
    expect(underWay()).toBe(0);
    await vi.waitFor(() => expect(held.size).toBe(0));
  });

  it('is told that the endpoint broke off, and it counts no more', async () => {
    const { told, underWay, client } = await run(dialer, (_request, response) => {
      response.write('some', () => setImmediate(() => response.destroy()));
    });
    const own = await client(GET);
    own.resume();
    await once(own, 'close');
    await vi.waitFor(() => expect(told).toMatchObject([{ status: 200, end: 'broken' }]));
    expect(underWay()).toBe(0);
  });

  it('gets the next answer while one that never ends is let go of', async () => {
    let turn = 0;
    const { told, held, client } = await run(
      dialer,
      (_request, response) => {
        turn += 1;
        if (turn === 1) response.writeHead(503).write('never ends');
        else response.end('ahoy');
      },
      { 'portolan.dev/retry-on': '503' },
    );
    const own = await client(GET);
    const [data] = await once(own, 'data');
    expect(String(data)).toMatch(/^HTTP\/1\.1 200 /);
    await vi.waitFor(() => expect(told).toHaveLength(1));
    expect(told[0]?.tries.map(({ status }) => status)).toEqual([503, 200]);
    await vi.waitFor(() => expect(held.size).toBe(0));
    own.destroy();
  });
});
