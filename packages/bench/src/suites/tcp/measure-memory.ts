import { said } from '../../forwarding/running.ts';
import { byTurns } from '../../measure/turns.ts';
import type { Effort } from '../../suite/suite.ts';
import type { Carrier } from './carriers.ts';
import { checkCarrying } from './check-carrying.ts';
import { clients } from './load.ts';
import { residentMemory } from './resident-memory.ts';

const ROUNDS = 3;

/** Connections that are held, to see what each takes. */
export const HELD = 2000;

/** Of one carrier, in bytes. */
export interface Memory {
  readonly idle?: number;
  readonly perConnection?: number;
}

/** Measures each carrier in a new process each time: what was once taken is seldom given back. */
export async function measureMemory(
  carriers: readonly Carrier[],
  endpoint: number,
  folder: string,
  { isShort, tell }: Effort,
): Promise<ReadonlyMap<string, readonly Memory[]>> {
  tell('memory');
  const connections = isShort ? 50 : HELD;
  return byTurns(carriers, isShort ? 0 : ROUNDS, async ({ name, start }): Promise<Memory> => {
    const { port, pid, stop } = await start(endpoint, folder);
    try {
      await checkCarrying(name, port);
      const idle = residentMemory(pid);
      const held = clients({ what: 'held', port, seconds: 0, connections });
      await said(held);
      const busy = residentMemory(pid);
      await held.stop();
      if (idle === undefined || busy === undefined) return {};
      return { idle, perConnection: (busy - idle) / connections };
    } finally {
      await stop();
    }
  });
}
