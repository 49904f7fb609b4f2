import { once } from 'node:events';

import type { Shell } from '../shell/shell.ts';

/** `portolan serve` while it runs. */
export interface Serving {
  readonly printed: () => string;
  /** Sends SIGTERM; resolves with the exit code. May be called again. */
  readonly end: () => Promise<number | null>;
}

/** Runs the command until it is ready; what it has printed may also be why it isn't. */
export async function serve(shell: Shell, line: string): Promise<Serving> {
  const child = shell.start(line);
  let output = '';
  const exited = once(child, 'exit');
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  const hear = (data: unknown): void => {
    output += String(data);
    if (/^ready$/m.test(output)) resolve();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  await Promise.race([ready, exited]);
  return {
    printed: () => output,
    end: async () => {
      if (child.exitCode === null) child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
  };
}
