import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { portolan } from './command.ts';

const root = join(import.meta.dirname, '../../..');
const PROGRAM = join(root, 'packages/portolan/src/bin/portolan.ts');

/** The programs themselves: what npm puts in their place hands no signals on. */
const RUNTIMES = [
  ['Node', [process.execPath]],
  ['Deno', [join(root, 'node_modules/deno/deno'), 'run', '--allow-all']],
  ['Bun', [join(root, 'node_modules/bun/bin/bun.exe')]],
] as const satisfies readonly (readonly [string, readonly [string, ...string[]]])[];

const TOKEN = 'a-token-of-the-tests';

const manifests = (path: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: cart, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart }
spec: { selector: { app: cart }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec:
  rules:
    - http:
        paths:
          - { path: ${path}, pathType: Exact, backend: { service: { name: cart, port: { number: 80 } } } }
`;

let folder: string;
const running: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-serve-'));
});

afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

interface Serving {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  /** Waits for a line of standard output with this, as JSON. */
  readonly told: (text: string) => Promise<Readonly<Record<string, unknown>>>;
  /** Waits for a line of standard error with this. */
  readonly warned: (text: string) => Promise<string>;
}

/** Runs `portolan serve --json` on a runtime. */
function serve(
  [command, ...first]: readonly [string, ...string[]],
  args: readonly string[],
): Serving {
  const child = spawn(command, [...first, PROGRAM, 'serve', '--json', ...args], {
    cwd: folder,
    env: { ...process.env, PORTOLAN_TOKEN: TOKEN },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const out = linesOf(child.stdout);
  const err = linesOf(child.stderr);
  return {
    child,
    exited: once(child, 'exit').then(() => child.exitCode),
    told: async (text) => JSON.parse(await out(text)),
    warned: err,
  };
}

/** Waits for lines, those that have come already among them. */
function linesOf(input: NodeJS.ReadableStream): (text: string) => Promise<string> {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  return (text) =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = lines.find((line) => line.includes(text));
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
}

async function until(status: number, url: string): Promise<void> {
  while ((await fetch(url)).status !== status) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

describe.each(RUNTIMES)('portolan serve on %s', (_, command) => {
  it.skipIf(!existsSync(command[0]))(
    'serves manifests, keeps what turns faulty, follows the file and SIGHUP, and ends with 0',
    async () => {
      const file = join(folder, 'shop.yaml');
      await writeFile(file, manifests('/one'));
      const { child, exited, told, warned } = serve(command, [
        '-f',
        file,
        '--stand-ins',
        '--http',
        '0',
        '--admin',
        '0',
        '--drain',
        '1',
      ]);
      const { port } = await told('"kind":"http"');
      const admin = await told('"kind":"admin"');
      expect(await told('"event":"ready"')).toEqual({ event: 'ready' });
      const url = `http://127.0.0.1:${String(port)}`;
      const answer = await fetch(`${url}/one`);
      expect(await answer.json()).toMatchObject({ path: '/one', namespace: 'default' });

      await writeFile(file, manifests('no-path'));
      expect(await warned('must be an absolute path')).toMatch(/shop\.yaml:2\d:\d+: .*path/);
      expect(await warned('kept as it was: Ingress default/web')).toBeDefined();
      expect((await fetch(`${url}/one`)).status).toBe(200);

      await writeFile(file, manifests('/two'));
      await until(200, `${url}/two`);
      expect((await fetch(`${url}/one`)).status).toBe(404);
      child.kill('SIGHUP');
      const metrics = await fetch(`http://127.0.0.1:${String(admin['port'])}/metrics`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      expect(await metrics.text()).toContain('portolan_requests_total');
      child.kill('SIGTERM');
      expect(await exited).toBe(0);
    },
  );

  it.skipIf(!existsSync(command[0]))(
    'serves on while a file is emptied and half written in a storm of SIGHUPs, and ends amid a reload without a word',
    async () => {
      const file = join(folder, 'shop.yaml');
      await writeFile(file, manifests('/one'));
      const { child, exited, told } = serve(command, [
        '-f',
        file,
        '--stand-ins',
        '--http',
        '0',
        '--drain',
        '1',
      ]);
      let said = '';
      child.stderr?.on('data', (chunk) => {
        said += String(chunk);
      });
      const { port } = await told('"kind":"http"');
      await told('"event":"ready"');
      const url = `http://127.0.0.1:${String(port)}`;
      const storm = async (): Promise<void> => {
        for (let count = 0; count < 20; count += 1) {
          child.kill('SIGHUP');
          expect((await fetch(`${url}/one`)).status).toBe(200);
        }
      };
      const next = manifests('/two');
      // A cut that no parser takes for an end.
      const cut = next.indexOf('app: cart');
      await writeFile(file, '');
      await storm();
      await appendFile(file, next.slice(0, cut));
      await storm();
      await appendFile(file, next.slice(cut));
      await until(200, `${url}/two`);
      expect((await fetch(`${url}/one`)).status).toBe(404);

      await writeFile(file, manifests('/three'));
      child.kill('SIGHUP');
      child.kill('SIGTERM');
      expect(await exited).toBe(0);
      expect(said).not.toContain('closed');
    },
  );

  it.skipIf(!existsSync(command[0]))(
    'says what is in use and by which option, serves the rest, and ends at once at a second signal',
    async () => {
      const taken = createNetServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const address = taken.address();
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
      const asked = Promise.withResolvers<void>();
      const slow = createServer(() => asked.resolve()).listen(8080, '127.0.93.1');
      const file = join(folder, 'shop.yaml');
      const pod = `
---
apiVersion: v1
kind: Pod
metadata: { name: cart, labels: { app: cart } }
spec: { containers: [{ name: cart, image: cart }] }
status: { podIP: 127.0.93.1, conditions: [{ type: Ready, status: 'True' }] }
`;
      await writeFile(file, manifests('/') + pod);
      const { child, exited, told, warned } = serve(command, [
        '-f',
        file,
        '--http',
        '0',
        '--internal',
        `${port}`,
        '--drain',
        '60',
      ]);
      expect(await warned('is in use')).toBe(
        `internal: TCP 127.0.0.1:${port} is in use (EADDRINUSE; --internal)`,
      );
      await told('"event":"ready"');
      const http = await told('"kind":"http"');
      const unanswered = fetch(`http://127.0.0.1:${String(http['port'])}/`);
      unanswered.catch(() => undefined);
      await asked.promise;
      taken.close();
      // Once it is free, it is opened.
      await told('"kind":"internal"');
      child.kill('SIGTERM');
      await told('"event":"draining"');
      child.kill('SIGTERM');
      expect(await exited).toBe(143);
      await expect(unanswered).rejects.toThrow(/./);
      slow.close();
      slow.closeAllConnections();
    },
  );
});

describe('portolan serve', () => {
  it.each([
    [[], 'which manifests?'],
    [['--http', 'localhost:80'], '--http must be a port, an IP address and a port'],
    [['--drain', 'soon'], 'a number of seconds is expected'],
    [['--access-log', 'some'], 'all, failures, off'],
    [['--node-address', '192.0.2.1'], '192.0.2.1 is no address of this machine'],
    [['--load-balancer-address', 'nonsense'], 'nonsense'],
  ])('%j is not understood', async (args, said) => {
    const given = args.length === 0 ? [] : ['-f', folder];
    const { code, out, err } = await portolan('serve', ...given, ...args);
    expect(err).toContain(said);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('has help with examples', async () => {
    const { code, out } = await portolan('serve', '--help');
    expect(out).toContain('Examples:');
    expect(code).toBe(0);
  });

  it('fails where nothing at all can be opened', async () => {
    const taken = createNetServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const { code, err } = await portolan('serve', '-f', folder, '--http', `${port}`);
    expect(err).toContain(`http: TCP 127.0.0.1:${port} is in use (EADDRINUSE; --http)\n`);
    expect(code).toBe(1);
    taken.close();
  });
});
