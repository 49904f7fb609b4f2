/**
 * Measures what one change after the other costs, and says so: `change-program.ts KIND INGRESSES SERVICES PODS TURNS`.
 */
import { getHeapStatistics } from 'node:v8';

import { applyDelta, diffSnapshots, type ResourceChange, type Snapshot } from '@portolan/engine';

import { engine } from './engine.ts';
import { addressOf, ingressOf, podOf, world, type Size } from './world.ts';

/** The times in milliseconds, one for each turn. */
export interface ChangeSamples {
  /** Until there is the Snapshot that follows from a change. */
  readonly snapshot: readonly number[];
  /** Until there is the delta from the Snapshot before, as text. */
  readonly delta: readonly number[];
  /** Until the delta, from its text, has become that Snapshot where it was pushed to. */
  readonly applied: readonly number[];
  /** The length of the delta's text. */
  readonly pushed: readonly number[];
  /** What is allocated on the way to each Snapshot, on average, in bytes. */
  readonly garbage: number;
  /** All objects to a Snapshot, as it would be without anything kept. */
  readonly anew: readonly number[];
}

const [kind, ...numbers] = process.argv.slice(2);
const [ingresses = 0, services = 0, pods = 0, turns = 0] = numbers.map(Number);
const size: Size = { ingresses, services, pods };
const objects = world(size);
const live = engine().live(objects);
let receiver: Snapshot = JSON.parse(JSON.stringify(live.snapshot()));
const samples = {
  snapshot: [] as number[],
  delta: [] as number[],
  applied: [] as number[],
  pushed: [] as number[],
};

/** For warming up. */
const uncounted = Math.ceil(turns / 4);
for (let turn = 0; turn < uncounted + turns; turn += 1) {
  globalThis.gc?.();
  const before = live.snapshot();
  const change = changeOf(turn);
  const begun = performance.now();
  const after = live.apply([change]);
  const built = performance.now();
  const text = JSON.stringify(diffSnapshots(before, after));
  const told = performance.now();
  const received = applyDelta(receiver, JSON.parse(text));
  const applied = performance.now();
  if (received === undefined || after === before) throw new Error(`change ${turn} was lost`);
  receiver = received;
  if (turn === uncounted && JSON.stringify(receiver) !== JSON.stringify(after)) {
    throw new Error('the delta makes another Snapshot');
  }
  if (turn < uncounted) continue;
  samples.snapshot.push(built - begun);
  samples.delta.push(told - built);
  samples.pushed.push(text.length);
  samples.applied.push(applied - told);
}

// V8 counts what is allocated by the page, so that one change alone can't be told.
const changes = Array.from({ length: turns }, (_, turn) => changeOf(uncounted + turns + turn));
const allocated = getHeapStatistics().total_allocated_bytes;
for (const change of changes) live.apply([change]);
const garbage = (getHeapStatistics().total_allocated_bytes - allocated) / turns;

const last = changeOf(uncounted + 2 * turns - 1);
const rest = objects.filter(
  ({ kind: each, metadata }) => !(each === kind && metadata.name === last.put.metadata.name),
);
const anew: number[] = [];
for (let turn = 0; turn < 3; turn += 1) {
  globalThis.gc?.();
  const begun = performance.now();
  const built = engine()
    .live([...rest, last.put])
    .snapshot();
  anew.push(performance.now() - begun);
  if (JSON.stringify(built) !== JSON.stringify(live.snapshot()))
    throw new Error('not the same as anew');
}
process.send?.({ ...samples, garbage, anew } satisfies ChangeSamples);

/** All are of one object, so that the last one is all that differs from the objects as they were first. */
function changeOf(turn: number): Extract<ResourceChange, { readonly put: unknown }> {
  if (kind === 'Ingress') {
    // One path more and one less, by turns.
    return { put: ingressOf(ingresses >> 1, { ...size, paths: 2 - (turn % 2) }) };
  }
  // A Pod that comes back with another address each time, as after a restart.
  const pod = podOf(pods >> 1, services);
  const podIP = addressOf(pods + 1 + (turn % 100));
  return { put: { ...pod, status: { ...pod.status, podIP } } };
}
