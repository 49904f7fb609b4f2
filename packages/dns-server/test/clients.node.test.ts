import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { dnsOverHTTPS } from '../src/https/https.ts';
import { serveDNS, type DNSServer } from '../src/index.ts';
import { cluster, MANY } from './cluster.ts';

const snapshot = cluster();

const run = promisify(execFile);

function isThere(program: string): boolean {
  return spawnSync(program, ['-V']).error === undefined;
}

async function output(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(program, args);
  return stdout;
}

/** What dig and kdig print with `+short`. */
async function short(program: string, ...args: readonly string[]): Promise<readonly string[]> {
  return (await output(program, ...args, '+short')).split('\n').filter((line) => line !== '');
}

describe.skipIf(!isThere('dig'))('dig (skipped where there is none)', () => {
  looksUp('dig');
});

describe.skipIf(!isThere('kdig'))('kdig (skipped where there is none)', () => {
  looksUp('kdig');
});

function looksUp(program: 'dig' | 'kdig'): void {
  let server: DNSServer;
  let at: readonly string[];

  beforeAll(async () => {
    server = await serveDNS({ snapshot: () => snapshot });
    at = ['@127.0.0.1', '-p', String(server.port)];
  });
  afterAll(() => server.close());

  it.each(['+notcp', '+tcp'])('has names looked up with %s', async (transport) => {
    const ask = (...args: readonly string[]) => short(program, ...at, transport, ...args);
    expect(await ask('cart.shop.svc.cluster.local')).toEqual(['10.96.0.10']);
    expect(await ask('cart.shop.svc.cluster.local', 'AAAA')).toEqual(['2001:db8::10']);
    expect(await ask('_http._tcp.cart.shop.svc.cluster.local', 'SRV')).toEqual([
      '0 100 80 cart.shop.svc.cluster.local.',
    ]);
    expect(await ask('-x', '10.96.0.10')).toEqual(['cart.shop.svc.cluster.local.']);
    expect(await ask('-x', '2001:db8::10')).toEqual(['cart.shop.svc.cluster.local.']);
    expect(await ask('near.shop.svc.cluster.local')).toEqual([
      'cart.shop.svc.cluster.local.',
      '10.96.0.10',
    ]);
    expect(await ask('outside.shop.svc.cluster.local')).toEqual(['www.example.com.']);
    expect(await ask('dns-version.cluster.local', 'TXT')).toEqual(['"1.1.0"']);
  });

  it('understands negative answers, and refusals', async () => {
    const ask = (...args: readonly string[]) => output(program, ...at, ...args);
    const nobody = await ask('nobody.shop.svc.cluster.local');
    expect(nobody).toMatch(/status: NXDOMAIN/);
    expect(nobody).toMatch(
      /^cluster\.local\.\s+5\s+IN\s+SOA\s+ns\.dns\.cluster\.local\. hostmaster\.cluster\.local\. \d+ 7200 1800 86400 5$/m,
    );
    expect(await ask('shop.svc.cluster.local')).toMatch(/status: NOERROR/);
    expect(await ask('www.example.com')).toMatch(/status: REFUSED/);
    const transfer = await ask('cluster.local', 'AXFR', '+tcp').catch(String);
    expect(transfer).toMatch(/Transfer failed|replied with error 'REFUSED'/);
  });

  it('comes by TCP for what a datagram has no room for', async () => {
    const name = 'many.shop.svc.cluster.local';
    expect((await short(program, ...at, name)).toSorted()).toEqual(MANY.toSorted());
    const ignoring = (...args: readonly string[]) =>
      output(program, ...at, name, '+ignore', ...args);
    for (const [bytes, args] of [
      [512, ['+noedns']],
      [800, ['+edns', '+bufsize=800']],
      [1232, ['+edns', '+bufsize=4096']],
    ] as const) {
      const truncated = await ignoring(...args);
      expect(truncated).toMatch(/flags: qr aa tc rd;/i);
      const [, size] = /(?:MSG SIZE {2}rcvd: |Received )(\d+)/.exec(truncated) ?? [];
      expect(Number(size)).toBeLessThanOrEqual(bytes);
      expect(Number(size)).toBeGreaterThan(bytes - 16);
    }
  });

  it('speaks EDNS, or not', async () => {
    const name = 'cart.shop.svc.cluster.local';
    const ask = (...args: readonly string[]) => output(program, ...at, name, ...args);
    expect(await ask('+dnssec')).toMatch(/version: 0[,;] flags: do; UDP(?: size)?: 1232/i);
    expect(await ask('+noedns')).not.toMatch(/EDNS/);
    expect(await ask('+edns=1', ...(program === 'dig' ? ['+noednsneg'] : []))).toMatch(/BADVERS/);
  });
}

describe.skipIf(!isThere('openssl'))('DNS over HTTPS (skipped without openssl)', () => {
  let folder: string;
  let closeAll: () => void;
  let port: number;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portolan-dns-'));
    const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const asked =
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost';
    await run('openssl', [...asked.split(' '), '-keyout', keyFile, '-out', certificateFile]);
    const tls = { key: await readFile(keyFile), cert: await readFile(certificateFile) };
    const handler = dnsOverHTTPS({ snapshot: () => snapshot });
    const server = createSecureServer({ ...tls, allowHTTP1: true }, async (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const method = incoming.method;
      const response = await handler(
        new Request(new URL(incoming.url, 'https://localhost'), {
          method,
          headers: { 'Content-Type': incoming.headers['content-type'] ?? '' },
          ...(method === 'POST' && { body: Buffer.concat(chunks) }),
        }),
      );
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
    closeAll = () => server.close();
  });
  afterAll(async () => {
    closeAll();
    await rm(folder, { recursive: true });
  });

  it.skipIf(!isThere('kdig')).each(['+https', '+https-get'])(
    'answers kdig %s (skipped where there is none)',
    async (way) => {
      const args = ['@127.0.0.1', '-p', String(port), '+https', way];
      expect(await short('kdig', ...args, 'cart.shop.svc.cluster.local')).toEqual(['10.96.0.10']);
      expect(await short('kdig', ...args, 'many.shop.svc.cluster.local')).toEqual(MANY);
      const nobody = await output('kdig', ...args, 'nobody.shop.svc.cluster.local');
      expect(nobody).toMatch(/HTTP session .*-POST|HTTP session .*-GET|HTTPS session/);
      expect(nobody).toMatch(/status: NXDOMAIN/);
    },
  );

  it.skipIf(!isThere('curl'))('has curl find a Service (skipped without curl)', async () => {
    const service = createServer((_, response) => response.end('here'));
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
    const address = service.address();
    const of = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const doh = ['--doh-url', `https://127.0.0.1:${port}/dns-query`, '--doh-insecure'];
      const found = `http://home.shop.svc.cluster.local:${of}/`;
      expect(await output('curl', '-sS', '--noproxy', '*', ...doh, found)).toBe('here');
      const none = `http://nobody.shop.svc.cluster.local:${of}/`;
      await expect(output('curl', '-sS', '--noproxy', '*', ...doh, none)).rejects.toMatchObject({
        code: 6,
      });
    } finally {
      service.close();
    }
  });
});
