/**
 * `npm start`: compiles manifests, starts a stand-in for every Pod without an address, serves them from the edge worker on
 * local workerd, with a control plane beside it, and goes on with whatever the files and the resource API come to hold.
 *
 * PORT sets the port, 8787 by default; MANIFESTS names files and folders, several separated by `:`; PORTOLAN_TOKEN is the
 * token of the admin side and the resource API, by default one that is made and printed; PORTOLAN_KUBECONFIG is the file
 * that the kubeconfig is written to.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { objectKey } from '@portolan/core';
import { watchPaths } from '@portolan/files';
import { startStandIns } from '@portolan/stand-ins/serve';
import { formatDiagnostic, type Compiled } from 'portolan';

import { adminToken } from './admin-token.ts';
import { exportLine, isSomebodyElses, kubeconfigPath, writeKubeconfig } from './kubeconfig.ts';
import { loadWithStandIns } from './load.ts';
import { startControlPlane, startEdgeWorker } from './local-workers.ts';
import { manifestObjects } from './manifest-objects.ts';
import { manifestPaths } from './manifest-paths.ts';
import { resourceAPI } from './resource-api.ts';
import { untilServed } from './served-snapshot.ts';
import { untilAsked, withoutSignalHandlers } from './shutdown.ts';
import { controlStandIns } from './stand-in-controller.ts';
import { openTLSEntrance } from './tls-entrance.ts';
import { welcome } from './welcome.ts';

/** Where the edge worker has the resource API. */
const API_PATH = '/.portolan/kube';

const port = Number(process.env['PORT'] ?? 8787);
if (!Number.isInteger(port) || port < 1 || port > 65535) {
  process.stderr.write(`PORT must be a number from 1 to 65535, not ${process.env['PORT']}\n`);
  process.exit(2);
}

const token = adminToken();
if (token === undefined) {
  process.stderr.write('PORTOLAN_TOKEN must be a bearer token of at least 16 characters\n');
  process.exit(2);
}

const kubeconfig = kubeconfigPath();
if (isSomebodyElses(kubeconfig)) {
  process.stderr.write(
    `PORTOLAN_KUBECONFIG: ${kubeconfig} is there already, and not ours to write over\n`,
  );
  process.exit(2);
}

if (await isTaken(port)) {
  process.stderr.write(`127.0.0.1:${port} is in use: choose another port, PORT=9000 npm start\n`);
  process.exit(1);
}

/** What is to end with the process, whenever that is. */
const closing: (() => Promise<unknown>)[] = [];
void untilAsked().then(end);

const paths = manifestPaths();
const loaded = await loadWithStandIns(paths);
let { compiled } = loaded;
printDiagnostics(compiled);
if (compiled.manifests.length === 0) {
  process.stderr.write(`no manifests in ${paths.join(', ')}\n`);
  process.exit(1);
}
const folder = await mkdtemp(join(tmpdir(), 'portolan-'));
closing.push(() => rm(folder, { recursive: true, force: true }));
const snapshotFile = join(folder, 'snapshot.json');
await writeFile(snapshotFile, JSON.stringify(compiled.snapshot));
const standIns = await startStandIns(loaded.plan);
closing.push(() => standIns.close());
const local = { folder, adminToken: token.value };
// wrangler would have the process exit at once, with everything else left as it is.
const controlPlane = await withoutSignalHandlers(() => startControlPlane(local));
closing.push(controlPlane.close);
const edge = await withoutSignalHandlers(() =>
  startEdgeWorker({ ...local, port, snapshotFile, overrides: () => standIns.overrides }),
);
closing.push(edge.close);

const warn = (message: string): void => void process.stderr.write(`${message}\n`);
const api = resourceAPI(`${edge.url.origin}${API_PATH}`, token.value);
const objects = manifestObjects(api, warn);
await api.ready();
await objects.update(compiled.manifests.map(({ resource }) => resource));
const ending = new AbortController();
closing.push(async () => ending.abort());
await controlStandIns({ api, standIns, signal: ending.signal, warn });
const version = await untilServed(edge.url, token.value);

const entrance = await openTLSEntrance(edge.url, API_PATH);
closing.push(entrance.server.close);
closing.push(
  await writeKubeconfig(kubeconfig, {
    server: `https://127.0.0.1:${entrance.server.port}${API_PATH}`,
    certificate: entrance.certificate,
    token: token.value,
  }),
);
process.stdout.write(
  welcome(compiled, {
    servers: standIns.servers,
    version,
    url: edge.url,
    token,
    exportLine: exportLine(kubeconfig),
  }),
);

const reload = async (): Promise<void> => {
  ({ compiled } = await loadWithStandIns(paths, compiled));
  printDiagnostics(compiled);
  await objects.update(compiled.manifests.map(({ resource }) => resource));
  process.stdout.write(`snapshot ${await untilServed(edge.url, token.value)}\n`);
};
let reloaded: Promise<void> = Promise.resolve();
const endWatching = watchPaths(paths, () => {
  reloaded = reloaded.then(reload).catch((error: unknown) => {
    warn(error instanceof Error ? error.message : String(error));
  });
});
closing.push(async () => endWatching());

async function end(): Promise<never> {
  // Whatever is still busy then ends with the process.
  setTimeout(() => process.exit(0), 5_000).unref();
  await Promise.allSettled(closing.toReversed().map((close) => close()));
  process.exit(0);
}

function printDiagnostics({ diagnostics, kept, passedOver }: Compiled): void {
  for (const diagnostic of diagnostics) process.stderr.write(`${formatDiagnostic(diagnostic)}\n`);
  for (const { resource } of kept) {
    process.stderr.write(`kept as it was: ${resource.kind} ${objectKey(resource)}\n`);
  }
  if (passedOver.length === 0) return;
  const kinds = Map.groupBy(passedOver, ({ kind }) => kind ?? 'without any object');
  const counts = [...kinds].map(([kind, documents]) => `${documents.length} ${kind}`);
  process.stderr.write(`passed over: ${counts.join(', ')}\n`);
}

function isTaken(wanted: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(true));
    server.listen(wanted, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}
