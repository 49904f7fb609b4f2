/** Run in a process of its own: builds one router, holds its answers to what is expected, and measures it. */
import { memoryUsage } from 'node:process';

import { ROUTERS, type Built } from './routers.ts';
import { fresh, KINDS, requestsOf, siteOf, type Expected, type Kind } from './site.ts';

/** What is told of one router. */
export interface RouterSample {
  /** ms. */
  readonly build: number;
  /** MB, of what was built. */
  readonly memory: number;
  /** ns for each lookup: the median of the batches. */
  readonly lookup: number;
  /** The same where each route is asked for as often as another. */
  readonly even: number;
  /** ns for each lookup of one kind; absent where the site has none of it. */
  readonly kinds: Readonly<Partial<Record<Kind, number>>>;
  /** bytes that are allocated for each lookup. */
  readonly allocated: number;
}

/** Few enough for their own texts to stay in the processor's cache, as those of one request at a time do. */
const BATCH = 500;

const kept: { last?: unknown } = {};

const [name, shape, size, milliseconds] = process.argv.slice(2);
const budget = Number(milliseconds);
const routes = siteOf(shape === 'paths' ? 'paths' : 'hosts', Number(size));
const requests = requestsOf(routes, 5000, 'popular');
const evenly = requestsOf(routes, 5000, 'even');
const router = ROUTERS.find((item) => item.name === name);
if (router === undefined) throw new Error(`no router ${name}`);

gc?.();
const before = memoryUsage();
const start = performance.now();
const built = router.build(routes);
const build = performance.now() - start;
check(built, evenly);
check(built, requests);
gc?.();
const after = memoryUsage();
const memory = (after.heapUsed - before.heapUsed + after.external - before.external) / 1e6;

const lookup = nanoseconds(built, requests, budget);
const even = nanoseconds(built, evenly, budget / 2);
const kinds = Object.fromEntries(
  KINDS.flatMap((kind) => {
    const own = requests.filter((request) => request.kind === kind);
    return own.length === 0 ? [] : [[kind, nanoseconds(built, own, budget / 5)]];
  }),
);
const sample: RouterSample = {
  build,
  memory,
  lookup,
  even,
  kinds,
  allocated: allocatedBy(built),
};
process.send?.(sample);

function check({ routeOf }: Built, asked: readonly Expected[]): void {
  for (const [at, request] of fresh(asked).entries()) {
    const [actual, expected] = [routeOf(request), asked[at]?.route];
    if (actual !== expected) {
      throw new Error(`${name}: ${request.host}${request.path} is ${actual}, not ${expected}`);
    }
  }
}

/** The first third of the time is for warming up. */
function nanoseconds(subject: Built, asked: readonly Expected[], time: number): number {
  const batches: number[] = [];
  const end = performance.now() + time;
  const warm = performance.now() + time / 3;
  let next = 0;
  do {
    const batch = fresh(asked.slice(next, next + BATCH));
    next = next + BATCH < asked.length ? next + BATCH : 0;
    const from = performance.now();
    run(subject, batch);
    const to = performance.now();
    if (to > warm) batches.push(((to - from) * 1e6) / batch.length);
  } while (performance.now() < end || batches.length === 0);
  return batches.toSorted((a, b) => a - b)[Math.floor(batches.length / 2)] ?? 0;
}

/** What is found is kept for a moment, as a server does, so that no compiler leaves it out. */
function run({ find }: Built, batch: ReturnType<typeof fresh>): void {
  for (const request of batch) kept.last = find(request);
}

/** Too few requests for the young generation to fill: nothing is collected meanwhile. */
function allocatedBy(subject: Built): number {
  const few = requests.slice(0, 2000);
  const samples = Array.from({ length: 5 }, () => {
    const batch = fresh(few);
    gc?.();
    const from = memoryUsage().heapUsed;
    run(subject, batch);
    return (memoryUsage().heapUsed - from) / few.length;
  });
  return samples.toSorted((a, b) => a - b)[2] ?? 0;
}
