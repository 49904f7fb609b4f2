import { once } from 'node:events';

import { expect } from 'vitest';

import type { Shell } from '../shell/shell.ts';
import { linesOf, pattern } from './session.ts';

/** A command that goes on running. */
export interface Started {
  readonly printed: () => string;
  /** Ends it and what it started, as Ctrl-C does; resolves with the exit code, or null where it left that to the signal. May be called again. */
  readonly end: () => Promise<number | null>;
}

/** Runs the command until it has printed what is shown; rejects where it ends before, with what it printed instead. */
export async function start(shell: Shell, line: string, shown: string): Promise<Started> {
  const child = shell.start(line);
  let output = '';
  child.stdout?.on('data', (data) => (output += String(data)));
  child.stderr?.on('data', (data) => (output += String(data)));
  const exited = once(child, 'exit');
  const started: Started = {
    printed: () => output,
    end: async () => {
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
        process.kill(-child.pid, 'SIGINT');
      }
      await exited;
      return child.exitCode;
    },
  };
  const isEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const shows = (): boolean => linesOf(shown).every((each) => pattern(each).test(output));
  try {
    await expect.poll(() => shows() || isEnded(), { timeout: 50_000, interval: 50 }).toBe(true);
  } catch {
    // What it printed instead says more, and it must not go on.
  }
  if (!shows()) {
    await started.end();
    for (const each of linesOf(shown)) expect(output).toMatch(pattern(each));
  }
  return started;
}
