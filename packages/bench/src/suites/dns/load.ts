import { fileURLToPath } from 'node:url';

import { run, said } from '../../forwarding/running.ts';
import type { Kind } from './zone.ts';

/** What clients ask, and how long. */
export interface Task {
  readonly kind: Kind['name'];
  readonly port: number;
  readonly seconds: number;
  /** Queries that are under way at once. */
  readonly outstanding: number;
}

export interface Done {
  readonly queries: number;
  readonly seconds: number;
}

const PROGRAM = fileURLToPath(new URL('load-program.ts', import.meta.url));

/** Asks again and again. @throws {Error} where an answer is not as it should be, or is lost */
export async function put(task: Task): Promise<Done> {
  const running = run('others', process.execPath, [PROGRAM, JSON.stringify(task)]);
  try {
    return await said<Done>(running);
  } finally {
    await running.stop();
  }
}
