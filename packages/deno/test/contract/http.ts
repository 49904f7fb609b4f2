import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { text } from 'node:stream/consumers';

import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { CERTIFICATE, KEY } from './certificate.ts';
import { Endpoint } from './endpoint.ts';
import type { Start, Started } from './start.ts';

/** Requests, and the end of the server. */
export function describeServing(start: Start): void {
  let host: Started | undefined;
  const serving = async (...parameters: string[]): Promise<Started> => {
    host = await start('http://127.0.0.1:9', ...parameters);
    return host;
  };
  afterEach(() => host?.stop());

  describe('a request', () => {
    it('is told of with the address at the other end', async () => {
      const { port } = await serving();
      expect(await fetchText(port, '/address')).toBe('127.0.0.1');
    });

    it('and its answer stream at the same time', async () => {
      const { port } = await serving();
      const [sending, response] = await mirrored(port, 'there');
      sending.end(' and back');
      expect(await text(response)).toBe(' and back');
    });

    it('that the handler fails at is a 500 that tells nothing', async () => {
      const { port } = await serving();
      const response = await fetch(`http://127.0.0.1:${port}/throw`);
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain('secret');
    });

    it('comes over TLS where there is a certificate', async () => {
      const { port } = await serving(CERTIFICATE, KEY);
      const asking = get({ port, path: '/x', ca: CERTIFICATE, servername: 'localhost' });
      const [response] = await once(asking, 'response');
      expect(await text(response)).toBe(`GET https://localhost:${port}/x `);
    });
  });

  it('passes a WebSocket on that comes over TLS', async () => {
    const endpoint = new Endpoint();
    host = await start(await endpoint.start(), CERTIFICATE, KEY);
    endpoint.on('/', (socket) => socket.on('message', (data) => socket.send(data)));
    const client = new WebSocket(`wss://127.0.0.1:${host.port}/`, { ca: CERTIFICATE });
    await once(client, 'open');
    client.send('ahoy');
    expect(String((await once(client, 'message'))[0])).toBe('ahoy');
    client.terminate();
    endpoint.stop();
  });

  describe('close', () => {
    it('waits for the answers under way, takes no others, and leaves the process nothing to do', async () => {
      const { port, exited } = await serving();
      const [sending, response] = await mirrored(port, 'a long');
      expect(await fetchText(port, '/close')).toBe('closing');
      await expect.poll(() => takesNoMore(port), { timeout: 30_000 }).toBe(true);
      sending.end(' story');
      expect(await text(response)).toBe(' story');
      expect(await exited).toBe(0);
    });

    it('says to both sides of a WebSocket that the gateway goes away', async () => {
      const endpoint = new Endpoint();
      host = await start(await endpoint.start());
      const accepted = new Promise<WebSocket>((resolve) => endpoint.on('/', resolve));
      const client = new WebSocket(`ws://127.0.0.1:${host.port}/`);
      const ended = once(client, 'close');
      const endedThere = once(await accepted, 'close');
      await once(client, 'open');
      await fetchText(host.port, '/close');
      expect((await ended)[0]).toBe(1001);
      // Deno can't send it to an endpoint.
      expect([1001, 1005]).toContain((await endedThere)[0]);
      expect(await host.exited).toBe(0);
      endpoint.stop();
    });
  });
}

/** A request whose first part has come back, while the rest is still to be sent. */
async function mirrored(
  port: number,
  part: string,
): Promise<[sending: ClientRequest, response: IncomingMessage]> {
  const sending = request({ port, path: '/mirror', method: 'POST' });
  const answered = new Promise<IncomingMessage>((resolve) => sending.on('response', resolve));
  sending.write(part);
  const response = await answered;
  expect(String((await once(response, 'data'))[0])).toBe(part);
  return [sending, response];
}

async function fetchText(port: number, path: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}

/** Whether the server refuses connections, or requests. */
function takesNoMore(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/address`).then(
    ({ status }) => status === 503,
    () => true,
  );
}
