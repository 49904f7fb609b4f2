import { CommanderError } from 'commander';

import { processIO, type IO } from '../io/io.ts';
import { createProgram } from '../program/program.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { UsageError } from './usage-error.ts';

/** Runs the command that the process was started with; its exit code says how it ended. */
export async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), processIO());
}

/**
 * Runs one command.
 *
 * @param args without the program's own name
 * @returns 0 fine, 1 findings, 2 usage
 */
export async function run(args: readonly string[], io: IO): Promise<ExitCode> {
  let ended: ExitCode = EXIT.fine;
  const program = createProgram(io, (work) => async (...given) => {
    ended = await work(io, ...given);
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`portolan: ${error.message}\n`);
      return EXIT.usage;
    }
    // Commander has said what it had to; its help and version end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    throw error;
  }
  return ended;
}
