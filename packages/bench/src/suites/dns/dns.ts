/* oxlint-disable no-await-in-loop -- one after the other, or they would share the machine */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

import { atLeast } from '../../forwarding/compare.ts';
import { cpuTime } from '../../forwarding/running.ts';
import { figureOf } from '../../measure/figure.ts';
import { byTurns } from '../../measure/turns.ts';
import type { Effort, Figure, Suite, Table } from '../../suite/suite.ts';
import { checkServing } from './check-serving.ts';
import { put } from './load.ts';
import { BARE, OURS, SERVERS, type Server, type Serving } from './servers.ts';
import { KINDS, ZONE, type Kind } from './zone.ts';

const ROUNDS = 5;
const OUTSTANDING = 64;

/** Of one server. */
interface Sample {
  readonly perSecond: number;
  /** Microseconds of CPU time for each query. */
  readonly cpu?: number;
}

/** By kind of query, then by server. */
type Samples = ReadonlyMap<Kind['name'], ReadonlyMap<string, readonly Sample[]>>;

export const dns: Suite = {
  name: 'dns',
  title: 'Cluster DNS',
  about: `Queries over UDP about ${ZONE.length} Services, to the DNS server of the Node host. Beside it a bare \`node:dgram\` that has all answers ready by their
questions and puts the id of the query in, which is the limit in this language; dnsmasq and unbound, with one thread, have the same records in their settings.
All get the same core of their own where there are two, and a program of ours on Node asks from the other, ${OUTSTANDING} queries at a time. What they answer
about some names of each kind is compared first; each answer's code, question and number of records while they are measured.`,
  run: async (effort) => {
    const folder = mkdtempSync(`${tmpdir()}/portolan-dns-`);
    // dnsmasq becomes somebody else.
    chmodSync(folder, 0o755);
    const running = new Map<string, Serving>();
    const present = SERVERS.filter(({ absent }) => absent === undefined);
    try {
      for (const { name, start } of present) {
        const serving = await start(folder);
        running.set(name, serving);
        await checkServing(name, serving.port);
      }
      return tables(present, await measure(present, running, effort));
    } finally {
      for (const { stop } of running.values()) await stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(
  servers: readonly Server[],
  running: ReadonlyMap<string, Serving>,
  { isShort, tell }: Effort,
): Promise<Samples> {
  const samples = new Map<Kind['name'], ReadonlyMap<string, readonly Sample[]>>();
  for (const { name: kind } of KINDS) {
    tell(kind);
    const one = async ({ name }: Server): Promise<Sample> => {
      const { port = 0, pid } = running.get(name) ?? {};
      const before = cpuTime(pid);
      const seconds = isShort ? 0.05 : 1;
      const done = await put({ kind, port, seconds, outstanding: OUTSTANDING });
      const after = cpuTime(pid);
      return {
        perSecond: done.queries / done.seconds,
        ...(before !== undefined &&
          after !== undefined && { cpu: (after - before) / done.queries }),
      };
    };
    samples.set(kind, await byTurns(servers, isShort ? 0 : ROUNDS, one));
  }
  return samples;
}

function tables(servers: readonly Server[], samples: Samples): readonly Table[] {
  const figure = (kind: Kind, server: string, what: keyof Sample): Figure | undefined => {
    const values = samples
      .get(kind.name)
      ?.get(server)
      ?.flatMap((sample) => sample[what] ?? []);
    return values === undefined || values.length === 0 ? undefined : figureOf(values);
  };
  const ratio = (kind: Kind): number => {
    const [ours, bare] = [figure(kind, OURS, 'perSecond'), figure(kind, BARE, 'perSecond')];
    return ours && bare ? ours.median / bare.median : NaN;
  };
  const table = (what: keyof Sample): Pick<Table, 'columns' | 'rows'> => ({
    columns: KINDS.map(({ name }) =>
      what === 'cpu'
        ? { name, unit: 'µs', better: 'lower' }
        : { name, unit: '/s', better: 'higher' },
    ),
    rows: servers.map(({ name, role, version }) => ({
      subject: name,
      role,
      ...(version !== undefined && { version }),
      figures: KINDS.map((kind) => figure(kind, name, what)),
    })),
  });
  return [
    {
      title: 'DNS queries a second, on one core',
      ...table('perSecond'),
      absent: SERVERS.flatMap(({ name, absent: why }) =>
        why === undefined ? [] : [{ subject: name, why }],
      ),
      goals: KINDS.map((kind) =>
        atLeast(
          `${kind.name}: at least half the queries of who has the answers ready`,
          0.5,
          ratio(kind),
        ),
      ),
      note: `With SRV records ours and dnsmasq send the addresses of their targets, unbound does not; with NXDOMAIN ours and unbound send the SOA record of the
zone, dnsmasq does not. Where the client is at its limit, all of the fast ones come out alike: then the next table tells them apart.`,
    },
    {
      title: 'CPU time for each DNS query',
      ...table('cpu'),
      note: 'Of the server alone, in user space and in the kernel.',
    },
  ];
}
