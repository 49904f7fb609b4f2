import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

import { atLeast } from '../../forwarding/compare.ts';
import { run, said } from '../../forwarding/running.ts';
import { figureOf } from '../../measure/figure.ts';
import type { Column, Figure, Row, Suite, Table } from '../../suite/suite.ts';
import { BARE, CARRIERS, DIRECT, OURS, type Carrier } from './carriers.ts';
import type { LoadName } from './load.ts';
import {
  CONNECTIONS,
  LOADS,
  measureLoads,
  type LoadSamples,
  type Sample,
} from './measure-loads.ts';
import { HELD, measureMemory, type Memory } from './measure-memory.ts';

export const tcp: Suite = {
  name: 'tcp',
  title: 'TCP through a node port',
  about: `Connections from clients to an endpoint, by the Node host with one Service of type NodePort. Beside it a bare
\`net.createServer\` that pipes, which does nothing else and is the limit in this language; HAProxy in mode tcp and the stream module of nginx, each with one
thread; and no forwarder at all, which is the limit of clients and endpoint. All get the same core of their own where there are two; clients and endpoint, on
Node as well, share the other. That each carries a megabyte there and back, four megabytes of a stream, and an end as an end, is looked at first.`,
  run: async (effort) => {
    const folder = mkdtempSync(`${tmpdir()}/portolan-tcp-`);
    // Workers of nginx may be somebody else.
    chmodSync(folder, 0o755);
    const program = fileURLToPath(new URL('endpoint-program.ts', import.meta.url));
    const endpoint = run('others', process.execPath, [program]);
    try {
      const { port } = await said<{ readonly port: number }>(endpoint);
      const present = CARRIERS.filter(({ absent }) => absent === undefined);
      const samples = await measureLoads(present, port, folder, effort);
      const programs = present.filter(({ name }) => name !== DIRECT);
      const memory = await measureMemory(programs, port, folder, effort);
      return [
        whatComesThrough(present, samples),
        cpuTimes(programs, samples),
        memoryTable(programs, memory),
      ];
    } finally {
      await endpoint.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function whatComesThrough(carriers: readonly Carrier[], samples: LoadSamples): Table {
  return {
    title: 'Connections, streams and messages, on one core',
    columns: [
      { name: 'connections', unit: '/s', better: 'higher' },
      { name: 'one stream', unit: 'MB/s', better: 'higher' },
      { name: 'there and back', unit: 'µs', better: 'lower' },
      { name: '99 of 100 there and back', unit: 'µs', better: 'lower' },
    ],
    rows: carriers.map((carrier) =>
      rowOf(carrier, [
        figureUnder(samples, 'connections', carrier.name, 'perSecond'),
        figureUnder(samples, 'stream', carrier.name, 'perSecond'),
        figureUnder(samples, 'messages', carrier.name, 'roundTrip'),
        figureUnder(samples, 'messages', carrier.name, 'slowRoundTrip'),
      ]),
    ),
    absent: CARRIERS.flatMap(({ name, absent: why }) =>
      why === undefined ? [] : [{ subject: name, why }],
    ),
    goals: [
      atLeast(
        'at least 0.9 of the bare pipe’s connections',
        0.9,
        ratio(samples, 'connections', 'perSecond'),
      ),
      atLeast('at least 0.9 of the bare pipe’s stream', 0.9, ratio(samples, 'stream', 'perSecond')),
      atLeast(
        'a message there and back in at most 1 / 0.9 of the bare pipe’s time',
        0.9,
        1 / ratio(samples, 'messages', 'roundTrip'),
      ),
    ],
    note: `Connections: ${CONNECTIONS} clients connect, have one message of 64 bytes echoed and end, again and again. One stream: from the endpoint
to one client. There and back: one message of 64 bytes after another over one connection. Where clients or endpoint are at their limit, all of the fast ones
come out alike: then the next table tells them apart.`,
  };
}

function cpuTimes(carriers: readonly Carrier[], samples: LoadSamples): Table {
  return {
    title: 'CPU time of TCP',
    columns: [
      { name: 'a connection', unit: 'µs', better: 'lower' },
      { name: 'a megabyte of a stream', unit: 'µs', better: 'lower' },
      { name: 'a message there and back', unit: 'µs', better: 'lower' },
    ],
    rows: carriers.map((carrier) =>
      rowOf(
        carrier,
        LOADS.map((load) => figureUnder(samples, load, carrier.name, 'cpu')),
      ),
    ),
    goals: LOADS.map((load) =>
      atLeast(
        `${load}: at most 1 / 0.9 of the bare pipe’s CPU time`,
        0.9,
        1 / ratio(samples, load, 'cpu'),
      ),
    ),
    note: 'Of the forwarder alone, in user space and in the kernel.',
  };
}

function memoryTable(
  carriers: readonly Carrier[],
  memory: ReadonlyMap<string, readonly Memory[]>,
): Table {
  return {
    title: 'Memory of open connections',
    columns: MEMORY_COLUMNS.map(({ column }) => column),
    rows: carriers.map((carrier) =>
      rowOf(
        carrier,
        MEMORY_COLUMNS.map(({ of }) => figureOfEach(memory.get(carrier.name), of)),
      ),
    ),
    note: `Resident memory of a new process, and by how much it is more with ${HELD} connections open, for each of them: on Node with what was not
collected yet.`,
  };
}

const MEMORY_COLUMNS: readonly {
  readonly column: Column;
  readonly of: (memory: Memory) => number | undefined;
}[] = [
  {
    column: { name: 'without connections', unit: 'MB', better: 'lower' },
    of: ({ idle }) => idle && idle / 1e6,
  },
  {
    column: { name: 'each connection', unit: 'bytes', better: 'lower' },
    of: ({ perConnection }) => perConnection,
  },
];

function rowOf({ name, role, version }: Carrier, figures: Row['figures']): Row {
  return { subject: name, role, ...(version !== undefined && { version }), figures };
}

function figureUnder(
  samples: LoadSamples,
  load: LoadName,
  name: string,
  what: keyof Sample,
): Figure | undefined {
  return figureOfEach(samples.get(load)?.get(name), (sample) => sample[what]);
}

/** Our median by that of the bare pipe. */
function ratio(samples: LoadSamples, load: LoadName, what: keyof Sample): number {
  const ours = figureUnder(samples, load, OURS, what);
  const bare = figureUnder(samples, load, BARE, what);
  return ours && bare ? ours.median / bare.median : NaN;
}

function figureOfEach<One>(
  samples: readonly One[] = [],
  of: (one: One) => number | undefined,
): Figure | undefined {
  const values = samples.flatMap((one) => of(one) ?? []);
  return values.length === 0 ? undefined : figureOf(values);
}
