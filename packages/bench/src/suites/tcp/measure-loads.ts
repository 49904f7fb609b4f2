/* oxlint-disable no-await-in-loop -- one after the other, or they would share the machine */
import { cpuTime } from '../../forwarding/running.ts';
import { byTurns } from '../../measure/turns.ts';
import type { Effort } from '../../suite/suite.ts';
import type { Carrier, Carrying } from './carriers.ts';
import { checkCarrying } from './check-carrying.ts';
import { put, type LoadName } from './load.ts';

const ROUNDS = 5;

export const LOADS: readonly LoadName[] = ['connections', 'stream', 'messages'];

/** Clients that connect at once. */
export const CONNECTIONS = 32;

/** Of one carrier, under one load. */
export interface Sample {
  readonly perSecond: number;
  /** Microseconds of CPU time for each. */
  readonly cpu?: number;
  readonly roundTrip?: number;
  readonly slowRoundTrip?: number;
}

/** By load, then by carrier. */
export type LoadSamples = ReadonlyMap<LoadName, ReadonlyMap<string, readonly Sample[]>>;

/** Puts each load on each carrier, by turns, after a look at what it carries. */
export async function measureLoads(
  carriers: readonly Carrier[],
  endpoint: number,
  folder: string,
  { isShort, tell }: Effort,
): Promise<LoadSamples> {
  const running = new Map<string, Carrying>();
  try {
    for (const { name, start } of carriers) {
      const carrying = await start(endpoint, folder);
      running.set(name, carrying);
      await checkCarrying(name, carrying.port);
    }
    const samples = new Map<LoadName, ReadonlyMap<string, readonly Sample[]>>();
    for (const what of LOADS) {
      tell(what);
      const measure = async ({ name }: Carrier): Promise<Sample> => {
        const { port = 0, pid } = running.get(name) ?? {};
        const before = cpuTime(pid);
        const seconds = isShort ? 0.05 : 1;
        const done = await put({ what, port, seconds, connections: CONNECTIONS });
        const after = cpuTime(pid);
        return {
          ...done,
          perSecond: done.amount / done.seconds,
          ...(before !== undefined &&
            after !== undefined && { cpu: (after - before) / done.amount }),
        };
      };
      samples.set(what, await byTurns(carriers, isShort ? 0 : ROUNDS, measure));
    }
    return samples;
  } finally {
    for (const { stop } of running.values()) await stop();
  }
}
