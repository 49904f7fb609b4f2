import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { beforeAll, describe, expect, it } from 'vitest';

import { behavioursOn } from './behaviours/all.ts';

const program = join(import.meta.dirname, 'behaviours/run.ts');
const bin = join(import.meta.dirname, '../../../node_modules/.bin');

const RUNTIMES: Readonly<Record<string, readonly [string, ...string[]]>> = {
  node: [process.execPath],
  deno: [join(bin, 'deno'), 'run', '--allow-all'],
  bun: [join(bin, 'bun')],
};

/** What went wrong, by sentence; `undefined` where nothing did. */
async function tried(runtime: string): Promise<ReadonlyMap<string, unknown>> {
  const [command = '', ...first] = RUNTIMES[runtime] ?? [];
  const running = spawn(command, [...first, program, runtime], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = await Promise.all([text(running.stdout), once(running, 'close')]);
  return new Map(
    output
      .trim()
      .split('\n')
      .map((line) => {
        const { sentence, fault }: { sentence: string; fault?: string } = JSON.parse(line);
        return [sentence, fault];
      }),
  );
}

/** All at once: they mostly wait. */
const trials = new Map(Object.keys(RUNTIMES).map((runtime) => [runtime, tried(runtime)]));

describe.each(Object.keys(RUNTIMES))('listeners on %s', (runtime) => {
  let found: ReadonlyMap<string, unknown>;
  beforeAll(async () => {
    found = (await trials.get(runtime)) ?? new Map();
  }, 300_000);

  it.each(Object.keys(behavioursOn(runtime)))('%s', (sentence) => {
    expect(found.has(sentence), 'it was not tried').toBe(true);
    expect(found.get(sentence)).toBeUndefined();
  });
});
