import { once } from 'node:events';
import https from 'node:https';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';

import { afterEach, describe, expect, it } from 'vitest';

import { certificate } from '../../test/certificate/certificate.ts';
import { exchange } from '../../test/raw-client/raw-client.ts';
import type { HTTPServer } from './serve-options.ts';
import { serve } from './serve.ts';

const { cert, key } = certificate();

/** Types of TLS records: RFC 5246 appendix A.1. */
const ALERT = 21;
const APPLICATION_DATA = 23;

describe('a server with TLS', () => {
  let server: HTTPServer | undefined;
  afterEach(() => server?.close());
  const start = async (handler: Parameters<typeof serve>[0]): Promise<number> => {
    server = await serve(handler, { hostname: '127.0.0.1', drain: 0, tls: { cert, key } });
    return server.port;
  };

  it('serves https', async () => {
    const port = await start(async ({ url }) => new Response(url));
    const request = https.get({ host: '127.0.0.1', port, ca: cert, path: '/a?b', agent: false });
    const [response] = await once(request, 'response');
    expect(await text(response)).toBe(`https://127.0.0.1:${port}/a?b`);
  });

  it('refuses requests in the clear without a word, and goes on', async () => {
    const port = await start(async () => new Response('ok'));
    const clear = await exchange(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(clear).not.toContain('HTTP/');
    const socket = tls.connect({ port, host: '127.0.0.1', ca: cert });
    socket.write('GET / HTTP/1.1\r\nHost : a\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  });

  it.each([
    ['ends an answer with the word for an end', false, ALERT],
    ['ends a broken answer without it', true, APPLICATION_DATA],
  ])('%s', async (_, breaks, last) => {
    const port = await start(async () => {
      const body = new ReadableStream({
        start: (open) => open.enqueue(new TextEncoder().encode('half')),
        pull: (open) => (breaks ? open.error(new Error('broke')) : open.close()),
      });
      return new Response(body);
    });
    const received: Buffer[] = [];
    const relay = net.createServer((client) => {
      const upstream = net.connect(port, '127.0.0.1');
      upstream.on('data', (data: Buffer) => received.push(data));
      client.pipe(upstream).pipe(client);
      for (const socket of [client, upstream]) socket.on('error', () => undefined);
    });
    relay.listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const address = relay.address();
    const relayed = typeof address === 'object' ? (address?.port ?? 0) : 0;
    // Of which records show what they are.
    const socket = tls.connect({ port: relayed, ca: cert, maxVersion: 'TLSv1.2' });
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.0\r\nHost: a\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    relay.close();
    expect(lastRecord(Buffer.concat(received))).toBe(last);
  });
});

/** The type of the last TLS record. */
function lastRecord(bytes: Buffer): number | undefined {
  let type: number | undefined;
  for (let at = 0; at + 5 <= bytes.length; at += 5 + bytes.readUInt16BE(at + 3)) type = bytes[at];
  return type;
}
