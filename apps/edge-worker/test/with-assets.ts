import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { compile } from 'portolan';
import { unstable_startWorker as startWorker } from 'wrangler';

import { buildMap } from '../dev/map/build-map.ts';
import { listen } from './running.ts';

/** A Pod that would have all that there is, and names the map's own path. */
const manifests = (port: number): string => `
apiVersion: v1
kind: Service
metadata: { name: greedy }
spec: { selector: { app: greedy }, ports: [{ port: 80, targetPort: ${port} }] }
---
apiVersion: v1
kind: Pod
metadata: { name: greedy, labels: { app: greedy } }
spec: { containers: [{ name: server, image: greedy }] }
status: { podIP: 127.0.0.1 }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: greedy }
spec:
  rules:
    - http:
        paths:
          - { path: /.portolan/map, pathType: Exact, backend: { service: { name: greedy, port: { number: 80 } } } }
          - { path: /, pathType: Prefix, backend: { service: { name: greedy, port: { number: 80 } } } }
`;

/** Asks the internal entrance for what the request names. */
const CALLER = `
  export default {
    fetch: (request, env) => env.INSIDE.fetch(new Request(request.headers.get('x-ask'), request)),
  };`;

/** Workers with the assets that `wrangler.jsonc` gives them, and the ports of 127.0.0.1 where they listen. */
export interface WithAssets {
  readonly guarded: number;
  /** Without ADMIN_TOKEN. */
  readonly tokenless: number;
  /** Asks the internal entrance of the first for the URL in `x-ask`. */
  readonly inside: number;
  readonly stop: () => Promise<void>;
}

/** Starts them before a Pod that says, as JSON and in a header, that it was asked, and how. */
export async function startWithAssets(token: string): Promise<WithAssets> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-assets-'));
  const pod = createServer(({ url, headers }, response) => {
    response.setHeader('content-type', 'application/json');
    response.setHeader('x-pod', 'greedy');
    response.end(JSON.stringify({ pod: 'greedy', url, authorization: headers.authorization }));
  });
  const snapshot = join(folder, 'snapshot.json');
  await writeFile(snapshot, JSON.stringify(compile(manifests(await listen(pod))).snapshot));
  const assets = join(folder, 'map');
  await buildMap(assets);
  const caller = join(folder, 'caller.js');
  await writeFile(caller, CALLER);

  const started: Awaited<ReturnType<typeof startWorker>>[] = [];
  const run = async (input: Parameters<typeof startWorker>[0]): Promise<number> => {
    const worker = await startWorker({
      ...input,
      envFiles: [],
      dev: {
        server: { hostname: '127.0.0.1', port: 0 },
        inspector: false,
        logLevel: 'error',
        persist: false,
        remote: false,
        watch: false,
        registry: join(folder, 'registry'),
      },
    });
    started.push(worker);
    await worker.ready;
    return Number((await worker.url).port);
  };
  const edge = (name: string, secrets: Readonly<Record<string, string>>): Promise<number> =>
    run({
      name,
      config: fileURLToPath(new URL('../wrangler.jsonc', import.meta.url)),
      assets,
      build: { alias: { '#snapshot': snapshot }, custom: { command: '' } },
      bindings: {
        DIALERS: { type: 'json', value: [{ dialer: 'url', ipLiterals: true }] },
        ...Object.fromEntries(
          Object.entries(secrets).map(([key, value]) => [key, { type: 'secret_text', value }]),
        ),
      },
    });

  return {
    guarded: await edge('guarded', { ADMIN_TOKEN: token }),
    tokenless: await edge('tokenless', {}),
    inside: await run({
      name: 'caller',
      entrypoint: caller,
      compatibilityDate: '2026-11-17',
      bindings: { INSIDE: { type: 'service', service: 'guarded', entrypoint: 'Internal' } },
    }),
    stop: async () => {
      await Promise.all(started.map((worker) => worker.dispose()));
      pod.closeAllConnections();
      pod.close();
      await rm(folder, { recursive: true });
    },
  };
}
