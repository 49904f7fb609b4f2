import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What cluster, user and context are called: by it the file is known for ours. */
const NAME = 'portolan-npm-start';

/** PORTOLAN_KUBECONFIG, or a file of the project that git ignores. */
export function kubeconfigPath(): string {
  const set = process.env['PORTOLAN_KUBECONFIG'];
  return set || fileURLToPath(new URL('../../../.portolan/kubeconfig', import.meta.url));
}

/** Whether there is a kubeconfig of somebody else, which is not to be written over. */
export function isSomebodyElses(path: string): boolean {
  return existsSync(path) && !readFileSync(path, 'utf8').includes(NAME);
}

/** What kubectl needs to find and trust the resource API. */
export interface Access {
  /** With the API's prefix: `https://127.0.0.1:6443/.portolan/kube`. */
  readonly server: string;
  /** PEM. */
  readonly certificate: string;
  readonly token: string;
}

/**
 * Writes a kubeconfig, which nobody else may read.
 *
 * @returns Removes it.
 */
export async function writeKubeconfig(
  path: string,
  { server, certificate, token }: Access,
): Promise<() => Promise<void>> {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: NAME, cluster: { server, 'certificate-authority-data': btoa(certificate) } },
    ],
    users: [{ name: NAME, user: { token } }],
    contexts: [{ name: NAME, context: { cluster: NAME, user: NAME } }],
    'current-context': NAME,
  };
  const text = `${JSON.stringify(config, null, 2)}\n`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rm(path, { force: true });
  // Only a new file: where somebody was quicker it is not written to, nor is what a link leads to.
  await writeFile(path, text, { flag: 'wx', mode: 0o600 });
  return async () => {
    // Somebody may have put another there meanwhile.
    if (existsSync(path) && readFileSync(path, 'utf8') === text) await rm(path, { force: true });
  };
}

/** The line to paste. */
export function exportLine(path: string): string {
  const near = relative(process.cwd(), path);
  const shown = near.startsWith('..') ? path : near;
  return `export KUBECONFIG=${/^[\w./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", String.raw`'\''`)}'`}`;
}
