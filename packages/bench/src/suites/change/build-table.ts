import { apart } from '../../measure/apart.ts';
import { figureOf } from '../../measure/figure.ts';
import { byTurns } from '../../measure/turns.ts';
import type { Effort, Figure, Table } from '../../suite/suite.ts';
import type { BuildSample } from './build-program.ts';

const MOST_TIME = 2000;
const MOST_MEMORY = 300;

/** Everything once, from nothing. */
export async function buildTable({ isShort, tell }: Effort): Promise<Table> {
  const scale = isShort ? 0.001 : 1;
  const [ingresses, services, pods] = [10_000 * scale, 10_000 * scale, 100_000 * scale];
  const name = '10,000 Ingresses, 10,000 Services, 100,000 Pods';
  const samples = await byTurns([{ name }], isShort ? 1 : 5, () =>
    apart<BuildSample>('suites/change/build-program.ts', [ingresses, services, pods]),
  );
  tell('everything anew');
  const figure = (of: (sample: BuildSample) => number): Figure =>
    figureOf((samples.get(name) ?? []).map(of));
  const time = figure((each) => each.time);
  const added = figure((each) => each.most - each.before);
  return {
    title: 'Everything',
    columns: [
      { name: 'to a Snapshot', unit: 'ms', better: 'lower' },
      { name: 'memory at the most', unit: 'MB', better: 'lower' },
      { name: 'of it the objects, and Node', unit: 'MB', better: 'lower' },
      { name: 'of it for the build', unit: 'MB', better: 'lower' },
      { name: 'kept of that', unit: 'MB', better: 'lower' },
    ],
    rows: [
      {
        subject: name,
        role: 'ours',
        figures: [
          time,
          figure((each) => each.most),
          figure((each) => each.before),
          added,
          figure((each) => each.kept),
        ],
      },
    ],
    goals: [
      {
        wanted: `at most ${MOST_TIME} ms`,
        measured: time.median,
        reached: time.median <= MOST_TIME,
      },
      {
        wanted: `at most ${MOST_MEMORY} MB for the build`,
        measured: added.median,
        reached: added.median <= MOST_MEMORY,
      },
    ],
    note: `The first build of a process, nothing warm. Memory is what is resident, with garbage that is yet to be collected.`,
  };
}
