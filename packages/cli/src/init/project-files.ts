import { version } from '../program/version.ts';
import { CONFIGURATION, SHOP, TESTS } from './templates/manifests.ts';
import { GITIGNORE, packageManifest, TSCONFIG, type Versions } from './templates/package.ts';
import { readme } from './templates/readme.ts';
import { SNAPSHOT_TYPES, WORKER, wranglerConfiguration } from './templates/worker.ts';
import { WORKFLOW } from './templates/workflow.ts';

/** A test holds them to what this workspace is itself tested with. */
const THEIRS: Omit<Versions, 'portolan'> = {
  workersTypes: '^5.20261117.1',
  typescript: '^7.0.2',
  wrangler: '^4.164.0',
};
const COMPATIBILITY_DATE = '2026-11-17';

/**
 * The files of a project: a Cloudflare Worker that serves manifests, those manifests, tests of where requests go, and CI.
 *
 * @param name the Worker's and the package's: a DNS label (RFC 1123)
 * @returns path, with `/` → content
 */
export function projectFiles(name: string): ReadonlyMap<string, string> {
  const versions = { ...THEIRS, portolan: `^${version()}` };
  return new Map([
    ['manifests/shop.yaml', SHOP],
    ['tests.yaml', TESTS],
    ['portolan.yaml', CONFIGURATION],
    ['src/worker.ts', WORKER],
    ['src/snapshot.d.ts', SNAPSHOT_TYPES],
    ['wrangler.jsonc', wranglerConfiguration(name, COMPATIBILITY_DATE)],
    ['package.json', packageManifest(name, versions)],
    ['tsconfig.json', TSCONFIG],
    ['.gitignore', GITIGNORE],
    ['.github/workflows/portolan.yaml', WORKFLOW],
    ['README.md', readme(name)],
  ]);
}
