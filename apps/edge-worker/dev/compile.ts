/**
 * Compiles the manifests into the Snapshot that the Worker is bundled with, and builds the map: wrangler's build command.
 *
 * MANIFESTS names files and folders, several separated by `:`; the folder `manifests` beside this one by default.
 * Exits with 1 where a manifest has an error, so that nothing half-read is deployed.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { snapshotModule } from '@portolan/compile';
import { formatDiagnostic } from 'portolan';

import { load } from './load.ts';
import { manifestPaths } from './manifest-paths.ts';
import { buildMap } from './map/build-map.ts';

const output = new URL('../generated/snapshot.js', import.meta.url);

const { snapshot, diagnostics } = await load(manifestPaths());
for (const diagnostic of diagnostics) process.stderr.write(`${formatDiagnostic(diagnostic)}\n`);
await mkdir(new URL('.', output), { recursive: true });
await writeFile(output, snapshotModule(snapshot));
await buildMap(fileURLToPath(new URL('map', output)));
process.stdout.write(`snapshot ${snapshot.version} → ${fileURLToPath(output)}\n`);
if (diagnostics.some(({ severity }) => severity === 'error')) process.exitCode = 1;
