import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../content/pages.ts';

/** Something that programs import. */
export interface EntryPoint {
  /** `core`, `store/sqlite`: its page below `reference/api`. */
  readonly path: string;
  /** The folder of the package. */
  readonly folder: string;
  /** As it is imported: `@portolan/store/sqlite`. */
  readonly specifier: string;
  /** The source, from the root. */
  readonly source: string;
}

interface PackageManifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, string>>;
}

/** All that the published packages export as modules. */
export function entryPoints(): readonly EntryPoint[] {
  return readdirSync(join(ROOT, 'packages'))
    .toSorted()
    .flatMap((folder) => {
      const text = readFileSync(join(ROOT, 'packages', folder, 'package.json'), 'utf8');
      const manifest: PackageManifest = JSON.parse(text);
      if (manifest.private === true) return [];
      return Object.entries(manifest.exports ?? {})
        .filter(([, source]) => source.endsWith('.ts'))
        .map(([subpath, source]) => ({
          path: join(folder, subpath),
          folder,
          specifier: join(manifest.name, subpath),
          source: join('packages', folder, source),
        }));
    });
}
