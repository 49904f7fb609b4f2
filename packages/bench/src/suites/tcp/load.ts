import { fileURLToPath } from 'node:url';

import { run, said, type Running } from '../../forwarding/running.ts';

/** What clients do. */
export interface Task {
  readonly what: LoadName | 'held';
  readonly port: number;
  /** How long they go on. */
  readonly seconds: number;
  /** How many connections there are at once. */
  readonly connections: number;
}

export type LoadName = 'connections' | 'messages' | 'stream';

/** What came of it. */
export interface Done {
  /** Connections, megabytes, or messages there and back. */
  readonly amount: number;
  readonly seconds: number;
  /** Microseconds of a message there and back: the median, and what 99 of 100 take at most. */
  readonly roundTrip?: number;
  readonly slowRoundTrip?: number;
}

const PROGRAM = fileURLToPath(new URL('client-program.ts', import.meta.url));

/** Starts clients, which stay until they are stopped. */
export function clients(task: Task): Running {
  return run('others', process.execPath, [PROGRAM, JSON.stringify(task)]);
}

/** Lets clients do their work. @throws {Error} where an answer is not as it should be */
export async function put(task: Task): Promise<Done> {
  const running = clients(task);
  try {
    return await said<Done>(running);
  } finally {
    await running.stop();
  }
}
