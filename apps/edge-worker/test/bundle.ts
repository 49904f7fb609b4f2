import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { compile, type ManifestInput, type CompileOptions } from 'portolan';

/** The edge worker's code as `wrangler deploy` would upload it, with the Snapshot of these manifests. */
export async function bundle(manifests: ManifestInput, options?: CompileOptions): Promise<string> {
  return withFolder(async (output) => {
    const snapshot = join(output, 'snapshot.json');
    await writeFile(snapshot, JSON.stringify(compile(manifests, options).snapshot));
    return uploaded('edge-worker', output, ['--alias', `#snapshot:${snapshot}`]);
  });
}

/** The control plane's code as `wrangler deploy` would upload it. */
export function bundleControlPlane(): Promise<string> {
  return withFolder((output) => uploaded('control-plane', output));
}

async function uploaded(
  app: 'control-plane' | 'edge-worker',
  output: string,
  more: readonly string[] = [],
): Promise<string> {
  execFileSync(wrangler(), ['deploy', '--dry-run', '--minify', '--outdir', output, ...more], {
    cwd: fileURLToPath(new URL(`../../${app}`, import.meta.url)),
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
    stdio: 'pipe',
  });
  return readFile(join(output, 'worker.js'), 'utf8');
}

async function withFolder<Made>(make: (folder: string) => Promise<Made>): Promise<Made> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bundle-'));
  try {
    return await make(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function wrangler(): string {
  const manifest = fileURLToPath(import.meta.resolve('wrangler/package.json'));
  return join(dirname(manifest), 'bin/wrangler.js');
}
