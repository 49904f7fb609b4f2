/* oxlint-disable no-await-in-loop -- one after the other, or they would share the machine */
import { apart } from '../../measure/apart.ts';
import { figureOf } from '../../measure/figure.ts';
import { packageVersion } from '../../measure/package-version.ts';
import { byTurns } from '../../measure/turns.ts';
import type { Effort, Figure, Goal, Row, Suite, Table } from '../../suite/suite.ts';
import type { RouterSample } from './measure-router.ts';
import { ROUTERS, type Router } from './routers.ts';
import { KINDS, type Shape } from './site.ts';

const SIZES = [10, 100, 1000, 10_000, 100_000];
const SHORT_SIZES = [10, 100];

/** Samples by size, then by the router's name. */
type Samples = ReadonlyMap<number, ReadonlyMap<string, readonly RouterSample[]>>;

export const matching: Suite = {
  name: 'matching',
  title: 'Finding a route',
  about: `Method, host and path in, route out: among 10 to 100,000 routes, exact ones and prefixes that lie below one another, beside routers
from npm and a list of \`URLPattern\`s. Portolan gets what a client sent and normalises host and path; none of the others does. Each router runs
in a process of its own for each size, and its answers are held to those of a plain scan before it is timed. Requests are shuffled: hits of exact routes,
of prefixes, deep below prefixes and behind wildcard hosts, a tenth for paths and a tenth for hosts that nobody has. Their texts are new for each
lookup, as they are when they come from a socket. The nth most popular route is asked for n times less than the first. Routers
without hosts of their own are kept in a Map by host, one for each, which is faster than the host as the first element of the path;
find-my-way has host constraints, for 31 hosts at most, so it is kept in the Map as well.`,
  run: async (effort) => {
    const hosts = await measure('hosts', effort);
    const paths = await measure('paths', effort);
    return [
      lookups('Ten routes at each host', 'hosts', hosts),
      lookups('All routes at one host', 'paths', paths),
      byKind(hosts),
      costs(hosts),
    ];
  },
};

async function measure(shape: Shape, { isShort, tell }: Effort): Promise<Samples> {
  const samples = new Map<number, ReadonlyMap<string, readonly RouterSample[]>>();
  for (const size of isShort ? SHORT_SIZES.slice(0, shape === 'hosts' ? 2 : 1) : SIZES) {
    tell(`${size} routes, ${shape === 'hosts' ? 'ten at each host' : 'all at one host'}`);
    const able = ROUTERS.filter(({ most }) => size <= (most?.[shape] ?? Infinity));
    const parameters = [shape, size, isShort ? 10 : 300];
    samples.set(
      size,
      await byTurns(able, isShort ? 0 : 3, ({ name }) =>
        apart<RouterSample>('suites/matching/measure-router.ts', [name, ...parameters]),
      ),
    );
  }
  return samples;
}

function lookups(title: string, shape: Shape, samples: Samples): Table {
  const sizes = [...samples.keys()];
  const last = sizes.at(-1) ?? 0;
  const rows = ROUTERS.map((router): Row => {
    const figures = sizes.map((size) => figure(samples, size, router, ({ lookup }) => lookup));
    return row(router, [
      ...figures,
      growth(figures),
      figure(samples, last, router, ({ even }) => even),
    ]);
  });
  return {
    title,
    columns: [
      ...sizes.map((size) => ({
        name: size.toLocaleString('en'),
        unit: 'ns',
        better: 'lower' as const,
      })),
      { name: 'growth', unit: '', better: 'lower' },
      { name: `${last.toLocaleString('en')}, each as often`, unit: 'ns', better: 'lower' },
    ],
    rows,
    absent: ROUTERS.filter(({ most }) => (most?.[shape] ?? Infinity) < last).map(
      ({ name, why = '' }) => ({ subject: name, why }),
    ),
    goals: [
      ...sizes.map((size, at) => fastestGoal(size, at, rows)),
      flatGoal(rows[0]?.figures[sizes.length]),
    ],
    note: `Time for each lookup by the number of routes. Growth: the last of them by the first. The last column is for traffic that asks for
each route as often as for another, the worst for caches.`,
  };
}

function growth(figures: readonly (Figure | undefined)[]): Figure | undefined {
  const [first, last] = [figures[0], figures.at(-1)];
  return first && last && figureOf([last.median / first.median]);
}

function fastestGoal(size: number, at: number, rows: readonly Row[]): Goal {
  const ours = rows[0]?.figures[at]?.median ?? NaN;
  const fastest = Math.min(...rows.slice(1).map(({ figures }) => figures[at]?.median ?? Infinity));
  return {
    wanted: `${size.toLocaleString('en')} routes: at least 1 × as fast as the fastest of the others`,
    measured: fastest / ours,
    reached: fastest >= ours,
  };
}

function flatGoal(measured: Row['figures'][number]): Goal {
  return {
    wanted: 'growth of at most 1.5',
    measured: measured?.median ?? NaN,
    reached: (measured?.median ?? Infinity) <= 1.5,
  };
}

function byKind(samples: Samples): Table {
  const size = [...samples.keys()].findLast((item) => item <= 10_000) ?? 0;
  return {
    title: `By what is asked for, ${size.toLocaleString('en')} routes, ten at each host`,
    columns: KINDS.map((kind) => ({ name: kind, unit: 'ns', better: 'lower' })),
    rows: ROUTERS.map((router) =>
      row(
        router,
        KINDS.map((kind) => figure(samples, size, router, ({ kinds }) => kinds[kind])),
      ),
    ),
  };
}

/** What a result of ours takes: a header of 24 bytes, and 8 for each of at most 11 fields. */
const RESULT = 112;

function costs(samples: Samples): Table {
  const sizes = [...samples.keys()].slice(-2);
  const last = sizes.at(-1) ?? 0;
  const rows = ROUTERS.map((router) =>
    row(router, [
      ...sizes.map((size) => figure(samples, size, router, ({ build }) => build)),
      figure(samples, last, router, ({ memory }) => memory),
      figure(samples, last, router, ({ allocated }) => allocated),
    ]),
  );
  const measured = rows[0]?.figures.at(-1)?.median ?? NaN;
  const columns = sizes.map((size) => `built for ${size.toLocaleString('en')}`);
  return {
    title: 'Building and memory, ten routes at each host',
    columns: [
      ...columns.map((name) => ({ name, unit: 'ms', better: 'lower' as const })),
      { name: 'kept', unit: 'MB', better: 'lower' },
      { name: 'allocated for each lookup', unit: 'bytes', better: 'lower' },
    ],
    rows,
    goals: [
      {
        wanted: `no bytes for a lookup but the ${RESULT} of its result`,
        measured,
        reached: measured < RESULT + 8,
      },
    ],
    note: `Memory is what stays after the routes were built and asked, for ${last.toLocaleString('en')} of them. Portolan makes the table that a Snapshot
carries, and what is found by hash for each host when the host is first asked for.`,
  };
}

function row({ name, packageName }: Router, figures: Row['figures']): Row {
  return {
    subject: name,
    role: name === 'portolan' ? 'ours' : 'peer',
    ...(packageName !== undefined && { version: packageVersion(packageName) }),
    figures,
  };
}

function figure(
  samples: Samples,
  size: number,
  { name }: Router,
  of: (sample: RouterSample) => number | undefined,
): Figure | undefined {
  const values = (samples.get(size)?.get(name) ?? []).flatMap((sample) => of(sample) ?? []);
  return values.length === 0 ? undefined : figureOf(values);
}
