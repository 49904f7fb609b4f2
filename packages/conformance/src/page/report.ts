// Runs the suite on each runtime and writes docs/reference/conformance.md. Ends with 1 where a test fails.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

import { specifications } from '../specifications/specifications.ts';
import { page, RUNTIMES, type TestResult } from './page.ts';
import { ROOT, runTests } from './vitest.ts';

const runs = await Promise.all(
  RUNTIMES.map(async (runtime) => ({ runtime, tests: await runTests(runtime) })),
);
const tests = new Map<string, TestResult>();
for (const { runtime, tests: run } of runs) {
  for (const { result, ...test } of run) {
    const key = JSON.stringify(test);
    tests.set(key, { ...test, results: { ...tests.get(key)?.results, [runtime]: result } });
  }
}
await writeFile(
  join(ROOT, 'docs/reference/conformance.md'),
  page(specifications, [...tests.values()]),
);

const results = [...tests.values()].flatMap((test) => Object.values(test.results));
const failed = results.filter((result) => result === 'failed').length;
process.stdout.write(
  `docs/reference/conformance.md: ${results.length - failed} passed, ${failed} failed\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
