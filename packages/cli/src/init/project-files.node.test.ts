import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { compile } from '@portolan/compile';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';

import { projectFiles } from './project-files.ts';

const files = projectFiles('edge');
const root = join(import.meta.dirname, '../../../..');
const contentOf = (path: string): string => files.get(path) ?? '';

describe('the files of a project', () => {
  it.each([...files.keys()].filter((path) => path.endsWith('.yaml') && !path.includes('shop')))(
    'include %s, which is YAML',
    (path) => {
      const { errors, warnings } = parseDocument(contentOf(path));
      expect([...errors, ...warnings]).toEqual([]);
    },
  );

  it('include manifests about which there is nothing to say', () => {
    const { diagnostics, passedOver, conditions } = compile(contentOf('manifests/shop.yaml'));
    expect({ diagnostics, passedOver, conditions }).toEqual({
      diagnostics: [],
      passedOver: [],
      conditions: [],
    });
  });

  it('bear its name where one is asked for', () => {
    expect(contentOf('package.json')).toContain('"name": "edge"');
    expect(contentOf('wrangler.jsonc')).toContain('"name": "edge"');
    expect(contentOf('README.md')).toMatch(/^# edge\n/);
  });

  it('end in a line break, and in no more', () => {
    for (const content of files.values()) expect(content).toMatch(/[^\n]\n$/);
  });
});

describe('the schemas that editors are told of', () => {
  it.each(['tests.yaml', 'portolan.yaml'])('%s: is in the package', (path) => {
    const [, name = '', file = ''] =
      /\$schema=node_modules\/@portolan\/([^/]+)\/(.*)/.exec(contentOf(path)) ?? [];
    expect(existsSync(join(root, 'packages', name, file))).toBe(true);
  });
});

describe('the versions that a project asks for', () => {
  interface PackageManifest {
    readonly version: string;
    readonly devDependencies?: Readonly<Record<string, string>>;
  }
  const manifestOf = (folder: string): PackageManifest =>
    JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const project = JSON.parse(contentOf('package.json'));

  it('are this release of ours', () => {
    const { version } = manifestOf('packages/portolan');
    expect(project.dependencies).toEqual({ portolan: `^${version}` });
  });

  it('are those of others that the workspace is tested with', () => {
    const tested = {
      ...manifestOf('.').devDependencies,
      ...manifestOf('apps/edge-worker').devDependencies,
    };
    expect(project.devDependencies).toEqual(
      Object.fromEntries(
        Object.keys(project.devDependencies).map((name) => [name, `^${tested[name]}`]),
      ),
    );
  });

  it('and the compatibility date are the edge worker’s', () => {
    const date = /"compatibility_date": "[\d-]+"/;
    const ofEdgeWorker = readFileSync(join(root, 'apps/edge-worker/wrangler.jsonc'), 'utf8');
    expect(date.exec(contentOf('wrangler.jsonc'))?.[0]).toBe(date.exec(ofEdgeWorker)?.[0]);
  });
});
