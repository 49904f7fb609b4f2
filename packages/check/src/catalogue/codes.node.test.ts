import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { CATALOGUE } from './catalogue.ts';
import { catalogueMarkdown } from './markdown.ts';

const ROOT = join(import.meta.dirname, '../../../..');

/** Where what `check` prints comes from. */
const SOURCES = [
  ...['check', 'core', 'external-name', 'files', 'ingress', 'manifests'],
  ...['cluster-ip', 'load-balancer', 'node-port'],
].map((name) => `packages/${name}/src`);
// What is said of requests has reasons of its own.
const PARTS = ['packages/engine/src/build', 'packages/routing/src/table'];

/** Said of many annotations at once: `check` says it of each. */
const REPLACED = new Set(['UnsupportedAnnotations']);

function texts(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
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
  ...['Duplicate', 'Forbidden', 'Invalid', 'NotSupported'],
  ...['Required', 'TooLong', 'TooMany', 'TypeInvalid'],
].map((type) => `FieldValue${type}`);

const emitted = new Set([
  ...[...SOURCES, ...PARTS].flatMap(texts).flatMap(codesIn),
  ...FIELD_CAUSES,
  'InternalError',
]);

describe('every code that can be printed', () => {
  it('is in the catalogue', () => {
    const unknown = [...emitted].filter(
      (code) => !Object.hasOwn(CATALOGUE, code) && !REPLACED.has(code),
    );
    expect(unknown).toEqual([]);
  });

  it('is all that the catalogue has', () => {
    expect(Object.keys(CATALOGUE).filter((code) => !emitted.has(code))).toEqual([]);
  });

  it('is in docs/codes.md', async () => {
    const hint = 'docs/codes.md is out of date: run `vitest run --project node packages/check -u`';
    await expect(catalogueMarkdown(), hint).toMatchFileSnapshot(join(ROOT, 'docs/codes.md'));
  });
});
