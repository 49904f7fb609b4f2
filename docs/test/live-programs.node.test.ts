import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const page = readFileSync(join(import.meta.dirname, '../how-to/live.md'), 'utf8');

/** The page's program of that name, at other ports than the page's. */
function program(name: string, ports: Readonly<Record<string, number>>): string {
  const [, text] = new RegExp(`^\`\`\`ts ${name}\\n([^]*?)^\`\`\`$`, 'm').exec(page) ?? [];
  if (text === undefined) throw new Error(`the page has no program ${name}`);
  return Object.entries(ports).reduce((all, [from, to]) => all.replaceAll(from, String(to)), text);
}

const TOKENS = { ADMIN_TOKEN: 'the-token-of-the-operators', PODS_TOKEN: 'the-token-of-the-pods' };

describe('the programs that docs/how-to/live.md shows', () => {
  let folder: string;
  let ports: Readonly<Record<'3000' | '8080', number>>;
  const running = new Set<ChildProcess>();

  function start(name: string): ChildProcess {
    const child = spawn(process.execPath, [name], {
      cwd: folder,
      env: { ...process.env, ...TOKENS },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    running.add(child);
    return child;
  }

  async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
    running.delete(child);
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  async function apply(kind: string, path: string, spec: object): Promise<number> {
    const url = `http://127.0.0.1:${ports['8080']}/.portolan/kube/${path}/hello`;
    const apiVersion = path.split('/').slice(1, -3).join('/');
    const { status } = await fetch(`${url}?fieldManager=test`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${TOKENS.ADMIN_TOKEN}`,
        'content-type': 'application/apply-patch+yaml',
      },
      body: JSON.stringify({ apiVersion, kind, metadata: { name: 'hello' }, spec }),
    });
    return status;
  }

  /** What the gateway answers to a request for hello.example, or that nobody does. */
  function ask(): Promise<string> {
    return new Promise((resolve) => {
      const options = { host: '127.0.0.1', port: ports['8080'], agent: false };
      request({ ...options, headers: { host: 'hello.example' } }, (incoming) => {
        let body = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        incoming.on('end', () => resolve(`${incoming.statusCode} ${body}`));
      })
        .on('error', ({ message }) => resolve(message))
        .end();
    });
  }

  beforeAll(async () => {
    // Inside this package, from which the others are found.
    folder = await mkdtemp(join(import.meta.dirname, '.readme-'));
    ports = { 3000: await freePort(), 8080: await freePort() };
    for (const name of ['host.ts', 'pod.ts']) {
      await writeFile(join(folder, name), program(name, ports));
    }
  });
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  it('route to a process that registered itself, until it ends, also over a kill of the host', async () => {
    let host = start('host.ts');
    await expect.poll(ask, { timeout: 10_000 }).toMatch(/^404 /);
    const service = { selector: { app: 'hello' }, ports: [{ port: 80, targetPort: 'http' }] };
    expect(await apply('Service', 'api/v1/namespaces/default/services', service)).toBe(201);
    const backend = { service: { name: 'hello', port: { number: 80 } } };
    const rules = [
      { host: 'hello.example', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } },
    ];
    const ingresses = 'apis/networking.k8s.io/v1/namespaces/default/ingresses';
    expect(await apply('Ingress', ingresses, { rules })).toBe(201);
    await expect.poll(ask, { timeout: 5_000 }).toMatch(/^503 /);

    const pod = start('pod.ts');
    await expect.poll(ask, { timeout: 10_000 }).toBe('200 hello');

    await end(host, 'SIGKILL');
    host = start('host.ts');
    await expect.poll(ask, { timeout: 10_000 }).toBe('200 hello');

    await end(pod, 'SIGTERM');
    await expect.poll(ask, { timeout: 5_000 }).toMatch(/^503 /);
    await end(host, 'SIGTERM');
  });
});

describe.skipIf(!hasOpenSSL() || !hasKubectl())(
  'the commands for kubectl and a host of one’s own (skipped where openssl or a kubectl that writes kubeconfigs is missing)',
  () => {
    let folder: string;
    let host: ChildProcess | undefined;
    beforeAll(async () => {
      folder = await mkdtemp(join(import.meta.dirname, '.readme-'));
    });
    afterAll(async () => {
      host?.kill('SIGKILL');
      await rm(folder, { recursive: true });
    });

    it('make a certificate that kubectl trusts, and a context that reaches the host', async () => {
      const [, commands = ''] = /^```sh tls\n([^]*?)^```$/m.exec(page) ?? [];
      const [make = '', configure = ''] = commands.split(/^(?=kubectl)/m, 2);
      const rest = commands.slice(make.length);
      expect(configure).not.toBe('');
      const port = await freePort();
      const bash = (text: string) =>
        execFileSync('bash', ['-ec', text.replaceAll('8443', String(port))], {
          cwd: folder,
          encoding: 'utf8',
          env: { ...process.env, ...TOKENS, KUBECONFIG: join(folder, 'kubeconfig') },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
      bash(make);
      const text = program('host.ts', { 8080: port })
        .replace("hostname: '127.0.0.1',", '$& tls,')
        .replace(/^const \{ ADMIN_TOKEN/m, `${READ_CERTIFICATE}$&`);
      expect(text).toContain('tls,');
      await writeFile(join(folder, 'host.ts'), text);
      host = spawn(process.execPath, ['host.ts'], {
        cwd: folder,
        env: { ...process.env, ...TOKENS },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      await expect.poll(() => tried(() => bash(rest)), { timeout: 10_000 }).toBe(true);
      expect(bash('kubectl --context=portolan get namespaces -o name')).toBe('');
    });
  },
);

/** What the page leaves to whoever starts the host over TLS. */
const READ_CERTIFICATE = `import { readFileSync } from 'node:fs';
const tls = { key: readFileSync('key.pem', 'utf8'), cert: readFileSync('cert.pem', 'utf8') };
`;

function tried(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

function hasOpenSSL(): boolean {
  return tried(() => execFileSync('openssl', ['version'], { stdio: 'ignore' }));
}

/** That of Debian 12, 1.20, panics where it is to write a user into a kubeconfig. */
function hasKubectl(): boolean {
  const file = join(import.meta.dirname, `.readme-kubeconfig-${process.pid}`);
  const args = ['config', 'set-credentials', 'somebody', '--token=token', `--kubeconfig=${file}`];
  const isFine = tried(() => execFileSync('kubectl', args, { stdio: 'ignore' }));
  rmSync(file, { force: true });
  return isFine;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  return address.port;
}
