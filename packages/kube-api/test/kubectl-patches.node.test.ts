import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

import { openStore, type Store, type StoredObject } from '@portolan/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createKubeAPI, type Admission, type KubeAPI } from '../src/index.ts';

const TOKEN = 'a-token-for-the-tests';

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Whether kubectl takes over what it applied on its own side before: since 1.26. */
function takesOver(): boolean {
  const text = execFileSync('kubectl', ['version', '--client', '-o', 'json']);
  return Number.parseInt(JSON.parse(String(text)).clientVersion.minor) >= 26;
}

function headersOf({ headersDistinct }: IncomingMessage): [name: string, value: string][] {
  return Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
}

let folder: string;
let store: Store;
let api: KubeAPI;
let server: Server;
let url: string;
/** The content types of the patches that came in. */
let patches: (string | null)[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kubectl-patches-'));
  store = openStore();
  patches = [];
  const admission: Admission = { admit: ({ object }) => ({ object }) };
  api = createKubeAPI({
    store,
    admission,
    tokens: [{ name: 'test', role: 'admin', token: TOKEN }],
  });
  server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url: path = '/' } = incoming;
    const headers = new Headers(headersOf(incoming));
    // kubectl sends no token over plain HTTP.
    headers.set('authorization', `Bearer ${TOKEN}`);
    if (method === 'PATCH') patches.push(headers.get('content-type'));
    const body = await buffer(incoming);
    const init = { method, headers, ...(body.length > 0 && { body }) };
    const response = await api.fetch(new Request(new URL(path, 'http://api'), init));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterEach(() => {
  api.close();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

/** What kubectl prints; what it finds fault with is thrown. */
function kubectl(command: string, input?: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = [`--server=${url}`, `--cache-dir=${folder}`, ...command.split(' ')];
    const env = { ...process.env, KUBECONFIG: join(folder, 'none') };
    const child = execFile('kubectl', args, { env }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr));
      else resolve(stdout);
    });
    child.stdin?.end(input === undefined ? '' : JSON.stringify(input));
  });
}

interface Container {
  readonly name: string;
  readonly image?: string;
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly ports?: readonly { readonly containerPort: number }[];
}

interface Manifest {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

function deployment(replicas: number | undefined, ...containers: readonly Container[]): Manifest {
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: { containers } };
  const spec = {
    ...(replicas !== undefined && { replicas }),
    selector: { matchLabels: labels },
    template,
  };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec };
}

function stored(): StoredObject | undefined {
  return store.get({ resource: 'deployments.apps', namespace: 'default', name: 'web' });
}

/** By name: they stand in order of time, which goes by seconds. */
const managers = (): readonly unknown[] =>
  (stored()?.metadata.managedFields ?? [])
    .map(({ manager, operation }) => `${manager} ${operation}`)
    .toSorted();

const WEB = {
  name: 'web',
  image: 'web:1',
  env: [{ name: 'A', value: 'a' }],
  ports: [{ containerPort: 80 }],
};
const SIDE = { name: 'side', image: 'side:1' };

describe.skipIf(!isThere('kubectl'))(
  'what kubectl patches (skipped where there is no kubectl)',
  () => {
    it('is, after apply, what was applied', async () => {
      const states = [
        deployment(2, WEB, SIDE),
        deployment(undefined, SIDE, { ...WEB, image: 'web:2', env: [{ name: 'B', value: 'b' }] }),
        deployment(3, { ...WEB, ports: [{ containerPort: 81 }, { containerPort: 80 }] }),
      ];
      for (const state of states) {
        await kubectl('apply -f -', state);
        expect(stored()).toMatchObject({ spec: state.spec });
      }
      const type = 'application/strategic-merge-patch+json';
      expect(patches).toEqual([type, type]);
      expect(await kubectl('apply -f -', states[2])).toBe('deployment.apps/web unchanged\n');
    });

    it('keeps what others set', async () => {
      await kubectl('apply -f -', deployment(undefined, WEB));
      await kubectl('label deployment web tier=front');
      await kubectl('set env deployment/web C=c');
      await kubectl('apply -f -', deployment(undefined, { ...WEB, image: 'web:2' }));
      const env = [...WEB.env, { name: 'C', value: 'c' }];
      expect(stored()).toMatchObject({
        metadata: { labels: { tier: 'front' } },
        spec: deployment(undefined, { ...WEB, image: 'web:2', env }).spec,
      });
    });

    it('moves from client-side to server-side apply and goes on there', async () => {
      await kubectl('apply -f -', deployment(2, WEB, SIDE));
      await kubectl('apply --server-side -f -', deployment(3, WEB));
      expect(stored()).toMatchObject({ spec: { replicas: 3 } });
      if (!takesOver()) return;
      expect(managers()).toEqual(['kubectl Apply', 'kubectl-last-applied Apply']);
      expect(stored()).toMatchObject({ spec: deployment(3, WEB).spec });
    });

    it('conflicts by server-side apply, and can be forced', async () => {
      await kubectl('apply --server-side -f -', deployment(2, WEB));
      const other = 'apply --server-side --field-manager=other -f -';
      await expect(kubectl(other, deployment(5, WEB))).rejects.toThrow(
        'Apply failed with 1 conflict: conflict with "kubectl": .spec.replicas',
      );
      await kubectl(`${other} --force-conflicts`, deployment(5, WEB));
      expect(stored()).toMatchObject({ spec: { replicas: 5 } });
      const before = stored();
      await kubectl(other, deployment(5, WEB));
      expect(stored()).toEqual(before);
    });

    it('is explained', async () => {
      expect(await kubectl('explain deployment.spec.template.spec')).toMatch(
        /^ +containers\t<\[\](Container|Object)>/m,
      );
      expect(await kubectl('explain ingress.spec.rules --recursive')).toMatch(
        /^ +paths\t<\[\](HTTPIngressPath|Object)>/m,
      );
    });

    it('may be a list of operations, or a merge patch', async () => {
      await kubectl('apply -f -', deployment(2, WEB));
      const operations =
        '[{"op":"test","path":"/spec/replicas","value":2},{"op":"replace","path":"/spec/replicas","value":4}]';
      await kubectl(`patch deployment web --type=json -p ${operations}`);
      expect(stored()).toMatchObject({ spec: { replicas: 4 } });
      await expect(kubectl(`patch deployment web --type=json -p ${operations}`)).rejects.toThrow(
        'testing value /spec/replicas failed: test failed',
      );
      await kubectl('patch deployment web --type=merge -p {"spec":{"replicas":null}}');
      expect(stored()).toMatchObject({ spec: { replicas: 1 } });
    });
  },
);
