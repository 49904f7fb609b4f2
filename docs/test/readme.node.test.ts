import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { join } from 'node:path';

import { findService } from '@portolan/engine';
import { compile } from 'portolan';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unstable_startWorker as startWorker } from 'wrangler';

const root = join(import.meta.dirname, '../..');
const readme = page('README.md');

function page(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The page's code block of that name; by default the README's. */
function snippet(name: string, text: string = readme): string {
  const found = new RegExp(`^\`\`\`ts ${name}\\n([^]*?)^\`\`\`$`, 'm').exec(text);
  if (found?.[1] === undefined) throw new Error(`the page has no block ${name}`);
  return found[1];
}

/** A folder inside this package, from which `portolan` and its neighbours are found, with the README's `shop.yaml`. */
let folder: string;
let pod: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(import.meta.dirname, '.readme-'));
  pod = createServer((incoming, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ url: incoming.url, headers: incoming.headers }));
  });
  const port = await listen(pod);
  await writeFile(
    join(folder, 'shop.yaml'),
    `
apiVersion: v1
kind: Service
metadata: { name: cart }
spec: { selector: { app: cart }, ports: [{ port: 80, targetPort: ${port} }] }
---
apiVersion: v1
kind: Pod
metadata: { name: cart-1, labels: { app: cart } }
spec: { containers: [{ name: server, image: cart }] }
status: { podIP: 127.0.0.1 }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec:
  rules:
    - host: shop.example
      http:
        paths:
          - path: /cart
            pathType: Prefix
            backend: { service: { name: cart, port: { number: 80 } } }
`,
  );
});

afterAll(async () => {
  pod.close();
  await rm(folder, { recursive: true });
});

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  return address.port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

function knock(port: number, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(
      { host: '127.0.0.1', port, path, headers: { host: 'shop.example' }, agent: false },
      (incoming) => {
        let body = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        incoming.on('end', () => resolve({ status: incoming.statusCode, body }));
      },
    )
      .on('error', reject)
      .end();
  });
}

/** Answers as soon as somebody listens. */
async function knockUntilAnswered(port: number, path: string): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    try {
      return await knock(port, path);
    } catch (error) {
      if (tries === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function run(
  name: string,
  command: readonly string[],
  text: string = snippet(name),
): Promise<[number, ChildProcess]> {
  const port = await freePort();
  await writeFile(join(folder, name), text.replace('8080', String(port)));
  const [program = '', ...args] = command;
  const child = spawn(program, [...args, name], {
    cwd: folder,
    // A group of its own: what npm installs as `deno` only starts the real one.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return [port, child];
}

function end({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

const bin = join(root, 'node_modules/.bin');

describe('the README', () => {
  it.each([
    ['node.ts', [process.execPath], 404],
    ['deno.ts', [join(bin, 'deno'), 'run', '--allow-all'], 404],
    ['bun.ts', [join(bin, 'bun')], 404],
    // The handler after the middleware has it.
    ['hono.ts', [process.execPath], 200],
  ])('serves the manifests as %s shows', async (name, command, elsewhere) => {
    const [port, child] = await run(name, command);
    try {
      const { status, body } = await knockUntilAnswered(port, '/cart/7?a=1');
      expect({ status, ...JSON.parse(body) }).toMatchObject({
        status: 200,
        url: '/cart/7?a=1',
        headers: { 'x-forwarded-host': 'shop.example', 'x-forwarded-for': '127.0.0.1' },
      });
      expect((await knock(port, '/elsewhere')).status).toBe(elsewhere);
    } finally {
      end(child);
    }
  });

  it('serves the manifests as worker.ts shows', async () => {
    await writeFile(join(folder, 'worker.ts'), snippet('worker.ts'));
    await writeFile(
      join(folder, 'wrangler.jsonc'),
      JSON.stringify({
        name: 'shop',
        main: 'worker.ts',
        compatibility_date: '2026-11-17',
        rules: [{ type: 'Text', globs: ['**/*.yaml'] }],
      }),
    );
    const port = await freePort();
    const worker = await startWorker({
      config: join(folder, 'wrangler.jsonc'),
      envFiles: [],
      dev: {
        server: { hostname: '127.0.0.1', port },
        inspector: false,
        logLevel: 'none',
        persist: false,
        watch: false,
      },
    });
    try {
      const { status, body } = await knockUntilAnswered(port, '/cart/7?a=1');
      expect({ status, ...JSON.parse(body) }).toMatchObject({ status: 200, url: '/cart/7?a=1' });
      expect((await knock(port, '/elsewhere')).status).toBe(404);
    } finally {
      await worker.dispose();
    }
  });

  it('shows annotations that are good', () => {
    const [, manifest = ''] = /^```yaml annotations\.yaml\n([^]*?)^```$/m.exec(readme) ?? [];
    const { diagnostics, snapshot } = compile(manifest);
    expect(diagnostics).toEqual([]);
    expect(findService(snapshot, 'default/cart')?.settings).toEqual({
      loadBalancing: 'LeastRequests',
      retries: 3,
      retryOn: [502, 503],
      firstByteTimeout: 10_000,
    });
  });

  it('works in pieces as pieces.ts shows', async () => {
    const [, child] = await run('pieces.ts', [process.execPath]);
    let output = '';
    child.stdout?.on('data', (text) => (output += String(text)));
    await once(child, 'close');
    expect(output).toBe('true\nmatched\n');
  });
});

describe('docs/how-to/observability.md', () => {
  it('shows how a program logs and counts', async () => {
    const metricsPort = await freePort();
    const text = snippet('observability.ts', page('docs/how-to/observability.md'));
    const [port, child] = await run(
      'observability.ts',
      [process.execPath],
      text.replace('9090', String(metricsPort)),
    );
    try {
      expect((await knockUntilAnswered(port, '/cart/7')).status).toBe(200);
      const { body } = await knockUntilAnswered(metricsPort, '/metrics');
      expect(body).toMatch(/^portolan_requests_total\{service="default\/cart:80".* 1$/m);
      expect(body).toMatch(/^portolan_endpoint_requests\{service="default\/cart:80".* 0$/m);
    } finally {
      end(child);
    }
  });
});
