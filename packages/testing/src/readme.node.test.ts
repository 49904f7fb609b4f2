import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { parseTestTable } from './table/parse-test-table.ts';
import { runTestTable } from './table/run-test-table.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The block of the README that begins with this line. */
function block(opening: string): string {
  const start = readme.indexOf(`\`\`\`${opening}\n`);
  if (start < 0) throw new Error(`there is no block ${opening}`);
  return readme.slice(readme.indexOf('\n', start) + 1, readme.indexOf('\n```', start) + 1);
}

/** Those of the first example, which another test runs. */
const [, manifests = ''] = /^const manifests = `\n([^]*?)`;$/m.exec(block('ts')) ?? [];

describe('the README', () => {
  it('has a vitest test that passes', { timeout: 60_000 }, async () => {
    const folder = await mkdtemp(join(root, '.readme-'));
    try {
      await writeFile(join(folder, 'shop.yaml'), manifests);
      await writeFile(join(folder, 'shop.test.ts'), block('ts vitest'));
      const vitest = join(root, '../../node_modules/.bin/vitest');
      const { stdout } = await promisify(execFile)(vitest, ['run', '--root', folder], {
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      });
      expect(stdout).toMatch(/Tests\s+1 passed/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('has a table that passes', () => {
    const { table, diagnostics } = parseTestTable(block('yaml tests.yaml'), 'tests.yaml');
    expect(diagnostics).toEqual([]);
    const results = table && runTestTable(table, manifests).results;
    expect(results?.map(({ failures }) => failures)).toEqual(table?.tests.map(() => []));
  });
});
