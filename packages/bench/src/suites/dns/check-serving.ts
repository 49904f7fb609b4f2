/* oxlint-disable no-await-in-loop -- one after the other, and until it listens */
import type { SrvRecord } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import { SRV, TTL, ZONE } from './zone.ts';

/** Asks for some names of each kind. @throws {Error} where an answer is another than it should be */
export async function checkServing(server: string, port: number): Promise<void> {
  const resolver = new Resolver({ timeout: 1000 });
  resolver.setServers([`127.0.0.1:${port}`]);
  await untilServing(resolver);
  for (const { name, portName, missing, address } of ZONE.filter((_, index) => index % 99 === 0)) {
    const answers = {
      [name]: await resolver.resolve4(name, { ttl: true }),
      [portName]: (await resolver.resolveSrv(portName)).map(srvOf),
      [missing]: await resolver.resolve4(missing).catch(codeOf),
    };
    const wanted = {
      [name]: [{ address, ttl: TTL }],
      [portName]: [{ ...SRV, name }],
      [missing]: 'ENOTFOUND',
    };
    if (!isDeepStrictEqual(answers, wanted)) {
      throw new Error(`${server} answers ${JSON.stringify(answers)}`);
    }
  }
}

/** Newer versions of Node say more. */
function srvOf({ name, port, priority, weight }: SrvRecord): SrvRecord {
  return { name, port, priority, weight };
}

async function untilServing(resolver: Resolver): Promise<void> {
  for (const { name } of ZONE.slice(0, 100)) {
    const answer = await resolver.resolve4(name).catch(codeOf);
    if (answer !== 'ECONNREFUSED' && answer !== 'ETIMEOUT') return;
    await setTimeout(50);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
