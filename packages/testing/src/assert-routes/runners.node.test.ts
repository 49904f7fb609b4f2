import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../../..');
const file = './packages/testing/test/runners/shop.ts';
const bin = (name: string) => join(root, 'node_modules/.bin', name);

interface Ended {
  readonly failed: boolean;
  readonly output: string;
}

/** Runs a command to its end, whichever that is. */
function run(command: string, args: readonly string[]): Promise<Ended> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  return new Promise((resolve) => {
    execFile(command, args, { cwd: root, env, timeout: 50_000 }, (error, stdout, stderr) => {
      resolve({ failed: error?.code === 1, output: stdout + stderr });
    });
  });
}

describe.each([
  ['node:test', process.execPath, ['--test', file], 'pass 1', 'fail 2'],
  ['deno test', bin('deno'), ['test', '--allow-all', '--no-check', file], '1 passed', '2 failed'],
  ['bun test', bin('bun'), ['test', file], '1 pass', '2 fail'],
])('%s, where the workspace has it', (_, command, args, passed, failed) => {
  it.skipIf(!existsSync(command))(
    'runs route and assertRoutes, and shows what is not so with the trace',
    async () => {
      const ended = await run(command, args);
      expect(ended.output).toContain('2 of 2 requests do not go where expected');
      expect(ended.output).toContain('spec.rules[0].http.paths[1]');
      expect(ended.output).toContain('shop.ts:23:44');
      expect(ended.output).toContain(passed);
      expect(ended.output).toContain(failed);
      expect(ended.failed).toBe(true);
    },
  );
});
