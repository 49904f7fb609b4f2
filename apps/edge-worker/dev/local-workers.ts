import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Response } from 'miniflare';
import { unstable_startWorker as startWorker } from 'wrangler';

import { buildMap } from './map/build-map.ts';

/** A Worker as it runs on local workerd. */
export interface LocalWorker {
  readonly url: URL;
  readonly close: () => Promise<void>;
}

export interface LocalWorkerOptions {
  /** A folder that Workers which are to find each other share. */
  readonly folder: string;
  /** What the admin side and the resource API are opened with. */
  readonly adminToken: string;
}

/**
 * Bundles the control plane and starts it.
 *
 * @param persist The folder that its objects are kept in; without it they end with the process.
 * @throws where the bundle fails.
 */
export function startControlPlane({
  folder,
  adminToken,
  persist,
}: LocalWorkerOptions & { readonly persist?: string }): Promise<LocalWorker> {
  return start(folder, {
    config: configOf('control-plane'),
    bindings: {
      TOKENS: { type: 'json', value: [{ name: 'admin', role: 'admin', token: adminToken }] },
      KV_INTERVAL: { type: 'json', value: 1 },
      ADDRESSES: { type: 'json', value: [{ ip: '127.0.0.1' }] },
      SNAPSHOTS: { type: 'kv_namespace', id: 'snapshots' },
    },
    dev: { persist: persist ?? false },
  });
}

export interface EdgeWorkerOptions extends LocalWorkerOptions {
  readonly port: number;
  /** What it is bundled with. */
  readonly snapshotFile: string;
  /** Where endpoints in truth listen, now: `address:port` → `address:port`. */
  readonly overrides: () => Readonly<Record<string, string>>;
}

/**
 * Bundles the edge worker and its map and starts it, beside a control plane that need not be there yet.
 *
 * @throws where the port is taken or the bundle fails.
 */
export async function startEdgeWorker(options: EdgeWorkerOptions): Promise<LocalWorker> {
  const assets = join(options.folder, 'map');
  await buildMap(assets);
  return start(options.folder, {
    config: configOf('edge-worker'),
    assets,
    build: { alias: { '#snapshot': options.snapshotFile }, custom: { command: '' } },
    bindings: {
      ADMIN_TOKEN: { type: 'secret_text', value: options.adminToken },
      SESSION_SECRET: { type: 'secret_text', value: randomUUID() },
      LIVE: { type: 'json', value: { interval: 100 } },
      DIALERS: {
        type: 'json',
        value: [{ dialer: 'url', ipLiterals: true, overridesFrom: 'OVERRIDES' }],
      },
      OVERRIDES: { type: 'fetcher', fetcher: async () => Response.json(options.overrides()) },
      CONTROL_PLANE: { type: 'service', service: 'portolan-control-plane', entrypoint: 'Edge' },
    },
    dev: { server: { hostname: '127.0.0.1', port: options.port } },
  });
}

type WorkerInput = Parameters<typeof startWorker>[0];

async function start(folder: string, { dev, ...input }: WorkerInput): Promise<LocalWorker> {
  // Nothing is to be asked or told of a network that may not be there.
  process.env['CLOUDFLARE_CF_FETCH_ENABLED'] ??= 'false';
  process.env['WRANGLER_SEND_METRICS'] ??= 'false';
  const worker = await startWorker({
    ...input,
    envFiles: [],
    dev: {
      server: { hostname: '127.0.0.1', port: 0 },
      inspector: false,
      logLevel: 'warn',
      persist: false,
      remote: false,
      watch: false,
      registry: join(folder, 'registry'),
      ...dev,
    },
  });
  await worker.ready;
  return { url: await worker.url, close: () => worker.dispose() };
}

function configOf(app: 'control-plane' | 'edge-worker'): string {
  return fileURLToPath(new URL(`../../${app}/wrangler.jsonc`, import.meta.url));
}
