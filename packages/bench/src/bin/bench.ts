/* oxlint-disable no-await-in-loop -- one after the other, or they would share the machine */
/**
 * Measures Portolan beside what people would use instead.
 *
 *     pnpm bench            takes all figures, and writes results.json and docs/reference/benchmarks.md
 *     pnpm bench NAME …     takes those of some suites; the rest of both files stays as it is
 *     pnpm bench --short    runs everything once, quickly, and writes nothing
 *
 * Exits with 1 where a suite fails: figures are never a failure.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { formatResults } from '../report/format-results.ts';
import { formatted } from '../report/formatted.ts';
import { machine } from '../report/machine.ts';
import type { Results, SuiteResults } from '../report/results.ts';
import { SUITES } from '../suites/suites.ts';

// What was started ends with us, by its `exit`: also where a signal ends us.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const JSON_FILE = new URL('../../results.json', import.meta.url);
const PAGE = new URL('../../../../docs/reference/benchmarks.md', import.meta.url);

const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  const names = SUITES.map(({ name }) => name).join(', ');
  process.stderr.write(`no suite ${unknown.join(', ')}: there are ${names}\n`);
  process.exit(1);
}

const known: Results = existsSync(JSON_FILE)
  ? JSON.parse(await readFile(JSON_FILE, 'utf8'))
  : { suites: [] };
const results = new Map<string, SuiteResults>(known.suites.map((suite) => [suite.name, suite]));
for (const { name, title, about, run } of SUITES) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  process.stdout.write(`${name}\n`);
  const tables = await run({
    isShort: values.short,
    tell: (line) => process.stdout.write(`  ${line}\n`),
  });
  results.set(name, { name, title, about, machine: machine(new Date()), tables });
  // After each, so that an end before the end loses nothing.
  if (!values.short) await write();
}

async function write(): Promise<void> {
  const suites = SUITES.flatMap(({ name }) => results.get(name) ?? []);
  await writeFile(JSON_FILE, formatted(JSON.stringify({ suites }), 'results.json'));
  await writeFile(PAGE, formatted(formatResults({ suites }), 'benchmarks.md'));
}
