import { fileURLToPath } from 'node:url';

/** The files and folders that MANIFESTS names, separated by `:`; without it, the examples that come with the Worker. */
export function manifestPaths(): readonly string[] {
  const named = (process.env['MANIFESTS'] ?? '').split(':').filter((path) => path !== '');
  return named.length > 0 ? named : [fileURLToPath(new URL('../manifests', import.meta.url))];
}
