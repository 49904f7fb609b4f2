import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';

import type { Runtime, TestResult } from './page.ts';

/** The root of the workspace. */
export const ROOT: string = join(import.meta.dirname, '../../../..');

/** Where a test stands. */
export type FoundTest = Pick<TestResult, 'clause' | 'file' | 'title'>;

/** The tests that there are; none is run. */
export async function listTests(): Promise<readonly FoundTest[]> {
  const output = await vitest(['list', '--json', '--no-static-parse', '--no-isolate'], 'Node');
  const found: readonly { readonly name: string; readonly file: string }[] = JSON.parse(output);
  return found.map(({ name, file }) => {
    const [clause = '', title = ''] = name.split(/ > (.*)/s);
    return { file: fromRoot(file), clause, title };
  });
}

/**
 * Runs the tests on one runtime.
 *
 * @throws {Error} where a file can't be run.
 */
export async function runTests(
  runtime: Runtime,
): Promise<readonly (FoundTest & { readonly result: 'failed' | 'passed' })[]> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-conformance-'));
  try {
    const file = join(folder, 'report.json');
    // It ends with 1 where a test fails, which the report tells.
    await vitest(['run', '--reporter', 'json', '--outputFile', file], runtime).catch(() => {});
    const report: VitestReport = JSON.parse(await readFile(file, 'utf8'));
    return report.testResults.flatMap(({ name, message, assertionResults }) => {
      if (assertionResults.length === 0) throw new Error(`${name} can't be run: ${message}`);
      return assertionResults.map(({ ancestorTitles, title, status }) => ({
        file: fromRoot(name),
        clause: ancestorTitles.join(' > '),
        title,
        result: status === 'passed' ? 'passed' : 'failed',
      }));
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What of vitest's JSON report is read. */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

async function vitest(args: readonly string[], runtime: Runtime): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      ...args,
      '--project',
      runtime.toLowerCase(),
      'packages/conformance/src/specifications',
    ],
    { cwd: ROOT, maxBuffer: 2 ** 26 },
  );
  return stdout;
}

function fromRoot(file: string): string {
  return relative(ROOT, file).replaceAll(sep, '/');
}
