/** An edge worker of its own process group, which a test may kill: folder, token, port, Snapshot and overrides file are arguments. */
import { readFileSync } from 'node:fs';

import { startEdgeWorker } from '../../dev/local-workers.ts';

const [, , folder = '', adminToken = '', port = '', snapshotFile = '', overridesFile = ''] =
  process.argv;
const { url } = await startEdgeWorker({
  folder,
  adminToken,
  port: Number(port),
  snapshotFile,
  overrides: () => JSON.parse(readFileSync(overridesFile, 'utf8')),
});
process.stdout.write(`${url.origin}\n`);
