import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

const packages = join(import.meta.dirname, '../..');

const bin = join(packages, '../node_modules/.bin');

/** Packages whose examples run on a runtime of their own. */
const COMMANDS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  deno: [join(bin, 'deno'), 'run', '--allow-net'],
  bun: [join(bin, 'bun')],
};

/** What is published has a README with an example; what is for ourselves may do without. */
const published = readdirSync(packages).filter((name) => {
  const manifest: { private?: boolean } = JSON.parse(
    readFileSync(join(packages, name, 'package.json'), 'utf8'),
  );
  return manifest.private !== true;
});

/** The example of a package's README, run as a file of that package. */
async function run(name: string): Promise<void> {
  const readme = readFileSync(join(packages, name, 'README.md'), 'utf8');
  const [, example] = /^```ts\n([^]*?)^```$/m.exec(readme) ?? [];
  if (example === undefined) throw new Error('it has none');
  const file = join(packages, name, `.readme-${process.pid}.ts`);
  await writeFile(file, example);
  try {
    const [command, ...first] = COMMANDS[name] ?? [process.execPath];
    const running = promisify(execFile)(command, [...first, file], { cwd: join(packages, name) });
    running.child.stdin?.end();
    await running;
  } finally {
    await rm(file);
  }
}

describe('the example in the README', () => {
  it.each(published)('of packages/%s runs without an error, whatever its result', async (name) => {
    await expect(run(name)).resolves.toBeUndefined();
  });
});
