import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';

import type { TLSCertificate } from '@portolan/proxy';
import { afterEach, describe, expect, it } from 'vitest';

import { certificate } from '../../../node/test/certificate/certificate.ts';
import type { Start, Started } from './start.ts';
import { curl, HAS_CLIENTS, handshake, isSame } from './tls-clients.ts';

/** What isn't the same on every host; their READMEs say so. */
export interface TLSLimits {
  readonly http2: boolean;
  /** The alert for names that nobody has: RFC 8446 section 6. */
  readonly alert: number;
  /** As the handler is told it. */
  readonly httpVersion: Readonly<Record<'1.1' | '2', string>>;
  /** Whether a client that has asked once may begin to ask again and never finish. */
  readonly waitsForMore: boolean;
  /** Whether TLS is served by another server on this machine, behind the one that listens. */
  readonly hasInnerServer: boolean;
}

const MEGABYTE = 1024 * 1024;
const CART = 'cart.shop.example';

const named = (...serverNames: string[]): TLSCertificate => ({
  serverNames,
  ...certificate(...serverNames.map((name) => (name === '*' ? 'default.example' : name))),
});

/** Certificates by name: RFC 6066 section 3. */
export function describeTLS(start: Start, limits: TLSLimits): void {
  let host: Started | undefined;
  const serving = async (
    certificates: readonly TLSCertificate[],
    drain = 10_000,
  ): Promise<number> => {
    host = await start(JSON.stringify({ certificates, drain }));
    return host.port;
  };
  afterEach(() => host?.stop());

  describe('the certificate', () => {
    const cart = named(CART);
    const wildcard = named('*.shop.example');
    const byDefault = named('*');

    it.runIf(HAS_CLIENTS)('is chosen by the name that the client asks for', async () => {
      const port = await serving([byDefault, wildcard, cart]);
      const shown = async (name?: string): Promise<string | undefined> => {
        const { cert } = await handshake(port, name);
        return [cart, wildcard, byDefault].find((each) => isSame(cert, each.cert))?.serverNames[0];
      };
      expect(await shown(CART)).toBe(CART);
      expect(await shown('CART.Shop.Example')).toBe(CART);
      expect(await shown('pay.shop.example')).toBe('*.shop.example');
      expect(await shown('a.b.shop.example')).toBe('*');
      expect(await shown('elsewhere.example')).toBe('*');
      expect(await shown()).toBe('*');
    });

    it.runIf(HAS_CLIENTS)('is refused in the handshake where nobody has the name', async () => {
      const port = await serving([wildcard, cart]);
      const refused = { cert: undefined, protocol: undefined, alert: limits.alert };
      expect(await handshake(port, 'elsewhere.example')).toEqual(refused);
      expect(await handshake(port, 'a.b.shop.example')).toEqual(refused);
      expect(await handshake(port, undefined)).toEqual(refused);
      expect((await handshake(port, CART)).cert).toBeDefined();
    });

    it.runIf(HAS_CLIENTS)('is as if it were not there where it can not be used', async () => {
      const noKey = { ...named(CART), key: certificate().key };
      const noPEM = { serverNames: [CART, 'bad.example'], cert: 'none', key: 'none' };
      const empty = { serverNames: ['empty.example'], cert: '', key: '' };
      const port = await serving([noKey, wildcard, noPEM, empty, cart]);
      expect(isSame((await handshake(port, CART)).cert, cart.cert)).toBe(true);
      expect(isSame((await handshake(port, 'pay.shop.example')).cert, wildcard.cert)).toBe(true);
      expect((await handshake(port, 'bad.example')).cert).toBeUndefined();
      expect((await handshake(port, 'empty.example')).cert).toBeUndefined();
      expect((await handshake(port, CART)).cert).toBeDefined();
      const errors = JSON.parse(await get(port, cart, '/errors'));
      expect(errors).toEqual([
        expect.stringContaining(`the certificate for ${CART} can not be used: `),
        expect.stringContaining(`the certificate for ${CART}, bad.example can not be used: `),
        expect.stringContaining('the certificate for empty.example can not be used: '),
      ]);
    });

    it('is renewed, added and removed from the next handshake on, while open connections go on', async () => {
      const port = await serving([cart]);
      const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
      expect(await get(port, cart, '/', agent)).toContain(`https://${CART}:${port}/`);
      const renewed = named(CART);
      const added = named('new.example');
      await replace(port, cart, [renewed, added]);
      // The old one is trusted alone: it is the old connection.
      expect(await get(port, cart, '/', agent)).toContain('GET');
      await expect(get(port, cart, '/')).rejects.toThrow('self-signed');
      expect(await get(port, renewed, '/')).toContain('GET');
      expect(await get(port, added, '/')).toContain('https://new.example');
      await replace(port, renewed, [added]);
      await expect(get(port, renewed, '/')).rejects.toThrow(/alert|ECONNRESET|disconnected/);
      expect(await get(port, cart, '/', agent)).toContain('GET');
      agent.destroy();
    });

    it.runIf(HAS_CLIENTS)('is shown over TLS 1.2 and 1.3 alone', async () => {
      const port = await serving([cart]);
      const old = ['-tls1_1', '-cipher', 'DEFAULT:@SECLEVEL=0'];
      expect((await handshake(port, CART, ...old)).cert).toBeUndefined();
      expect((await handshake(port, CART, '-tls1_2')).cert).toBeDefined();
      expect((await handshake(port, CART, '-tls1_3')).cert).toBeDefined();
    });

    it('is not waited for with what is no TLS', async () => {
      const port = await serving([cart]);
      const socket = net.connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      const heard = text(socket);
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      expect(await heard).toBe('');
      expect(await get(port, cart, '/')).toContain('GET');
    });
  });

  describe('the version of HTTP', () => {
    const cart = named(CART);

    it.runIf(HAS_CLIENTS)('is what ALPN chooses', async () => {
      const port = await serving([cart]);
      const { protocol } = await handshake(port, CART);
      expect(protocol).toBe(limits.http2 ? 'h2' : undefined);
      const to = { port, name: CART, trust: cart.cert };
      const seen = `127.0.0.1 GET https://${CART}:${port}/a?b`;
      expect(await curl(to, '/a?b', '--http1.1')).toBe(
        `${limits.httpVersion['1.1']} ${seen} HTTP/1.1`,
      );
      const version = limits.http2 ? '2' : '1.1';
      expect(await curl(to, '/a?b', '--http2')).toBe(
        `${limits.httpVersion[version]} ${seen} HTTP/${version}`,
      );
    });

    it.runIf(HAS_CLIENTS)('makes no difference to large bodies', async () => {
      const port = await serving([cart]);
      const to = { port, name: CART, trust: cart.cert };
      const large = 'portolan'.repeat((10 * MEGABYTE) / 8);
      const folder = mkdtempSync(join(tmpdir(), 'portolan-tls-'));
      const file = join(folder, 'large');
      writeFileSync(file, large);
      for (const version of ['--http1.1', '--http2']) {
        const sent = ['--data-binary', `@${file}`, '--header', 'Expect:', version];
        const [heard = ''] = (await curl(to, '/mirror', ...sent)).split(' HTTP/');
        expect(heard.length).toBe(large.length);
        expect(heard === large).toBe(true);
      }
      rmSync(folder, { recursive: true });
    });

    it.runIf(HAS_CLIENTS)('makes no difference to clients that leave', async () => {
      const port = await serving([cart]);
      const to = { port, name: CART, trust: cart.cert };
      for (const version of ['--http1.1', '--http2']) {
        expect(await curl(to, '/wait', version, '--max-time', '1')).toContain('timed out');
      }
      await expect
        .poll(async () => JSON.parse(await get(port, cart, '/waiting')), { timeout: 10_000 })
        .toEqual({ waiting: 2, aborted: 2 });
    });
  });

  describe('the client', () => {
    const cart = named(CART);

    it.runIf(HAS_SOCKET_TABLE)('can not be forged by who finds the way round', async () => {
      const before = new Set(listeners());
      const port = await serving([cart]);
      const from9 = net.connect({ port, host: '127.0.0.1', localAddress: '127.0.0.9' });
      const victim = tls.connect({ socket: from9, servername: CART, ca: cart.cert });
      expect(await ask(victim)).toContain(' 127.0.0.9 GET ');
      const inner = new Set(listeners().filter((each) => each !== port && !before.has(each)));
      let asked = 0;
      for (const { to, from } of connections().filter((each) => inner.has(each.to))) {
        for (const way of [{}, { localAddress: '127.0.0.2', localPort: from }]) {
          const socket = net.connect({ host: '127.0.0.1', port: to, ...way });
          const around = tls.connect({ socket, servername: CART, ca: cart.cert });
          const answer = await ask(around).catch(() => undefined);
          if (answer === undefined) continue;
          asked += 1;
          expect(answer).toMatch(/^HTTP\/1\.1 403 /);
        }
      }
      // Others on this machine may have begun to listen meanwhile: their certificate is not ours.
      expect(asked).toBe(limits.hasInnerServer ? 2 : 0);
      victim.destroy();
    });

    it('is let go where it does not finish what it begins', { timeout: 30_000 }, async () => {
      const port = await serving([cart]);
      const hello = await helloFor(CART);
      const silent = net.connect(port, '127.0.0.1');
      const half = net.connect(port, '127.0.0.1');
      half.write(hello.subarray(0, 100));
      const whole = net.connect(port, '127.0.0.1');
      whole.write(hello);
      const shaken = tls.connect({ port, host: '127.0.0.1', servername: CART, ca: cart.cert });
      const asking = tls.connect({ port, host: '127.0.0.1', servername: CART, ca: cart.cert });
      asking.write(`GET / HTTP/1.1\r\nHost: ${CART}`);
      const all: net.Socket[] = [silent, half, whole, shaken, asking];
      if (!limits.waitsForMore) {
        const again = tls.connect({ port, host: '127.0.0.1', servername: CART, ca: cart.cert });
        await ask(again);
        again.write(`GET / HTTP/1.1\r\nHost: ${CART}`);
        all.push(again);
      }
      await Promise.all(
        all.map(async (socket) => {
          socket.on('error', () => undefined);
          socket.resume();
          if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
        }),
      );
      expect(all.filter(({ closed }) => !closed)).toEqual([]);
      expect(await get(port, cart, '/')).toContain('GET');
    });
  });

  it('renews 1000 times under load without one failed request', { timeout: 60_000 }, async () => {
    const first = named(CART);
    const port = await serving([first]);
    const agent = new https.Agent({ keepAlive: true });
    const renewals = Array.from({ length: 10 }, () => named(CART));
    // Whichever it is just now.
    const to = { ...first, cert: undefined };
    const counts = { fresh: 0, kept: 0 };
    const admin = new https.Agent({ keepAlive: true, maxSockets: 1 });
    const over = new AbortController();
    const load = async (kind: 'fresh' | 'kept'): Promise<void> => {
      while (!over.signal.aborted) {
        expect(await get(port, to, '/', kind === 'kept' ? agent : undefined)).toContain('GET');
        counts[kind] += 1;
      }
    };
    const loads = Promise.all([load('fresh'), load('fresh'), load('kept'), load('kept')]);
    for (let turn = 0; turn < 1000; turn++) {
      const renewed = renewals[turn % renewals.length];
      await replace(port, to, renewed === undefined ? [] : [renewed], admin);
    }
    over.abort();
    await loads;
    expect(counts.fresh).toBeGreaterThan(10);
    expect(counts.kept).toBeGreaterThan(10);
    for (const each of [agent, admin]) each.destroy();
  });

  describe('close', () => {
    const cart = named(CART);

    it('listens no more at once, and lets the request under way finish', async () => {
      const port = await serving([cart]);
      const [sending, response] = await mirrored(port, cart, 'a long');
      expect(await get(port, cart, '/close')).toBe('closing');
      await expect.poll(() => isOpen(port), { timeout: 10_000 }).toBe(false);
      sending.end(' story');
      expect(await text(response)).toBe(' story');
      expect(await host?.exited).toBe(0);
    });

    it('ends what is not over when `drain` is', async () => {
      const port = await serving([cart], 200);
      const [, response] = await mirrored(port, cart, 'an endless');
      const idle = tls.connect({ port, servername: CART, ca: cart.cert });
      idle.on('error', () => undefined);
      await once(idle, 'secureConnect');
      const broken = text(response).then(
        () => 'whole',
        () => 'broken',
      );
      expect(await get(port, cart, '/close')).toBe('closing');
      expect(await broken).toBe('broken');
      expect(await host?.exited).toBe(0);
    });
  });
}

/** Whether this machine tells which sockets there are. */
const HAS_SOCKET_TABLE = existsSync('/proc/net/tcp');
const LOOPBACK = '0100007F';
const ESTABLISHED = '01';
const LISTENING = '0A';

/** The ports of sockets at 127.0.0.1 in a state, and those that they are connected to: proc_net_tcp(5). */
function sockets(state: string): readonly { readonly from: number; readonly to: number }[] {
  const rows = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1);
  return rows.flatMap((row) => {
    const [, from = '', to = '', own] = row.trim().split(/\s+/);
    const [address, port = ''] = from.split(':');
    const [, farPort = ''] = to.split(':');
    const isHere = own === state && address === LOOPBACK;
    return isHere ? [{ from: Number.parseInt(port, 16), to: Number.parseInt(farPort, 16) }] : [];
  });
}

function listeners(): readonly number[] {
  return sockets(LISTENING).map(({ from }) => from);
}

function connections(): ReturnType<typeof sockets> {
  return sockets(ESTABLISHED);
}

/** Sends a request. @returns the first of what is answered. */
async function ask(socket: tls.TLSSocket): Promise<string> {
  socket.write(`GET / HTTP/1.1\r\nHost: ${CART}\r\n\r\n`);
  const [data] = await once(socket, 'data');
  return String(data);
}

/** The first message of a client that asks for a name. */
async function helloFor(servername: string): Promise<Buffer> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const client = tls.connect({ port, host: '127.0.0.1', servername });
  client.on('error', () => undefined);
  const [socket] = await once(server, 'connection');
  const [hello] = await once(socket, 'data');
  client.destroy();
  server.close();
  return hello;
}

/** A server, by name, and whom to trust there: anybody, where `cert` is absent. */
interface Trusted {
  readonly serverNames: readonly string[];
  readonly cert: string | undefined;
}

function requestTo(
  port: number,
  { serverNames: [name = ''], cert }: Trusted,
  options: https.RequestOptions,
): https.RequestOptions {
  const trust = cert === undefined ? { rejectUnauthorized: false } : { ca: cert };
  return { port, host: '127.0.0.1', servername: name, agent: false, ...trust, ...options };
}

async function get(
  port: number,
  to: Trusted,
  path: string,
  agent: https.Agent | false = false,
): Promise<string> {
  const headers = { host: `${to.serverNames[0]}:${port}` };
  const asking = https.get(requestTo(port, to, { path, agent, headers }));
  const [response] = await once(asking, 'response');
  return text(response);
}

async function replace(
  port: number,
  to: Trusted,
  certificates: readonly TLSCertificate[],
  agent: https.Agent | false = false,
): Promise<void> {
  const asking = https.request(
    requestTo(port, to, { path: '/certificates', method: 'POST', agent }),
  );
  asking.end(JSON.stringify(certificates));
  const [response] = await once(asking, 'response');
  expect(await text(response)).toBe('reloaded');
}

/** A request whose first part has come back, while the rest is still to be sent. */
async function mirrored(
  port: number,
  to: Trusted,
  part: string,
): Promise<[ReturnType<typeof https.request>, import('node:http').IncomingMessage]> {
  const sending = https.request(requestTo(port, to, { path: '/mirror', method: 'POST' }));
  sending.on('error', () => undefined);
  const answered = once(sending, 'response');
  sending.write(part);
  const [response] = await answered;
  expect(String((await once(response, 'data'))[0])).toBe(part);
  return [sending, response];
}

async function isOpen(port: number): Promise<boolean> {
  const socket = net.connect(port, '127.0.0.1');
  const result = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.destroy();
  return result;
}
