import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/**
 * Writes the page of the map into a folder, made where it isn't there: `index.html`, `map.js`, `map.css`, and `engine.js`,
 * which runs in a worker of the page.
 *
 * @throws where a file can't be bundled or written.
 */
export async function buildMap(folder: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: {
      map: here('map.ts'),
      style: here('map.css'),
      engine: fileURLToPath(import.meta.resolve('@portolan/playground/engine')),
    },
    outdir: folder,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  });
  await mkdir(folder, { recursive: true });
  await Promise.all([
    ...outputFiles.map(({ path, contents }) =>
      replace(join(folder, basename(path).replace('style.', 'map.')), contents),
    ),
    readFile(here('index.html')).then((page) => replace(join(folder, 'index.html'), page)),
  ]);
}

/** At once: somebody else may be reading it. */
async function replace(path: string, contents: Uint8Array): Promise<void> {
  const written = `${path}.${process.pid}`;
  await writeFile(written, contents);
  await rename(written, path);
}
