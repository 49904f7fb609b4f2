import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { atLeast, compare, tableOf } from '../../forwarding/compare.ts';
import type { Forwarder } from '../../forwarding/forwarder.ts';
import type { Load } from '../../forwarding/load.ts';
import { programVersion, run, said } from '../../forwarding/running.ts';
import type { Suite } from '../../suite/suite.ts';

interface Runtime {
  readonly name: 'Bun' | 'Deno';
  /** Its program. */
  readonly file: string;
  readonly version: string | undefined;
  readonly parameters: readonly string[];
}

function runtime(name: Runtime['name'], parameters: readonly string[]): Runtime {
  const command = name.toLowerCase();
  const program = new URL(`${command}-forwarders.ts`, import.meta.url);
  const installed = new URL(`../../../../../node_modules/.bin/${command}`, import.meta.url);
  const file = fileURLToPath(installed);
  return {
    name,
    file,
    version: existsSync(file) ? programVersion(file, '--version') : undefined,
    parameters: [...parameters, fileURLToPath(program)],
  };
}

const RUNTIMES = [
  runtime('Deno', ['run', '--quiet', '--allow-net', '--allow-env']),
  runtime('Bun', []),
];

const oursOn = ({ name }: Runtime): string => `portolan on ${name}`;
const bareOn = ({ name }: Runtime): string => `a bare forwarder on ${name}`;

function forwarder(
  { file, version, parameters }: Runtime,
  name: string,
  role: Forwarder['role'],
): Forwarder {
  return {
    name,
    role,
    version,
    ...(version === undefined && { absent: `not installed: ${file}` }),
    start: async ({ origin }) => {
      const running = run('measured', file, [...parameters, name, `${origin}`]);
      return { ...running, ...(await said<{ readonly port: number }>(running)) };
    },
  };
}

const FORWARDERS = RUNTIMES.flatMap((each) => [
  forwarder(each, oursOn(each), 'ours'),
  forwarder(each, bareOn(each), 'limit'),
]);

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
  { ...GET, name: '256 connections', connections: 256 },
  { ...GET, name: '1 MB', page: 'large', connections: 8 },
] as const satisfies readonly Load[];

export const denoBunHosts: Suite = {
  name: 'deno-bun-hosts',
  title: 'Forwarding on Deno and Bun',
  about: `As on Node, by the hosts for Deno and Bun. What limits them is what their runtime offers: \`Deno.serve\` or \`Bun.serve\` with a handler
that passes the request to \`fetch\` and does nothing else: bodies that it hands on never reach JavaScript, while ours are watched, since it has to be known when a
request ended.`,
  run: async (effort) => {
    const present = FORWARDERS.filter(({ absent }) => absent === undefined);
    const compared = await compare(present, LOADS, effort);
    const goals = RUNTIMES.filter(({ version }) => version !== undefined).flatMap((each) =>
      LOADS.map(({ name }) =>
        atLeast(
          `${name}: at least 0.9 of the requests of the bare forwarder on ${each.name}`,
          0.9,
          compared.ratio(name, oursOn(each), bareOn(each), 'perSecond'),
        ),
      ),
    );
    return [
      {
        ...tableOf(compared, present, LOADS, 'perSecond', {
          title: 'Requests a second on Deno and Bun',
          note: 'Each has a core of its own where there are two, as far as its threads keep to it.',
          goals,
        }),
        absent: FORWARDERS.flatMap(({ name, absent: why }) =>
          why === undefined ? [] : [{ subject: name, why }],
        ),
      },
      tableOf(compared, present, LOADS, 'cpu', {
        title: 'CPU time for each request on Deno and Bun',
        note: 'Of all threads of the runtime.',
        goals: [],
      }),
    ];
  },
};
