import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { specifications } from '../specifications/specifications.ts';
import { page, RUNTIMES, slug } from './page.ts';
import { listTests, ROOT } from './vitest.ts';

describe('docs/reference/conformance.md', () => {
  it('lists the tests that exist, all of them passed on every runtime that they run on', async () => {
    const passed = Object.fromEntries(RUNTIMES.map((runtime) => [runtime, 'passed']));
    const tests = (await listTests()).map((test) => ({
      ...test,
      results: test.file.endsWith('.node.test.ts') ? { Node: 'passed' as const } : passed,
    }));
    expect(tests.length).toBeGreaterThan(300);
    const committed = readFileSync(join(ROOT, 'docs/reference/conformance.md'), 'utf8');
    expect(committed).toBe(page(specifications, tests));
  });

  it('leads to files and headings that exist', () => {
    const gaps = specifications
      .flatMap(({ sections }) => sections)
      .flatMap((section) => section.gaps ?? []);
    expect(gaps.length).toBeGreaterThan(10);
    const missing = gaps.filter(({ see }) => {
      const [file = '', heading] = see.split('#');
      if (!existsSync(join(ROOT, file))) return true;
      return heading !== undefined && !headings(file).includes(heading);
    });
    expect(missing).toEqual([]);
  });
});

/** The headings of a file as they stand in links. */
function headings(file: string): readonly string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => slug(heading));
}
