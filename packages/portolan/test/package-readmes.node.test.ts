import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

const packages = join(import.meta.dirname, '../..');

/** The example of a package's README, run as a file of that package. */
async function run(name: string): Promise<void> {
  const readme = readFileSync(join(packages, name, 'README.md'), 'utf8');
  const [, example] = /^```ts\n([^]*?)^```$/m.exec(readme) ?? [];
  if (example === undefined) throw new Error('it has none');
  const file = join(packages, name, `.readme-${process.pid}.ts`);
  await writeFile(file, example);
  try {
    const running = promisify(execFile)(process.execPath, [file], { cwd: join(packages, name) });
    running.child.stdin?.end();
    await running;
  } finally {
    await rm(file);
  }
}

describe('the example in the README', () => {
  it.each(readdirSync(packages))(
    'of packages/%s runs without an error, whatever its result',
    async (name) => {
      await expect(run(name)).resolves.toBeUndefined();
    },
  );
});
