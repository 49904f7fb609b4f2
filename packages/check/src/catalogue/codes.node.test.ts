import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { CATALOGUE } from './catalogue.ts';
import { catalogueMarkdown } from './markdown.ts';

const ROOT = join(import.meta.dirname, '../../../..');

/** Where what `check` prints comes from. */
const SOURCES = [
  'check',
  'cluster-ip',
  'core',
  'external-name',
  'files',
  'ingress',
  'load-balancer',
  'manifests',
  'node-port',
  'settings',
].map((name) => `packages/${name}/src`);
// What is said of requests has reasons of its own.
const PARTS = ['packages/engine/src/build', 'packages/routing/src/table'];

/** Said of many annotations at once: `check` says it of each. */
const REPLACED = new Set(['UnsupportedAnnotations']);

function texts(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test)\.ts$/u.test(file) && !file.startsWith('catalogue'))
    .map((file) => readFileSync(join(ROOT, folder, file), 'utf8'));
}

function codesIn(text: string): readonly string[] {
  return [
    /\b(?:code|reason|refused): '([A-Z]\w+)'/gu,
    /\bconst [A-Z_]+(?:: \w+)? = '((?:Unknown|Duplicate)Field)'/gu,
    /\bfindingAt\(\s*[^,]+,\s*(?:[^'`,]+|'[^']*'|`[^`]*`),\s*'([A-Z]\w+)'/gu,
    /\b(?:fileFault|fault)\(\s*[^,]+,\s*'([A-Z]\w+)'/gu,
    /\berror\(\s*[^,]+,\s*'([A-Z]\w+)'/gu,
    /'((?:Possibly)?UnreachableRule)'/gu,
  ].flatMap((pattern) => [...text.matchAll(pattern)].flatMap(([, code]) => code ?? []));
}

/** As `manifests` makes them of the API server's causes. */
const FIELD_CAUSES = [
  'Duplicate',
  'Forbidden',
  'Invalid',
  'NotSupported',
  'Required',
  'TooLong',
  'TooMany',
  'TypeInvalid',
].map((type) => `FieldValue${type}`);

const sources = [...SOURCES, ...PARTS].flatMap(texts);
const emitted = new Set([...sources.flatMap(codesIn), ...FIELD_CAUSES]);

describe('every code that can be printed', () => {
  it('is in the catalogue', () => {
    const unknown = [...emitted].filter(
      (code) => !Object.hasOwn(CATALOGUE, code) && !REPLACED.has(code),
    );
    expect(unknown).toEqual([]);
  });

  it('is all that the catalogue has', () => {
    const unheardOf = Object.keys(CATALOGUE).filter(
      (code) => !emitted.has(code) && !sources.some((text) => text.includes(`'${code}'`)),
    );
    expect(unheardOf).toEqual([]);
  });

  it('is in docs/reference/codes.md', async () => {
    // Out of date? `vitest run --project node packages/check -u` writes it anew.
    await expect(catalogueMarkdown()).toMatchFileSnapshot(join(ROOT, 'docs/reference/codes.md'));
  });
});
