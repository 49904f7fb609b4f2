import { performance } from 'node:perf_hooks';

import { checkAnswers } from '../../forwarding/compare.ts';
import type { Load } from '../../forwarding/load.ts';
import { startOrigin } from '../../forwarding/origin.ts';
import { byTurns } from '../../measure/turns.ts';
import type { Effort } from '../../suite/suite.ts';
import type { Subject } from './subjects.ts';
import { startWorkerd } from './workerd.ts';

const ROUNDS = 3;

/** Milliseconds from the start of workerd to the end of its first answer, by the name of the Worker. */
export async function startUps(
  subjects: readonly Subject[],
  load: Load,
  codes: ReadonlyMap<string, string>,
  folder: string,
  { isShort }: Effort,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const origin = await startOrigin(folder);
  try {
    return await byTurns(subjects, isShort ? 0 : ROUNDS, async (subject): Promise<number> => {
      const at = { origin: origin.port, folder: `${folder}/start-up` };
      const startedAt = performance.now();
      const workerd = await startWorkerd(codes.get(subject.name) ?? '', subject, at);
      try {
        await checkAnswers(subject.name, workerd, [load]);
        return performance.now() - startedAt;
      } finally {
        await workerd.stop();
      }
    });
  } finally {
    await origin.stop();
  }
}
