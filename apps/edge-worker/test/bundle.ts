import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { compile, type ManifestInput, type CompileOptions } from 'portolan';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** The Worker's code as `wrangler deploy` would upload it, with the Snapshot of these manifests. */
export async function bundle(manifests: ManifestInput, options?: CompileOptions): Promise<string> {
  const output = await mkdtemp(join(tmpdir(), 'portolan-bundle-'));
  try {
    const snapshot = join(output, 'snapshot.json');
    await writeFile(snapshot, JSON.stringify(compile(manifests, options).snapshot));
    const args = ['deploy', '--dry-run', '--minify', '--outdir', output];
    execFileSync(wrangler(), [...args, '--alias', `#snapshot:${snapshot}`], {
      cwd: folder,
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
      stdio: 'pipe',
    });
    return await readFile(join(output, 'worker.js'), 'utf8');
  } finally {
    await rm(output, { recursive: true });
  }
}

function wrangler(): string {
  const manifest = fileURLToPath(import.meta.resolve('wrangler/package.json'));
  return join(dirname(manifest), 'bin/wrangler.js');
}
