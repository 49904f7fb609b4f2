import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type net from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import type { Endpoint } from '@portolan/core';
import type { Dialer, Dialled, DialEvents, Reachable } from '@portolan/proxy';
import { AddressNotAllowedError, InvalidResponseError } from '@portolan/proxy';
import { afterEach, describe, expect, it } from 'vitest';

import { certificate } from '../../test/certificate/certificate.ts';
import { startRawOrigin } from '../../test/raw-origin/raw-origin.ts';
import { still } from '../../test/still/still.ts';
import { socket, type SocketDialerOptions } from './socket.ts';

interface Asked {
  readonly address?: string;
  readonly addressType?: Endpoint['addressType'];
  readonly port?: number;
  readonly appProtocol?: string;
}

function dial(asked: Asked, options?: SocketDialerOptions): Dialled {
  return dialBy(socket(options), asked);
}

function dialBy(dialer: Dialer, asked: Asked): Dialled {
  const { address = '127.0.0.1', addressType = 'IPv4', port = 80, appProtocol } = asked;
  const state = { ready: true, serving: true, terminating: false };
  return dialer.dial({
    endpoint: { address, addressType, port, ...state },
    service: {
      namespace: 'shop',
      name: 'cart',
      port: 80,
      portName: '',
      ...(appProtocol !== undefined && { appProtocol }),
    },
  });
}

function reach(asked: Asked, options?: SocketDialerOptions): Reachable {
  return reachBy(socket(options), asked);
}

function reachBy(dialer: Dialer, asked: Asked): Reachable {
  const dialled = dialBy(dialer, asked);
  if ('unreachable' in dialled) throw new Error(dialled.message);
  return dialled;
}

/** A request with a streamed body. */
function upload(base: string, body: BodyInit | null, headers: HeadersInit = {}): Request {
  const init: RequestInit & { readonly duplex: 'half' } = {
    method: 'POST',
    body,
    headers,
    duplex: 'half',
  };
  return new Request(`${base}/`, init);
}

let servers: (http.Server | https.Server)[] = [];
afterEach(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  servers = [];
});

async function listen(server: http.Server | https.Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('not listening on TCP');
  return address.port;
}

const origin = (listener: http.RequestListener): Promise<number> =>
  listen(http.createServer(listener));

describe('dialling', () => {
  it.each([
    [{ port: 8080 }, 'http://127.0.0.1:8080'],
    [{ address: 'fd00::7', addressType: 'IPv6', port: 443 }, 'http://[fd00::7]:443'],
    [
      { address: 'pay.example', addressType: 'FQDN', port: 8443, appProtocol: 'https' },
      'https://pay.example:8443',
    ],
    [{ appProtocol: 'kubernetes.io/ws' }, 'http://127.0.0.1:80'],
    [{ port: 6000 }, 'http://127.0.0.1:6000'],
  ] as const)('%j is at %s', (asked, base) => {
    expect(dial(asked)).toMatchObject({ base, keepsHost: true, upgrades: 'host' });
  });

  it.each([
    [{ appProtocol: 'kubernetes.io/h2c' }, 'ProtocolNotSupported'],
    [{ address: '1.2.3.4.5', addressType: 'FQDN' }, 'InvalidAddress'],
    [{ address: '127.0.0.1', addressType: 'FQDN' }, 'AddressNotAllowed'],
    [{ address: '0x7f.1', addressType: 'FQDN' }, 'AddressNotAllowed'],
    [{ address: '169.254.169.254', addressType: 'FQDN' }, 'AddressNotAllowed'],
  ] as const)('%j is %s', (asked, unreachable) => {
    expect(dial(asked)).toMatchObject({ unreachable });
  });

  it('finds an endpoint where it in truth listens', () => {
    const overrides = { '10.0.0.1:80': '127.0.0.1:4711', 'pay.example:80': '[::1]:4712' };
    expect(dial({ address: '10.0.0.1' }, { overrides })).toMatchObject({
      base: 'http://127.0.0.1:4711',
    });
    expect(dial({ address: 'pay.example', addressType: 'FQDN' }, { overrides })).toMatchObject({
      base: 'http://[::1]:4712',
    });
  });
});

describe('a request', () => {
  it('arrives with exactly the fields that it has', async () => {
    await using raw = await startRawOrigin((to) => to.write('HTTP/1.1 204 No Content\r\n\r\n'));
    const { fetch, base } = reach({ port: raw.port });
    const headers = { host: 'shop.example', 'accept-encoding': 'br', 'x-own': '1', cookie: 'a=1' };
    await fetch(new Request(`${base}/a%2Fb//c?d='e'&f`, { headers }));
    await fetch(new Request(`${base}/?`));
    await fetch(new Request(`${base}/`, { method: 'POST', headers: { 'content-length': '0' } }));
    await fetch(new Request(`${base}/`, { method: 'POST' }));
    await fetch(new Request(`${base}/`, { method: 'DELETE' }));
    // What early versions of Node 22 add says nothing that HTTP/1.1 doesn't.
    const heard = raw.heard().replaceAll('\r\nConnection: keep-alive', '');
    expect(heard.split('\r\n\r\n')).toEqual([
      'GET /a%2Fb//c?d=%27e%27&f HTTP/1.1\r\naccept-encoding: br\r\ncookie: a=1\r\nhost: shop.example\r\nx-own: 1',
      `GET /? HTTP/1.1\r\nhost: 127.0.0.1:${raw.port}`,
      `POST / HTTP/1.1\r\ncontent-length: 0\r\nhost: 127.0.0.1:${raw.port}`,
      `POST / HTTP/1.1\r\nhost: 127.0.0.1:${raw.port}\r\ncontent-length: 0`,
      `DELETE / HTTP/1.1\r\nhost: 127.0.0.1:${raw.port}`,
      '',
    ]);
    expect(raw.connections()).toBe(1);
  });

  it.each(['POST', 'DELETE', 'OPTIONS', 'PROPFIND'])(
    'carries content with %s, its length kept or in chunks',
    async (method) => {
      const framing: unknown[] = [];
      const port = await origin(async (request, response) => {
        const { headers } = request;
        framing.push([
          headers['x-latin'],
          headers['content-length'],
          headers['transfer-encoding'],
          await text(request),
        ]);
        response.end();
      });
      const { fetch, base } = reach({ port });
      const stream = new Blob(['abc']).stream();
      await fetch(new Request(upload(base, stream, { 'x-latin': '\u0080' }), { method }));
      await fetch(new Request(upload(base, 'abc', { 'content-length': '3' }), { method }));
      expect(framing).toEqual([
        ['\u0080', undefined, 'chunked', 'abc'],
        [undefined, '3', undefined, 'abc'],
      ]);
    },
  );

  it('has its content read no faster than the endpoint takes it', async () => {
    const port = await origin((request) => request.pause());
    const { fetch, base } = reach({ port });
    let made = 0;
    const chunk = new Uint8Array(64 * 1024);
    const body = new ReadableStream({
      pull: (open) => {
        made += chunk.length;
        open.enqueue(chunk);
      },
    });
    const leaving = new AbortController();
    const answer = fetch(new Request(upload(base, body), { signal: leaving.signal }));
    answer.catch(() => undefined);
    expect(await still(() => made)).toBeLessThan(32 * 1024 * 1024);
    leaving.abort();
    await expect(answer).rejects.toThrow('aborted');
  });

  it.each([
    [
      'breaks',
      (open: ReadableStreamDefaultController) => open.error(new Error('client broke')),
      {},
    ],
    [
      'is shorter than announced',
      (open: ReadableStreamDefaultController) => open.close(),
      { 'content-length': '9' },
    ],
  ])('whose content %s is broken off', async (_, how, headers) => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const port = await origin((request) => {
      text(request).catch(resolve);
    });
    const { fetch, base, wasNeverSent } = reach({ port });
    const body = new ReadableStream({
      start: (open) => open.enqueue(new TextEncoder().encode('half')),
      pull: how,
    });
    const error: unknown = await fetch(upload(base, body, headers)).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    expect(wasNeverSent?.(error)).toBe(false);
    expect(await promise).toBeInstanceOf(Error);
  });

  it('that is aborted is not sent on', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const leaving = new AbortController();
    const port = await origin((request) => {
      request.once('close', resolve);
      leaving.abort(new Error('the client left'));
    });
    const { fetch, base } = reach({ port });
    const answer = fetch(new Request(base, { signal: leaving.signal }));
    await expect(answer).rejects.toThrow('the client left');
    await promise;
  });

  it('that is aborted amid the answer errors its body', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const leaving = new AbortController();
    const port = await origin((_, response) => {
      response.write('half');
      response.once('close', resolve);
    });
    const { fetch, base } = reach({ port });
    const { body } = await fetch(new Request(base, { signal: leaving.signal }));
    const reader = body?.getReader();
    await reader?.read();
    leaving.abort(new Error('the client left'));
    await expect(reader?.read()).rejects.toThrow('the client left');
    await promise;
  });

  it('whose answer nobody reads on is closed', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const port = await origin((_, response) => {
      response.write('half');
      response.once('close', resolve);
    });
    const { fetch, base } = reach({ port });
    const { body } = await fetch(new Request(base));
    await body?.cancel();
    await expect(promise).resolves.toBeUndefined();
  });
});

describe('an answer', () => {
  it('has status, reason and fields as they came, each Set-Cookie apart', async () => {
    await using raw = await startRawOrigin((to) =>
      to.write(
        'HTTP/1.1 299 Quite Fine\r\nSet-Cookie: a=1, b\r\nX-A: one\r\nset-cookie: c=2\r\nx-a: two\r\nX-Latin: \xe9\r\nContent-Length: 2\r\n\r\nok',
        'latin1',
      ),
    );
    const { fetch, base } = reach({ port: raw.port });
    const response = await fetch(new Request(base));
    expect([response.status, response.statusText]).toEqual([299, 'Quite Fine']);
    expect(Array.from(response.headers)).toEqual([
      ['content-length', '2'],
      ['set-cookie', 'a=1, b'],
      ['set-cookie', 'c=2'],
      ['x-a', 'one, two'],
      ['x-latin', '\u00e9'],
    ]);
    expect(await response.text()).toBe('ok');
  });

  it('stays coded as it came', async () => {
    const coded = gzipSync('ahoy');
    const port = await origin((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(coded);
    });
    const { fetch, base } = reach({ port });
    const response = await fetch(new Request(base));
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(coded.equals(Buffer.from(await response.arrayBuffer()))).toBe(true);
  });

  it('may redirect, which is not followed', async () => {
    const port = await origin((_, response) => response.writeHead(302, { location: '/b' }).end());
    const { fetch, base } = reach({ port });
    const response = await fetch(new Request(base));
    expect([response.status, response.headers.get('location')]).toEqual([302, '/b']);
  });

  it.each([
    ['HEAD', 'HEAD', 200],
    ['204', 'GET', 204],
    ['304', 'GET', 304],
  ])('to %s has no body, and its connection serves on', async (_, method, status) => {
    let connections = 0;
    const server = http.createServer((__, response) =>
      response.writeHead(status, status === 204 ? {} : { 'content-length': '5' }).end(),
    );
    server.on('connection', () => (connections += 1));
    const port = await listen(server);
    const { fetch, base } = reach({ port });
    for (let times = 0; times < 2; times += 1) {
      const response = await fetch(new Request(base, { method }));
      expect(response.body).toBeNull();
      expect(response.headers.get('content-length')).toBe(status === 204 ? null : '5');
      await setTimeout(10);
    }
    expect(connections).toBe(1);
  });

  it('is read no faster than it is taken', async () => {
    const size = 64 * 1024 * 1024;
    let response: http.ServerResponse | undefined;
    const port = await origin((_, answering) => {
      response = answering;
      answering.end(Buffer.alloc(size));
    });
    const { fetch, base } = reach({ port });
    const answer = await fetch(new Request(base));
    await setTimeout(200);
    expect(response?.writableFinished).toBe(false);
    expect((await answer.bytes()).length).toBe(size);
  });

  it('can be preceded by early hints', async () => {
    await using raw = await startRawOrigin((to) =>
      to.write(
        'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nLink: </b.js>; rel=preload\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n',
      ),
    );
    const { fetch, base } = reach({ port: raw.port });
    const hints: unknown[] = [];
    const events: DialEvents = { earlyHints: (headers) => hints.push(headers.get('link')) };
    expect((await fetch(new Request(base), events)).status).toBe(204);
    expect(hints).toEqual(['</a.css>; rel=preload, </b.js>; rel=preload']);
  });

  it('may come before the content has been sent, which then stays unsent', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const port = await origin((_, response) => response.writeHead(413).end('too much'));
    const { fetch, base } = reach({ port });
    const body = new ReadableStream({
      start: (open) => open.enqueue(new Uint8Array(9)),
      cancel: () => resolve(),
    });
    const response = await fetch(upload(base, body));
    expect([response.status, await response.text()]).toEqual([413, 'too much']);
    await promise;
  });

  it.each([
    ['chunked', 'Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'],
    ['of known length', 'Content-Length: 9\r\n\r\nhalf'],
  ])('that is cut short errors its body: %s', async (_, rest) => {
    await using raw = await startRawOrigin((to) => to.end(`HTTP/1.1 200 OK\r\n${rest}`));
    const { fetch, base } = reach({ port: raw.port });
    const response = await fetch(new Request(base));
    await expect(response.text()).rejects.toThrow('closed the connection');
  });

  it('of 205 that has content all the same is let go, however much there is', async () => {
    let letGo: Promise<void> | undefined;
    await using raw = await startRawOrigin((to) => {
      letGo = new Promise((resolve) => {
        to.once('end', () => resolve());
      });
      to.write('HTTP/1.1 205 Reset Content\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nahoy\r\n');
    });
    const { fetch, base } = reach({ port: raw.port });
    const { status, body } = await fetch(new Request(base));
    expect([status, body]).toEqual([205, null]);
    await letGo;
  });

  it('that is reset before the connection ends it errors its body', async () => {
    await using raw = await startRawOrigin((to) => {
      to.write(
        'HTTP/1.1 200 OK\r\n\r\nhalf',
        () => void setTimeout(20).then(() => to.resetAndDestroy()),
      );
    });
    const { fetch, base } = reach({ port: raw.port });
    const response = await fetch(new Request(base));
    await expect(response.text()).rejects.toThrow('ECONNRESET');
  });

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['a status below 200', 'HTTP/1.1 099 What\r\n\r\n'],
    ['a status above 599', 'HTTP/1.1 600 What\r\nContent-Length: 0\r\n\r\n'],
    [
      'a transfer coding that nobody asked for',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
    ],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok'],
    [
      'length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['another version', 'HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['chunks in HTTP/1.0', 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['interim without end', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(101)],
    ['a bare LF', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'],
    ['a folded line', 'HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n'],
    ['a NUL in a value', 'HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n'],
    ['fields without end', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(1024 * 1024)}\r\n\r\n`],
  ])('that is %s is an error', async (_, answer) => {
    await using raw = await startRawOrigin((to) => to.end(answer, 'latin1'));
    const { fetch, base, wasNeverSent } = reach({ port: raw.port });
    const error: unknown = await fetch(new Request(base)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(wasNeverSent?.(error)).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['half a header section', 'HTTP/1.1 200 OK\r\nX: a'],
    [
      'an upgrade that nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: a\r\n\r\n',
    ],
  ])('is missing where there is %s', async (_, answer) => {
    await using raw = await startRawOrigin((to) => to.end(answer));
    const { fetch, base, wasNeverSent } = reach({ port: raw.port });
    const error: unknown = await fetch(new Request(base)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(wasNeverSent?.(error)).toBe(false);
  });

  it('is not the rest of another one', async () => {
    const twice = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none';
    let heads = 0;
    await using raw = await startRawOrigin((to) => {
      heads += 1;
      to.write(heads === 1 ? twice + twice.replace('one', 'bad') : twice.replace('one', 'two'));
    });
    const { fetch, base } = reach({ port: raw.port });
    expect(await (await fetch(new Request(base))).text()).toBe('one');
    await setTimeout(20);
    expect(await (await fetch(new Request(base))).text()).toBe('two');
    expect(raw.connections()).toBe(2);
  });
});

describe('an error means that nothing was sent', () => {
  async function failing(
    reachable: Reachable,
    init: RequestInit = {},
  ): Promise<boolean | undefined> {
    const { fetch, base, wasNeverSent } = reachable;
    const error: unknown = await fetch(new Request(base, init)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    return wasNeverSent?.(error);
  }

  it('where the connection is refused', async () => {
    expect(await failing(reach({ port: 1 }))).toBe(true);
  });

  it('where the name is unknown', async () => {
    const lookup: net.LookupFunction = (name, _, callback) =>
      callback(
        Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }),
        [],
      );
    const asked = { address: 'nowhere.example', addressType: 'FQDN' } as const;
    expect(await failing(reach(asked, { lookup }))).toBe(true);
  });

  it('where connecting takes too long, and the content is still there', async () => {
    // A name that is never resolved.
    const lookup: net.LookupFunction = () => undefined;
    const asked = { address: 'slow.example', addressType: 'FQDN' } as const;
    const { fetch, base, wasNeverSent } = reach(asked, { lookup, connectTimeout: 20 });
    const request = upload(base, new Blob(['abc']).stream());
    const error: unknown = await fetch(request).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('no connection within 20 ms');
    expect(wasNeverSent?.(error)).toBe(true);
    expect(request.bodyUsed).toBe(false);
    expect(await request.text()).toBe('abc');
  });

  it('where TLS does not come about', async () => {
    const port = await origin((_, response) => response.end());
    expect(await failing(reach({ port, appProtocol: 'https' }))).toBe(true);
  });

  it('but not where the endpoint closes without an answer', async () => {
    await using raw = await startRawOrigin((to) => to.destroy());
    expect(await failing(reach({ port: raw.port }))).toBe(false);
  });

  it('and not where a kept connection is closed instead of answered', async () => {
    let heads = 0;
    await using raw = await startRawOrigin((to) => {
      heads += 1;
      if (heads === 1) to.write('HTTP/1.1 204 No Content\r\n\r\n');
      else to.resetAndDestroy();
    });
    const reachable = reach({ port: raw.port });
    await reachable.fetch(new Request(reachable.base));
    expect(await failing(reachable)).toBe(false);
    expect(raw.connections()).toBe(1);
  });
});

describe('an endpoint that is a name', () => {
  const leadingTo =
    (...addresses: readonly string[]): net.LookupFunction =>
    (_, __, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
  const named = (port: number): Asked => ({ address: 'pay.example', addressType: 'FQDN', port });

  it('is not called where it leads to a private address', async () => {
    let requests = 0;
    const port = await origin((_, response) => {
      requests += 1;
      response.end();
    });
    const lookup = leadingTo('127.0.0.1');
    const { fetch, base, permit, wasNeverSent } = reach(named(port), { lookup });
    await expect(permit?.()).rejects.toThrow(AddressNotAllowedError);
    const error: unknown = await fetch(new Request(base)).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('pay.example leads to 127.0.0.1');
    expect(wasNeverSent?.(error)).toBe(true);
    expect(requests).toBe(0);
  });

  it('is looked at each time that it is connected to', async () => {
    await using raw = await startRawOrigin((to) =>
      to.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n'),
    );
    let answer = '127.0.0.1';
    const lookup: net.LookupFunction = (_, __, callback) =>
      callback(null, [{ address: answer, family: 4 }]);
    const isAllowed = (address: string): boolean => address === '127.0.0.1';
    const { fetch, base } = reach(named(raw.port), { lookup, isAllowed });
    expect((await fetch(new Request(base))).status).toBe(204);
    answer = '127.0.0.2';
    await expect(fetch(new Request(base))).rejects.toThrow(AddressNotAllowedError);
  });

  it('has no use of a connection that was kept by one whose address is not looked at', async () => {
    const port = await origin((_, response) => response.end('inside'));
    const lookup = leadingTo('127.0.0.1');
    const overrides = { 'moved.example:80': `pay.example:${port}` };
    const dialer = socket({ lookup, overrides });
    const ask = async (asked: Asked): Promise<string> => {
      const { fetch, base } = reachBy(dialer, asked);
      return (await fetch(new Request(base))).text();
    };
    expect(await ask({ ...named(80), address: 'moved.example' })).toBe('inside');
    await setTimeout(20);
    await expect(ask(named(port))).rejects.toThrow(AddressNotAllowedError);
  });

  it('is an error where it has no address', async () => {
    const { fetch, base } = reach(named(80), { lookup: leadingTo() });
    await expect(fetch(new Request(base))).rejects.toThrow('pay.example has no address');
  });

  it('may lead anywhere if it is listed, or in truth listens elsewhere', async () => {
    const port = await origin((request, response) => response.end(request.headers.host));
    const lookup = leadingTo('127.0.0.1');
    const listed = reach(named(port), { lookup, allowPrivate: ['PAY.example.'] });
    expect(await (await listed.fetch(new Request(listed.base))).text()).toBe(`pay.example:${port}`);
    const moved = reach(named(80), { overrides: { 'pay.example:80': `127.0.0.1:${port}` } });
    expect((await moved.fetch(new Request(moved.base))).status).toBe(200);
    expect(moved.permit).toBeUndefined();
  });
});

describe('TLS', () => {
  const { cert, key } = certificate();
  const start = (): Promise<number> =>
    listen(
      https.createServer({ cert, key }, (request, response) => response.end(request.headers.host)),
    );

  it('is verified against the address of the endpoint, whatever Host says', async () => {
    const port = await start();
    const { fetch, base } = reach({ port, appProtocol: 'https' }, { tls: { ca: cert } });
    const response = await fetch(new Request(base, { headers: { host: 'shop.example' } }));
    expect(await response.text()).toBe('shop.example');
    const other = reach(
      { address: 'other.example', addressType: 'FQDN', port, appProtocol: 'https' },
      {
        tls: { ca: cert },
        allowPrivate: ['other.example'],
        lookup: (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
      },
    );
    await expect(other.fetch(new Request(other.base))).rejects.toThrow('altnames');
  });

  it('is refused with a certificate that nobody vouches for', async () => {
    const port = await start();
    const { fetch, base } = reach({ port, appProtocol: 'https' });
    await expect(fetch(new Request(base))).rejects.toThrow('self-signed');
  });
});
