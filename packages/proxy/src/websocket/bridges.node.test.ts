import { once } from 'node:events';
import net from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket as EndpointSocket } from 'ws';

import type { RuntimeWebSocket } from './bridged-socket.ts';
import { Bridges, type WebSocketRuntime } from './bridges.ts';
import type { ConnectInit } from './endpoint-socket.ts';

/** Node's takes header fields too. */
declare const WebSocket: new (url: string, init: ConnectInit) => RuntimeWebSocket;

const connect: WebSocketRuntime['connect'] = (url, init) => new WebSocket(url, init);
const NOBODY_LEAVES = new AbortController().signal;

let server: WebSocketServer;
let url: string;

beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  url = originOf(server);
});
afterAll(() => server.close());

/** The endpoint's side of the next WebSocket. */
async function accepted(): Promise<EndpointSocket> {
  const [socket] = await once(server, 'connection');
  return socket;
}

describe('Bridges', () => {
  it('closes the endpoint’s side where the client has gone in the meantime', async () => {
    const endpoint = accepted();
    const passing = new Bridges().pass(new Request(url), NOBODY_LEAVES, {
      connect,
      accept: () => undefined,
    });
    await expect(passing).rejects.toThrow('the client has gone');
    expect(await once(await endpoint, 'close')).toHaveLength(2);
  });

  it('closes the endpoint’s side where the client can’t be accepted', async () => {
    const endpoint = accepted();
    const passing = new Bridges().pass(new Request(url), NOBODY_LEAVES, {
      connect,
      accept: () => {
        throw new TypeError('not now');
      },
    });
    await expect(passing).rejects.toThrow('not now');
    await once(await endpoint, 'close');
  });

  it('asks nobody where the request is aborted already', async () => {
    const outgoing = new Request(url, { signal: AbortSignal.abort(new Error('too late')) });
    const passing = new Bridges().pass(outgoing, NOBODY_LEAVES, {
      connect: () => {
        throw new TypeError('asked');
      },
      accept: () => undefined,
    });
    await expect(passing).rejects.toThrow('too late');
  });

  it('leaves a WebSocket alone that is open when the request is aborted', async () => {
    const controller = new AbortController();
    const endpoint = accepted();
    const { closed } = await new Bridges().pass(
      new Request(url, { signal: controller.signal }),
      NOBODY_LEAVES,
      { connect, accept: () => new Response() },
    );
    controller.abort();
    const socket = await endpoint;
    socket.ping();
    expect(await once(socket, 'pong')).toHaveLength(1);
    socket.close();
    await closed;
  });

  it('closes also those that are not open yet', async () => {
    const endpoint = accepted();
    const bridges = new Bridges();
    const passing = bridges.pass(new Request(url), NOBODY_LEAVES, {
      connect,
      accept: () => new Response(),
    });
    bridges.close();
    // What Node's WebSocket sends of it: it may not say 1001.
    expect(await once(await endpoint, 'close')).toEqual([1005, Buffer.of()]);
    const { closed } = await passing;
    await closed;
  });

  it('gives up an endpoint that does not answer when the request is aborted', async () => {
    const silent = net.createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const connected = once(silent, 'connection');
    const controller = new AbortController();
    const outgoing = new Request(originOf(silent), { signal: controller.signal });
    const runtime = { connect, accept: () => new Response() };
    const passing = new Bridges().pass(outgoing, NOBODY_LEAVES, runtime);
    const [connection]: net.Socket[] = await connected;
    controller.abort(new Error('long enough'));
    await expect(passing).rejects.toThrow('long enough');
    await once(connection?.resume() ?? silent, 'close');
    silent.close();
  });
});

function originOf(listening: Pick<net.Server, 'address'>): string {
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new TypeError('it has no port');
  return `http://127.0.0.1:${address.port}/`;
}
