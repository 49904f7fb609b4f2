import { execFile, spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { promisify } from 'node:util';

import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bundle } from './bundle.ts';
import { listen } from './running.ts';

const TOKEN = 'sixteen-letters~';

const MANIFESTS = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { clusterIP: 10.96.0.10, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: home, namespace: shop }
spec: { clusterIP: None, selector: { app: home }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: home-1, namespace: shop, labels: { app: home } }
spec: { containers: [{ name: server, image: home }] }
status: { podIP: 127.0.0.1 }
`;

/** A Worker that gives everybody what it may ask for itself. */
const RESOLVER = `export default { fetch: (request, env) => env.DNS.fetch(request) };`;

/** A query with id 0 for the addresses of a name. */
function query(name: string): Uint8Array<ArrayBuffer> {
  const labels = name.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]);
  return Uint8Array.from([0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, 1, 0, 1]);
}

/** The code of a response, and the address that it ends in where it is an answer to an A query. */
function read(response: ArrayBuffer): { readonly rcode: number; readonly address: string } {
  const bytes = [...new Uint8Array(response)];
  return { rcode: (bytes[3] ?? 0) & 0xf, address: bytes.slice(-4).join('.') };
}

const hasCurl = spawnSync('curl', ['-V']).error === undefined;

describe('DNS over HTTPS', () => {
  let home: Server;
  let workers: Miniflare;
  let url: URL;
  let port: number;

  beforeAll(async () => {
    home = createServer((_, response) => response.end('at home'));
    port = await listen(home);
    const script = await bundle(MANIFESTS);
    const worker = (name: string, code: string) => ({
      name,
      modules: true as const,
      script: code,
      compatibilityDate: '2026-11-17',
    });
    const DIALERS = [{ dialer: 'url' }];
    workers = new Miniflare(
      convertV4MiniflareOptions({
        host: '127.0.0.1',
        https: true,
        workers: [
          {
            ...worker('resolver', RESOLVER),
            serviceBindings: { DNS: { name: 'portolan', entrypoint: 'DNS' } },
          },
          {
            ...worker('portolan', script),
            bindings: { DIALERS, ADMIN_TOKEN: TOKEN },
            routes: ['shop.example/*'],
          },
          {
            ...worker('closed', script),
            bindings: { DIALERS },
            routes: ['closed.example/*'],
          },
        ],
      }),
    );
    url = await workers.ready;
  });
  afterAll(async () => {
    await workers.dispose();
    home.close();
  });

  async function ask(host: string, name: string, headers: Readonly<Record<string, string>> = {}) {
    return workers.dispatchFetch(`https://${host}/.portolan/dns-query`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/dns-message', ...headers },
      body: query(name),
    });
  }

  it('is on the admin side for whoever brings the token', async () => {
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const found = await ask('shop.example', 'cart.shop.svc.cluster.local', headers);
    expect(found.status).toBe(200);
    expect(found.headers.get('content-type')).toBe('application/dns-message');
    expect(found.headers.get('cache-control')).toBe('no-store');
    expect(read(await found.arrayBuffer())).toEqual({ rcode: 0, address: '10.96.0.10' });
    const refused = await ask('shop.example', 'www.example.com', headers);
    expect(read(await refused.arrayBuffer())).toMatchObject({ rcode: 5 });
  });

  it('is there for nobody else, and not at all without ADMIN_TOKEN', async () => {
    expect(await ask('shop.example', 'cart.shop.svc.cluster.local')).toMatchObject({ status: 401 });
    const headers = { Authorization: `Bearer ${TOKEN}` };
    expect(await ask('closed.example', 'cart.shop.svc.cluster.local', headers)).toMatchObject({
      status: 404,
    });
  });

  it('is an entrypoint of its own for Workers that bind to it, at any URL', async () => {
    const dns = Buffer.from(query('cart.shop.svc.cluster.local')).toString('base64url');
    const response = await workers.dispatchFetch(`https://any.example/where?dns=${dns}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('max-age=5');
    expect(read(await response.arrayBuffer())).toEqual({ rcode: 0, address: '10.96.0.10' });
    const none = await workers.dispatchFetch('https://any.example/where');
    expect(none).toMatchObject({ status: 400 });
  });

  it.skipIf(!hasCurl)('has curl find a Service (skipped without curl)', async () => {
    const doh = ['--doh-url', new URL('/dns-query', url).href, '--doh-insecure'];
    const found = `http://home.shop.svc.cluster.local:${port}/`;
    const args = ['-sS', '--noproxy', '*', ...doh, found];
    const { stdout } = await promisify(execFile)('curl', args);
    expect(stdout).toBe('at home');
  });
});
