import { fileURLToPath } from 'node:url';

import { atLeast, compare, tableOf, type Compared } from '../../forwarding/compare.ts';
import type { Forwarder } from '../../forwarding/forwarder.ts';
import type { Load } from '../../forwarding/load.ts';
import { run, said } from '../../forwarding/running.ts';
import { packageVersion } from '../../measure/package-version.ts';
import type { Goal, Suite } from '../../suite/suite.ts';
import { DEBIAN_FORWARDERS } from './debian-forwarders.ts';

const OURS = 'portolan';
const LIMIT = 'undici';

const PROGRAM = fileURLToPath(new URL('node-forwarders.ts', import.meta.url));

function onNode(name: string, role: Forwarder['role'], version?: string): Forwarder {
  return {
    name,
    role,
    version,
    start: async ({ origin, tls }) => {
      const parameters = [PROGRAM, name, `${origin}`, tls.cert, tls.key];
      const running = run('measured', process.execPath, parameters);
      const ports = await said<{ readonly port: number; readonly securePort: number }>(running);
      return { ...running, ...ports };
    },
  };
}

const PEERS = ['http-proxy-3', '@fastify/http-proxy', 'fast-proxy'];

const FORWARDERS: readonly Forwarder[] = [
  onNode(OURS, 'ours'),
  onNode(LIMIT, 'limit', packageVersion('undici')),
  ...PEERS.map((name) => onNode(name, 'peer', packageVersion(name))),
  ...DEBIAN_FORWARDERS,
];

const GET: Omit<Load, 'name'> = {
  page: 'small',
  method: 'GET',
  connections: 32,
  closes: false,
  isSecure: false,
};

const LOADS = [
  { ...GET, name: 'GET' },
  { ...GET, name: 'POST', method: 'POST' },
  { ...GET, name: 'TLS', isSecure: true },
  { ...GET, name: '1 connection', connections: 1 },
  { ...GET, name: '256 connections', connections: 256 },
  { ...GET, name: 'a connection each', closes: true },
  { ...GET, name: '1 MB', page: 'large', connections: 8 },
] as const satisfies readonly Load[];

export const nodeHost: Suite = {
  name: 'node-host',
  title: 'Forwarding on Node',
  about: `A request from a client to an endpoint and its answer back, by the Node host with a Gateway behind it: one Ingress, one Service, one
endpoint. Beside it a bare forwarder of twenty lines on \`node:http\` and undici, which does nothing else and is the limit in this language; proxies from
npm; and those of Debian, each with one thread. All get the same core of their own where there are two, and clients (wrk) and origin (nginx) share the other.
Small answers have 101 bytes, uploads 62; there are 32 connections, which are kept, where the column says nothing else. What each of them answers is
compared with the origin's page first.`,
  run: async (effort) => {
    const present = FORWARDERS.filter(({ absent }) => absent === undefined);
    const compared = await compare(present, LOADS, effort);
    const absent = FORWARDERS.flatMap(({ name, absent: why }) =>
      why === undefined ? [] : [{ subject: name, why }],
    );
    return [
      {
        ...tableOf(compared, present, LOADS, 'perSecond', {
          title: 'Requests a second, on one core',
          note: `Where the clients or the origin are at their limit, all of the fast ones come out alike: then the next table tells them apart. Of large bodies every
byte goes through JavaScript here, as with all on Node.`,
          goals: [...limitGoals(compared), ...peerGoals(compared)],
        }),
        absent,
      },
      tableOf(compared, present, LOADS, 'cpu', {
        title: 'CPU time for each request',
        note: 'Of the forwarder alone, in user space and in the kernel.',
        goals: coreGoals(compared),
      }),
    ];
  },
};

function limitGoals(compared: Compared): readonly Goal[] {
  return LOADS.map(({ name }) =>
    atLeast(
      `${name}: at least 0.9 of the bare forwarder’s requests`,
      0.9,
      compared.ratio(name, OURS, LIMIT, 'perSecond'),
    ),
  );
}

function peerGoals(compared: Compared): readonly Goal[] {
  return PEERS.map((peer) => {
    const ratios = LOADS.map(({ name }) => compared.ratio(name, OURS, peer, 'perSecond'));
    return atLeast(`more requests than ${peer} under each load`, 1, Math.min(...ratios));
  });
}

function coreGoals(compared: Compared): readonly Goal[] {
  return LOADS.map(({ name }) =>
    atLeast(`${name}: no more CPU time than Caddy`, 1, compared.ratio(name, 'caddy', OURS, 'cpu')),
  );
}
