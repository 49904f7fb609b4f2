/**
 * `npm start`: compiles manifests, starts a stand-in for every Pod without an address, serves them from the edge worker on
 * local workerd, and goes on with whatever the files come to hold.
 *
 * PORT sets the port, 8787 by default; MANIFESTS names files and folders, several separated by `:`; PORTOLAN_TOKEN is the
 * token of the admin side, by default one that is made and printed.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { objectKey } from '@portolan/core';
import { startStandIns } from '@portolan/stand-ins/serve';
import { formatDiagnostic, type Compiled } from 'portolan';

import { adminToken } from './admin-token.ts';
import { loadWithStandIns } from './load.ts';
import { startLocalWorker } from './local-worker.ts';
import { manifestPaths } from './manifest-paths.ts';
import { untilAsked, withoutSignalHandlers } from './shutdown.ts';
import { watchPaths } from './watch-paths.ts';
import { welcome } from './welcome.ts';

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

if (await isTaken(port)) {
  process.stderr.write(`127.0.0.1:${port} is in use: choose another port, PORT=9000 npm start\n`);
  process.exit(1);
}

const asked = untilAsked();
const paths = manifestPaths();
const loaded = await loadWithStandIns(paths);
let { compiled } = loaded;
printDiagnostics(compiled);
if (compiled.manifests.length === 0) {
  process.stderr.write(`no manifests in ${paths.join(', ')}\n`);
  process.exit(1);
}
const folder = await mkdtemp(join(tmpdir(), 'portolan-'));
const snapshotFile = join(folder, 'snapshot.json');
await writeFile(snapshotFile, JSON.stringify(compiled.snapshot));
const standIns = await startStandIns(loaded.plan);
// wrangler would have the process exit at once, with everything else left as it is.
const worker = await withoutSignalHandlers(() =>
  startLocalWorker({
    snapshotFile,
    port,
    overrides: standIns.overrides,
    adminToken: token.value,
  }),
);
process.stdout.write(welcome(compiled, standIns.servers, worker.url, token));

const watcher = watchPaths(paths, async () => {
  const next = await loadWithStandIns(paths, compiled);
  ({ compiled } = next);
  printDiagnostics(compiled);
  const before = standIns.overrides;
  await standIns.update(next.plan);
  if (JSON.stringify(before) !== JSON.stringify(standIns.overrides)) {
    await worker.setOverrides(standIns.overrides);
  }
  await writeFile(snapshotFile, JSON.stringify(compiled.snapshot));
  process.stdout.write(`snapshot ${compiled.snapshot.version}\n`);
});

await asked;
// Whatever is still busy then ends with the process.
setTimeout(() => process.exit(0), 5_000).unref();
watcher.close();
await Promise.allSettled([worker.close(), standIns.close()]);
await rm(folder, { recursive: true, force: true });
process.exit(0);

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
