import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { knock, listen, start, type Running } from './running.ts';

describe('npm start, with the example shop', () => {
  let shop: Running;
  beforeAll(async () => {
    shop = await start();
  });
  afterAll(() => shop.stop());

  it('says where it is ready, and prints the table of routes', () => {
    expect(shop.output()).toContain(`ready on http://127.0.0.1:${shop.port}\n`);
    expect(shop.output()).toMatch(/^shop\.example +\/cart +PathPrefix +shop\/cart:80 +2$/m);
    expect(shop.output()).toMatch(/^203\.0\.113\.10:80 +\/ +Service +shop\/partner-api:80 +2$/m);
  });

  it('prints three requests that are answered by three Services', async () => {
    const commands = shop.output().match(/^curl .*$/gm) ?? [];
    const answers = commands.map((command) => {
      const [, host, path = '/'] =
        /^curl (?:-H 'Host: ([^']+)' )?http:\/\/127\.0\.0\.1:\d+(\/.*)$/.exec(command) ?? [];
      return knock(shop.port, path, { host });
    });
    const apps = (await Promise.all(answers)).map(({ status, json }) => {
      expect(status).toBe(200);
      return json.labels.app;
    });
    expect(new Set(apps).size).toBe(3);
  });

  // The table at the top of manifests/40-ingress.yaml.
  it.each([
    ['shop.example', '/', 'storefront', 8080],
    ['shop.example', '/cart', 'cart', 7070],
    ['shop.example', '/cart/items/7', 'cart', 7070],
    ['shop.example', '/cartoons', 'storefront', 8080],
    ['shop.example', '/api/products', 'catalog', 8080],
    ['shop.example', '/api/metrics', 'catalog', 9090],
    ['shop.example', '/api/metrics/', 'catalog', 8080],
    ['SHOP.example.:80', '/cart', 'cart', 7070],
    ['tools.shop.example', '/', 'vendors', 8080],
    ['a.b.shop.example', '/', 'lost-and-found', 8080],
    ['elsewhere.example', '/', 'lost-and-found', 8080],
    ['127.0.0.1:30080', '/', 'back-office', 8080],
    ['203.0.113.10', '/', 'catalog', 8080],
  ])('answers %s%s from a Pod of %s, at its port %i', async (host, path, app, port) => {
    const { status, json } = await knock(shop.port, path, { host });
    expect({ status, app: json.labels.app, port: json.port }).toEqual({ status: 200, app, port });
  });

  it('spreads requests over the Pods of a Service', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => knock(shop.port, '/', { host: 'shop.example' })),
    );
    expect(new Set(answers.map(({ json }) => json.pod)).size).toBe(3);
  });

  it('passes on what was sent: method, query and body', async () => {
    const { json } = await knock(shop.port, '/cart/x?a=1&a=%20&c', {
      host: 'shop.example',
      method: 'PUT',
      body: 'seven!!',
    });
    expect(json).toMatchObject({
      method: 'PUT',
      path: '/cart/x?a=1&a=%20&c',
      bodySize: 7,
      headers: { 'x-forwarded-host': 'shop.example', 'x-forwarded-proto': 'http' },
    });
  });

  it('answers for itself under the reserved path, and operators who bring the token it printed', async () => {
    const ask = (name: string, token?: string) =>
      knock(shop.port, `/.portolan/${name}`, { host: 'shop.example', token });
    const open = await Promise.all(['healthz', 'readyz', 'other'].map((name) => ask(name)));
    expect(open.map(({ status }) => status)).toEqual([200, 200, 404]);
    for (const token of [undefined, `${shop.token}0`]) {
      expect((await ask('metrics', token)).status).toBe(401);
    }
    const { json } = await ask('snapshot', shop.token);
    expect(shop.output()).toContain(`snapshot ${json.version}`);
    const { body } = await ask('metrics', shop.token);
    expect(body).toContain(
      `portolan_snapshot_info{version="${json.version}",source="control-plane"} 1\n`,
    );
  });

  it.each([
    ['SIGINT', 'SIGINT'],
    ['SIGTERM', 'SIGTERM'],
  ] as const)('leaves nothing running after %s', async (_, signal) => {
    const started = await start();
    const group = descendants(started.process.pid ?? 0);
    expect(group.length).toBeGreaterThan(0);
    expect(await started.stop(signal)).toBe(0);
    // What was told to end may still be ending.
    const left = (): readonly Process[] => running().filter(({ pid }) => group.includes(pid));
    await expect.poll(left, { timeout: 5_000 }).toEqual([]);
    await expect(knock(started.port, '/')).rejects.toThrow('ECONNREFUSED');
  });
});

describe('MANIFESTS', () => {
  let folder: string;
  const servers: Server[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portolan-test-'));
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await rm(folder, { recursive: true });
  });

  /** A process of our own, and the Pod that stands for it. */
  async function realPod(name: string): Promise<string> {
    const server = createServer((_, response) => response.end(name));
    servers.push(server);
    const port = await listen(server);
    return `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: mine}}
spec:
  containers: [{name: server, image: none, ports: [{name: http, containerPort: ${port}}]}]
status: {phase: Running, podIP: 127.0.0.1, conditions: [{type: Ready, status: 'True'}]}
---`;
  }

  const routes = `
apiVersion: v1
kind: Service
metadata: {name: mine}
spec: {selector: {app: mine}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: mine}
spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: mine, port: {number: 80}}}}]}}]}
`;

  it('a Pod with an address of its own is dialled there, and when it is replaced so is who answers', async () => {
    const [pods, rest] = [join(folder, 'pods.yaml'), join(folder, 'routes.yaml')];
    await writeFile(pods, await realPod('first'));
    await writeFile(rest, routes);
    const own = await start(`${pods}:${rest}`);
    try {
      expect((await knock(own.port, '/')).body).toBe('first');
      await writeFile(pods, await realPod('second'));
      await expect
        .poll(async () => (await knock(own.port, '/')).body, { timeout: 20_000 })
        .toBe('second');
      await writeFile(rest, routes.replace('pathType: Prefix', 'pathType: Perfect'));
      await own.printed(/kept as it was: Ingress default\/mine\nsnapshot/);
      expect((await knock(own.port, '/')).body).toBe('second');
    } finally {
      await own.stop();
    }
  });

  it('a broken document is reported with its place, and the others serve', async () => {
    const file = join(folder, 'broken.yaml');
    await writeFile(file, `${await realPod('whole')}\nkind: [\n---${routes}`);
    const own = await start(file);
    try {
      expect(own.output()).toMatch(/broken\.yaml:\d+:\d+: error: /);
      expect((await knock(own.port, '/')).body).toBe('whole');
    } finally {
      await own.stop();
    }
  });

  it('that hold nothing are a clear error', async () => {
    const started = start(join(folder, 'missing.yaml'));
    await expect(started).rejects.toThrow(/missing\.yaml.*no such file[^]*no manifests in /);
  });

  it('a port that is taken is a clear error, and nothing is left running', async () => {
    const blocker = createServer();
    const port = await listen(blocker);
    const started = start(undefined, port);
    await expect(started).rejects.toThrow(`127.0.0.1:${port} is in use`);
    blocker.close();
  });
});

describe('PORTOLAN_TOKEN', () => {
  it('opens the admin side, and is not printed', async () => {
    const own = await start(undefined, undefined, 'a-token-of-my-own');
    try {
      const { status } = await knock(own.port, '/.portolan/metrics', { token: own.token });
      expect(status).toBe(200);
      expect(own.output()).toContain('Bearer $PORTOLAN_TOKEN"');
      expect(own.output()).not.toContain(own.token);
    } finally {
      await own.stop();
    }
  });

  it('that is too short is a clear error', async () => {
    await expect(start(undefined, undefined, 'short')).rejects.toThrow(
      'PORTOLAN_TOKEN must be a bearer token of at least 16 characters',
    );
  });
});

function descendants(root: number): readonly number[] {
  const processes = running();
  const below = (parent: number): readonly number[] =>
    processes.flatMap(({ pid, ppid }) => (ppid === parent ? [pid, ...below(pid)] : []));
  return below(root);
}

interface Process {
  readonly pid: number;
  readonly ppid: number;
}

/** Every process that has not ended: from /proc on Linux, where `ps` may be missing; elsewhere from `ps`. */
function running(): readonly Process[] {
  const lines =
    process.platform === 'linux'
      ? readdirSync('/proc')
          .filter((name) => /^\d+$/.test(name))
          .map(statusLine)
      : execFileSync('ps', ['-A', '-o', 'pid=,stat=,ppid='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [pid, state, ppid] = line.trim().split(/\s+/);
    return state === undefined || state.startsWith('Z')
      ? []
      : [{ pid: Number(pid), ppid: Number(ppid) }];
  });
}

/** `pid state ppid …`; empty where the process ended meanwhile. */
function statusLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/\(.*\)/s, '');
  } catch {
    return '';
  }
}
