import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';

import { atLeast, compare, tableOf, type Compared } from '../../forwarding/compare.ts';
import type { Forwarder } from '../../forwarding/forwarder.ts';
import type { Load } from '../../forwarding/load.ts';
import { figureOf } from '../../measure/figure.ts';
import type { Effort, Figure, Goal, Suite, Table } from '../../suite/suite.ts';
import { bundle } from './bundle.ts';
import { startUps } from './start-up.ts';
import { LIMIT, oursWith, subjectsWith, type Subject } from './subjects.ts';
import { startWorkerd } from './workerd.ts';

const SIZES = [10, 10_000];
const SHORT_SIZES = [10];

const GET: Load = {
  name: 'GET',
  page: 'small',
  method: 'GET',
  connections: 32,
  closes: false,
  isSecure: false,
};

const LOADS: readonly Load[] = [
  GET,
  { ...GET, name: 'POST', method: 'POST' },
  { ...GET, name: '1 connection', connections: 1 },
  { ...GET, name: '1 MB', page: 'large', connections: 8 },
];

export const worker: Suite = {
  name: 'worker',
  title: 'Forwarding on Workers',
  about: `A request through a Worker on workerd, the runtime of Cloudflare Workers, on this machine: our edge worker as it is deployed, with the
variables that it comes with and an Ingress of 10 and of 10,000 paths that lead to a Service each. Beside it a Worker of three lines that passes
everything to \`fetch\`, which is the limit there; the \`proxy\` helper of Hono with a route for each path; and reflare with the same. Each is bundled by
\`wrangler deploy --minify\` and runs in a workerd of its own, with nothing before it, on a core of its own where there are two; clients (wrk) and origin
(nginx) share the other. The path that is asked for is in the middle of the others. What each of them answers is compared with the origin’s page first.`,
  run: async (effort) => {
    const folder = mkdtempSync(`${tmpdir()}/portolan-worker-`);
    try {
      return await measure(folder, effort);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(folder: string, effort: Effort): Promise<readonly Table[]> {
  const sizes = effort.isShort ? SHORT_SIZES : SIZES;
  const subjects = subjectsWith(sizes);
  effort.tell('bundles');
  const codes = new Map(
    await Promise.all(
      subjects.map(async (subject, index): Promise<readonly [string, string]> => [
        subject.name,
        await bundle(subject, `${folder}/bundle-${index}`),
      ]),
    ),
  );
  effort.tell('start-up');
  const starts = await startUps(subjects, GET, codes, folder, effort);
  const forwarders = subjects.map((subject, index): Forwarder => ({
    ...subject,
    start: ({ origin }) =>
      startWorkerd(codes.get(subject.name) ?? '', subject, {
        origin,
        folder: `${folder}/${index}`,
      }),
  }));
  const compared = await compare(forwarders, LOADS, effort);
  return [
    tableOf(compared, forwarders, LOADS, 'perSecond', {
      title: 'Requests a second on workerd, on one core',
      note: `There are 32 connections where the column says nothing else. What lies between us and the limit is in a profile of workerd: that an endpoint is
told on whose behalf it is asked (Forwarded, X-Forwarded-For, Via, traceparent and others are set, what a client claims is taken out), that the
answer is looked at before it is handed on, and that its end is waited for, which the default access log of failures needs. Each is several calls from
JavaScript into the runtime; the limit does none of it, and passes on what a client claims.`,
      goals: limitGoals(sizes, compared),
    }),
    tableOf(compared, forwarders, LOADS, 'cpu', {
      title: 'CPU time for each request on workerd',
      note: 'Of workerd alone with all its threads, in user space and in the kernel.',
      goals: [],
    }),
    singleTable(subjects, codes, starts, compared),
  ];
}

function limitGoals(sizes: readonly number[], compared: Compared): readonly Goal[] {
  return sizes
    .map(oursWith)
    .flatMap((ours) =>
      LOADS.map(({ name }) =>
        atLeast(
          `${ours}, ${name}: at least 0.95 of the limit’s requests`,
          0.95,
          compared.ratio(name, ours, LIMIT, 'perSecond'),
        ),
      ),
    );
}

function singleTable(
  subjects: readonly Subject[],
  codes: ReadonlyMap<string, string>,
  starts: ReadonlyMap<string, readonly number[]>,
  compared: Compared,
): Table {
  return {
    title: 'Latency, start-up and size of a Worker',
    note: `Latency is the time from a request to its answer, on one connection with nothing else to do. The first answer is counted from the start of
workerd, which for the limit is nearly all of it: what is above that is the Worker’s own. A bundle has its routes in it, ours all that a cluster has of
each Service: ports, endpoints, DNS records.`,
    columns: [
      { name: 'latency', unit: 'µs', better: 'lower' },
      { name: 'first answer', unit: 'ms', better: 'lower' },
      { name: 'bundle', unit: 'bytes', better: 'lower' },
      { name: 'bundle, gzip', unit: 'bytes', better: 'lower' },
    ],
    rows: subjects.map(({ name, role }) => {
      const code = codes.get(name) ?? '';
      const started = starts.get(name) ?? [];
      return {
        subject: name,
        role,
        figures: [
          latency(compared.figure('1 connection', name, 'perSecond')),
          started.length === 0 ? undefined : figureOf(started),
          figureOf([Buffer.byteLength(code)]),
          figureOf([gzipSync(code).length]),
        ],
      };
    }),
  };
}

/** Microseconds of a request, where there is one at a time. */
function latency(perSecond: Figure | undefined): Figure | undefined {
  if (perSecond === undefined) return undefined;
  const { median, lowest, highest } = perSecond;
  return { median: 1e6 / median, lowest: 1e6 / highest, highest: 1e6 / lowest };
}
