import { createServer, type Server } from 'node:http';

import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bundle, bundleControlPlane } from './bundle.ts';
import { listen } from './running.ts';

const TOKEN = 'sixteen-letters~';

/** Has the path of a request say which edge worker it is for. */
const CALLER = `
  export default {
    fetch(request, env) {
      const { pathname, search } = new URL(request.url);
      const [, binding, ...rest] = pathname.split('/');
      return env[binding].fetch(new Request('http://web.example/' + rest.join('/') + search, request));
    },
  };`;

/** In place of a control plane that is out of order. */
const BROKEN = `export default { fetch: () => new Response('no', { status: 500 }) };`;

describe('Snapshots on their way to the edge', () => {
  const servers: Server[] = [];
  let workers: Miniflare;
  let ports: Record<'bundled' | 'live', number>;

  beforeAll(async () => {
    const pod = async (name: string): Promise<number> => {
      const server = createServer((_, response) => response.end(name));
      servers.push(server);
      return listen(server);
    };
    ports = { bundled: await pod('bundled'), live: await pod('live') };
    const edge = await bundle(
      objects(ports.bundled)
        .map((each) => JSON.stringify(each))
        .join('\n---\n'),
    );
    const plain = (name: string, script: string) => ({
      name,
      modules: true as const,
      script,
      compatibilityDate: '2026-11-17',
    });
    const edgeWorker = (name: string, bindings: object) => ({
      ...plain(name, edge),
      bindings: {
        ADMIN_TOKEN: TOKEN,
        DIALERS: [{ dialer: 'url', ipLiterals: true }],
        LIVE: { interval: 50, staleAfter: 1 },
      },
      ...bindings,
    });
    const SNAPSHOTS = { kvNamespaces: { SNAPSHOTS: 'snapshots' } };
    const controlPlane = { name: 'control-plane', entrypoint: 'Edge' };
    workers = new Miniflare(
      convertV4MiniflareOptions({
        host: '127.0.0.1',
        handleStructuredLogs: () => undefined,
        workers: [
          {
            ...plain('caller', CALLER),
            serviceBindings: { ASKING: 'asking', READING: 'reading', CUT: 'cut', ALONE: 'alone' },
          },
          {
            ...plain('control-plane', await bundleControlPlane()),
            bindings: {
              TOKENS: [{ name: 'test', role: 'admin', token: TOKEN }],
              KV_INTERVAL: 1,
            },
            durableObjects: { CONTROL_PLANE: { className: 'ControlPlane', useSQLite: true } },
            ...SNAPSHOTS,
          },
          edgeWorker('asking', { serviceBindings: { CONTROL_PLANE: controlPlane } }),
          edgeWorker('reading', SNAPSHOTS),
          edgeWorker('cut', { serviceBindings: { CONTROL_PLANE: 'broken' }, ...SNAPSHOTS }),
          edgeWorker('alone', { serviceBindings: { CONTROL_PLANE: 'broken' } }),
          plain('broken', BROKEN),
        ],
      }),
    );
  });
  afterAll(async () => {
    await workers.dispose();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  const ask = async (edge: string, path = '', init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const response = await workers.dispatchFetch(`http://caller/${edge}/${path}`, {
      method: init.method ?? 'GET',
      headers,
      ...(typeof init.body === 'string' && { body: init.body }),
    });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  const answer = async (edge: string) => (await ask(edge)).body;
  const source = async (edge: string) =>
    /source=([\w-]+)/.exec(
      (await ask(edge, '.portolan/snapshot')).headers.get('portolan-snapshot') ?? '',
    )?.[1];

  it('what is bundled is served where there is nobody else', async () => {
    expect(await answer('ALONE')).toBe('bundled');
    expect(await source('ALONE')).toBe('bundled');
  });

  it.each(['ASKING', 'READING', 'CUT'])(
    'what is bundled is served by %s as long as the control plane has nothing at all',
    async (edge) => {
      expect(await answer(edge)).toBe('bundled');
      expect(await source(edge)).toBe('bundled');
    },
  );

  it('the control plane takes what is written through an edge worker, and any that asks has it', async () => {
    for (const object of objects(ports.live)) {
      const { status, body } = await ask('ASKING', pathOf(object), {
        method: 'POST',
        body: JSON.stringify(object),
      });
      expect({ status, body }).toMatchObject({ status: 201 });
    }
    await expect.poll(() => answer('ASKING'), { timeout: 5_000 }).toBe('live');
    expect(await source('ASKING')).toBe('control-plane');
  });

  it.each(['READING', 'CUT'])('%s finds it in KV', async (edge) => {
    await expect.poll(() => answer(edge), { timeout: 10_000 }).toBe('live');
    expect(await source(edge)).toBe('kv');
    expect((await ask(edge, '.portolan/readyz')).body).toBe('ok');
    const metrics = (await ask(edge, '.portolan/metrics')).body;
    expect(metrics).toMatch(/portolan_snapshot_info\{version="[0-9a-f]{16}",source="kv"\} 1\n/);
    expect(metrics).toMatch(/portolan_snapshot_checked_timestamp_seconds\{source="kv"\} \d{10}/);
  });

  it('an edge worker without a control plane has no resource API, and Snapshots are for bindings alone', async () => {
    expect((await ask('READING', '.portolan/kube/api')).status).toBe(404);
    for (const path of ['snapshot', '.portolan/kube/snapshot', '.portolan/kube/../../snapshot']) {
      expect(await ask('ASKING', path)).not.toMatchObject({
        body: expect.stringContaining('revision'),
      });
    }
  });

  it('nobody writes without a token', async () => {
    const response = await workers.dispatchFetch(
      'http://caller/ASKING/.portolan/kube/api/v1/namespaces/default/pods/web',
      { method: 'DELETE' },
    );
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ kind: 'Status', reason: 'Unauthorized' });
    expect(await answer('ASKING')).toBe('live');
  });
});

interface Written {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [field: string]: unknown;
}

/** A Pod at a port of this machine, its Service and its Ingress. */
function objects(containerPort: number): readonly Written[] {
  const metadata = { name: 'web', labels: { app: 'web' } };
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: {
        containers: [{ name: 'web', image: 'web', ports: [{ name: 'http', containerPort }] }],
      },
      status: {
        phase: 'Running',
        podIP: '127.0.0.1',
        conditions: [{ type: 'Ready', status: 'True' }],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata,
      spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
    },
  ];
}

function pathOf({ apiVersion, kind }: Written): string {
  const root = apiVersion.includes('/') ? 'apis' : 'api';
  const plural = kind === 'Ingress' ? 'ingresses' : `${kind.toLowerCase()}s`;
  return `.portolan/kube/${root}/${apiVersion}/namespaces/default/${plural}`;
}
