import type { Command } from './command.ts';
import type { Report } from './report.ts';

/** The engine as the page has it: a Worker, or the same in the page's own thread. */
export interface EnginePort {
  readonly send: (command: Command) => void;
  readonly close: () => void;
}

/** Starts an engine that tells what it has to tell. */
export type StartEngine = (tell: (report: Report) => void) => EnginePort;
