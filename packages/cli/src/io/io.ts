import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

import { PLAIN, type Terminal } from '@portolan/terminal';

import { EXIT } from '../main/exit-code.ts';
import { fileFault } from './file-fault.ts';

/** Where a command reads and writes: the process, or a test. */
export interface IO {
  /** Resolves when there is room for more. */
  readonly out: (text: string) => Promise<void>;
  readonly err: (text: string) => void;
  /** What standard output, and what standard error, is shown on. */
  readonly outTerminal: Terminal;
  readonly errTerminal: Terminal;
  /** Whether somebody watches standard error, so that progress is worth showing. */
  readonly isWatched: boolean;
}

const NARROWEST = 40;

/** The process's own. A reader who has seen enough and closes the pipe, as `head` does, is no error; a full disk ends it. */
export function processIO(): IO {
  const { stdout, stderr, env } = process;
  let isOpen = true;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      stderr.write(`portolan: ${fileFault('standard output', 'written', error).message}\n`);
      process.exit(EXIT.usage);
    }
    isOpen = false;
  });
  return {
    out: async (text) => {
      if (!isOpen || stdout.write(text)) return;
      await Promise.race([
        new Promise((resolve) => stdout.once('drain', resolve)),
        finished(stdout, { readable: false }).catch(() => undefined),
      ]);
    },
    err: (text) => void stderr.write(text),
    outTerminal: terminalOf(stdout, env),
    errTerminal: terminalOf(stderr, env),
    isWatched: stderr.isTTY && !env['CI'],
  };
}

/** Colours where a person looks, or as NO_COLOR and FORCE_COLOR say. */
function terminalOf(
  stream: Writable & { readonly isTTY?: boolean; readonly columns?: number },
  env: NodeJS.ProcessEnv,
): Terminal {
  const isTerminal = stream.isTTY === true;
  const isForced = (env['FORCE_COLOR'] ?? '0') !== '0';
  const isRefused = Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb';
  return {
    width: isTerminal ? Math.max(stream.columns ?? 80, NARROWEST) : PLAIN.width,
    colours: isForced || (isTerminal && !isRefused),
  };
}
