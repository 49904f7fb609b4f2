import type { IO } from '../io/io.ts';
import type { ExitCode } from './exit-code.ts';

/** Turns what a command does into an action of commander, and keeps how it ended. */
export type Act = <Arguments extends readonly unknown[]>(
  run: (io: IO, ...given: Arguments) => Promise<ExitCode>,
) => (...given: Arguments) => Promise<void>;
