/** Builds everything once, and says what that cost: `build-program.ts INGRESSES SERVICES PODS`. */
import { matchRoute } from '@portolan/routing';

import { engine } from './engine.ts';
import { hostOf, world } from './world.ts';

export interface BuildSample {
  /** Milliseconds. */
  readonly time: number;
  /** Of the whole process at its most, and before it began, in MB: the objects, and Node itself. */
  readonly most: number;
  readonly before: number;
  /** What of the heap is kept for as long as the build is, beside the objects, in MB. */
  readonly kept: number;
}

const [ingresses = 0, services = 0, pods = 0] = process.argv.slice(2).map(Number);
const objects = world({ ingresses, services, pods });
globalThis.gc?.();
const { rss, heapUsed } = process.memoryUsage();
const begun = performance.now();
const live = engine().live(objects);
const time = performance.now() - begun;
// In KiB.
const most = process.resourceUsage().maxRSS * 1024;
globalThis.gc?.();
const kept = process.memoryUsage().heapUsed - heapUsed;

const { routes } = live.snapshot();
const facts = {
  scheme: 'http',
  method: 'GET',
  path: '/',
  query: '',
  headers: { get: () => null },
} as const;
for (const index of [0, ingresses - 1]) {
  const match = matchRoute(routes, { ...facts, host: hostOf(index) });
  if (match.outcome !== 'matched') throw new Error(`${hostOf(index)} is not matched`);
}
process.send?.({
  time,
  most: most / 1e6,
  before: rss / 1e6,
  kept: kept / 1e6,
} satisfies BuildSample);
