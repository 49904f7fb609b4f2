import { PLAIN } from '@portolan/terminal';

import { run, type ExitCode } from '../src/index.ts';

/** What a command printed, and how it ended. */
export interface Ended {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process. Paths are relative to the workspace's root. */
export async function portolan(...args: readonly string[]): Promise<Ended> {
  let out = '';
  let err = '';
  const code = await run(args, {
    out: async (text) => void (out += text),
    err: (text) => void (err += text),
    outTerminal: PLAIN,
    errTerminal: PLAIN,
    isWatched: false,
  });
  return { code, out, err };
}
