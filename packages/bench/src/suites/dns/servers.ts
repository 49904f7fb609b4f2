import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { freePort } from '../../forwarding/free-port.ts';
import { installed, programVersion, run, said } from '../../forwarding/running.ts';
import type { Row } from '../../suite/suite.ts';
import { SRV, TTL, ZONE } from './zone.ts';

/** Something that answers DNS. */
export interface Server {
  readonly name: string;
  readonly role: Row['role'];
  readonly version?: string | undefined;
  /** Why it can't be measured here. */
  readonly absent?: string | undefined;
  /** @param folder For its files. */
  readonly start: (folder: string) => Promise<Serving>;
}

/** One that runs. */
export interface Serving {
  readonly port: number;
  readonly pid?: number | undefined;
  readonly stop: () => Promise<void>;
}

export const OURS = 'portolan';
export const BARE = 'node:dgram';

const PROGRAM = fileURLToPath(new URL('node-program.ts', import.meta.url));

function onNode(name: string, role: Server['role']): Server {
  return {
    name,
    role,
    start: async () => {
      const { child, stop } = run('measured', process.execPath, [PROGRAM, name]);
      const { port } = await said<{ readonly port: number }>({ child, stop });
      return { port, pid: child.pid, stop };
    },
  };
}

/** A program of Debian's. */
function ofDebian(
  name: string,
  versionOption: string,
  parameters: (file: string) => readonly string[],
  settings: (port: number) => string,
): Server {
  const file = installed(name);
  return {
    name,
    role: 'peer',
    ...(file === undefined
      ? { absent: `not installed: apt-get install ${name}` }
      : { version: programVersion(file, versionOption) }),
    start: async (folder) => {
      const port = await freePort();
      const settingsFile = `${folder}/${name}.conf`;
      writeFileSync(settingsFile, settings(port));
      const { child, stop } = run('measured', file ?? name, parameters(settingsFile), {
        isSilent: true,
      });
      return { port, pid: child.pid, stop };
    },
  };
}

const dnsmasq = ofDebian(
  'dnsmasq',
  '--version',
  (file) => ['--keep-in-foreground', `--conf-file=${file}`],
  (port) => `port=${port}
listen-address=127.0.0.1
bind-interfaces
no-resolv
no-hosts
pid-file=
local=/cluster.local/
local-ttl=${TTL}
${ZONE.map(
  ({ name, portName, address }) =>
    `host-record=${name},${address}\nsrv-host=${portName},${name},${SRV.port},${SRV.priority},${SRV.weight}`,
).join('\n')}
`,
);

const unbound = ofDebian(
  'unbound',
  '-V',
  (file) => ['-d', '-c', file],
  (port) => `server:
  interface: 127.0.0.1
  port: ${port}
  num-threads: 1
  do-daemonize: no
  use-syslog: no
  verbosity: 0
  chroot: ""
  username: ""
  pidfile: ""
  module-config: "iterator"
  local-zone: "cluster.local." static
  local-data: "cluster.local. ${TTL} IN SOA ns.dns.cluster.local. hostmaster.cluster.local. 1 7200 1800 86400 ${TTL}"
${ZONE.map(
  ({ name, portName, address }) =>
    `  local-data: "${name}. ${TTL} IN A ${address}"\n  local-data: "${portName}. ${TTL} IN SRV ${SRV.priority} ${SRV.weight} ${SRV.port} ${name}."`,
).join('\n')}
remote-control:
  control-enable: no
`,
);

/** What clusters have; there is no package of it. */
const coredns: Server = {
  name: 'CoreDNS',
  role: 'peer',
  absent: 'neither in Debian nor on npm',
  start: () => Promise.reject(new Error('CoreDNS is absent')),
};

export const SERVERS: readonly Server[] = [
  onNode(OURS, 'ours'),
  onNode(BARE, 'limit'),
  dnsmasq,
  unbound,
  coredns,
];
