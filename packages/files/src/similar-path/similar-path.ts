import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import leven from 'leven';

/**
 * What exists and is written much like `path`, which doesn't exist; folders on the way may be written differently too.
 * `undefined` where nothing comes near.
 */
export async function similarPath(path: string): Promise<string | undefined> {
  if (await exists(path)) return path;
  const parent = dirname(path);
  if (parent === path) return undefined;
  const folder = await similarPath(parent);
  if (folder === undefined) return undefined;
  const name = mostSimilar(basename(path), await namesIn(folder));
  return name === undefined ? undefined : join(folder, name);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

/** At most a third of the letters differ, the ending and the case left aside. */
function mostSimilar(name: string, others: readonly string[]): string | undefined {
  const wanted = stem(name);
  const distances = others
    .toSorted()
    .map((other) => ({ other, distance: leven(wanted, stem(other)) }))
    .filter(({ other, distance }) => distance * 3 <= Math.max(wanted.length, stem(other).length));
  return distances.toSorted((a, b) => a.distance - b.distance)[0]?.other;
}

function stem(name: string): string {
  return name.toLowerCase().replace(/\.(?:yaml|yml|json)$/u, '');
}
