import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const docs = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** The site as it is deployed. */
export interface BuiltSite {
  /** What a server has at `/`. */
  readonly root: string;
  /** The site's own folder in it. */
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** Builds the site. Not to be done twice at a time. @param base where it is served from, `/` or `/docs/` */
export async function buildSite(base: string = '/'): Promise<BuiltSite> {
  const root = await mkdtemp(join(tmpdir(), 'portolan-site-'));
  const folder = join(root, base);
  // The test runner has variables of its own, which Vite would take for the site's.
  const { PATH, HOME, TMPDIR } = process.env;
  const env = { PATH, HOME, TMPDIR, BASE: base, ASTRO_TELEMETRY_DISABLED: '1' };
  await run(process.execPath, ['site/api/generate.ts'], { cwd: docs, env });
  await run(join(docs, 'node_modules/.bin/astro'), ['build', '--outDir', folder], {
    cwd: docs,
    env,
  });
  return { root, folder, remove: () => rm(root, { recursive: true, force: true }) };
}
