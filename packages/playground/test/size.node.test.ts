import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

interface Built {
  /** Bytes of all that is written, packed as servers pack it. */
  readonly gzip: number;
  /** The files that it is made of. */
  readonly inputs: readonly string[];
}

/** As a site bundles it. */
async function built(entry: string): Promise<Built> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    outdir: '/out',
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  });
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [path] : [],
    ),
  );
  return {
    gzip: outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0),
    inputs: used,
  };
}

const KIB = 1024;

describe('what a browser loads', () => {
  it('is at most 350 KiB, packed, for the playground with its engine and its style', async () => {
    const parts = await Promise.all(
      ['src/index.ts', 'src/engine/worker.ts', 'src/page/playground.css'].map(built),
    );
    expect(parts.reduce((sum, { gzip }) => sum + gzip, 0)).toBeLessThanOrEqual(350 * KIB);
  });

  it('has nothing in the page that reads manifests or decides: the engine alone does, off its thread', async () => {
    const { inputs } = await built('src/index.ts');
    const engine =
      /\/node_modules\/yaml\/|\/(?:manifests|compile|engine|proxy|gateway|check)\/src\//;
    expect(inputs.filter((path) => engine.test(path))).toEqual([]);
    const worker = await built('src/engine/worker.ts');
    expect(worker.inputs.filter((path) => engine.test(path))).not.toEqual([]);
    expect(worker.inputs.filter((path) => /codemirror|preact/.test(path))).toEqual([]);
  });

  it('has no editor and no examples in the map, whose page is at most 40 KiB', async () => {
    const { gzip, inputs } = await built('src/map.ts');
    expect(inputs.filter((path) => /codemirror|lezer|src\/examples\//.test(path))).toEqual([]);
    expect(gzip).toBeLessThanOrEqual(40 * KIB);
  });
});
