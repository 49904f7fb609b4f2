import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { freePort } from '../../forwarding/free-port.ts';
import { installed, programVersion, run, said } from '../../forwarding/running.ts';
import type { Row } from '../../suite/suite.ts';

/** Something that takes connections to the endpoint. */
export interface Carrier {
  readonly name: string;
  readonly role: Row['role'];
  readonly version?: string | undefined;
  /** Why it can't be measured here. */
  readonly absent?: string | undefined;
  /** @param folder For its files. */
  readonly start: (endpoint: number, folder: string) => Promise<Carrying>;
}

/** One that runs. */
export interface Carrying {
  readonly port: number;
  /** Its process; absent where it has none. */
  readonly pid?: number | undefined;
  readonly stop: () => Promise<void>;
}

export const OURS = 'portolan';
export const BARE = 'node:net';
export const DIRECT = 'no forwarder';

const PROGRAM = fileURLToPath(new URL('node-program.ts', import.meta.url));

function onNode(name: string, role: Carrier['role']): Carrier {
  return {
    name,
    role,
    start: async (endpoint) => {
      const { child, stop } = run('measured', process.execPath, [PROGRAM, name, `${endpoint}`]);
      const { port } = await said<{ readonly port: number }>({ child, stop });
      return { port, pid: child.pid, stop };
    },
  };
}

const HAPROXY = installed('haproxy');

const haproxy: Carrier = {
  name: 'haproxy',
  role: 'peer',
  ...(HAPROXY === undefined
    ? { absent: 'not installed: apt-get install haproxy' }
    : { version: programVersion(HAPROXY, '-v') }),
  start: async (endpoint, folder) => {
    const port = await freePort();
    const file = `${folder}/haproxy-${port}.conf`;
    const settings = `global
  nbthread 1
  maxconn 4096
defaults
  mode tcp
  timeout connect 5s
  timeout client 1h
  timeout server 1h
listen cart
  bind 127.0.0.1:${port} backlog 4096
  server one 127.0.0.1:${endpoint}
`;
    writeFileSync(file, settings);
    const { child, stop } = run('measured', HAPROXY ?? 'haproxy', ['-q', '-db', '-f', file], {
      isSilent: true,
    });
    return { port, pid: child.pid, stop };
  },
};

const NGINX = installed('nginx');
/** Where Debian puts it. */
const STREAM_MODULE = '/usr/lib/nginx/modules/ngx_stream_module.so';

const nginx: Carrier = {
  name: 'nginx stream',
  role: 'peer',
  ...(NGINX === undefined || !existsSync(STREAM_MODULE)
    ? { absent: 'not installed: apt-get install nginx libnginx-mod-stream' }
    : { version: programVersion(NGINX, '-v') }),
  start: async (endpoint, folder) => {
    const port = await freePort();
    const file = `${folder}/nginx-${port}.conf`;
    const settings = `daemon off;
worker_processes 1;
load_module ${STREAM_MODULE};
pid ${folder}/nginx-${port}.pid;
error_log stderr crit;
events { worker_connections 8192; }
stream {
  server {
    listen 127.0.0.1:${port} backlog=4096;
    proxy_pass 127.0.0.1:${endpoint};
    proxy_half_close on;
    proxy_timeout 1h;
  }
}
`;
    writeFileSync(file, settings);
    const { child, stop } = run('measured', NGINX ?? 'nginx', ['-e', 'stderr', '-c', file], {
      isSilent: true,
    });
    return { port, pid: child.pid, stop };
  },
};

/** What clients and endpoint can do when nobody is between them. */
const direct: Carrier = {
  name: DIRECT,
  role: 'limit',
  start: (endpoint) => Promise.resolve({ port: endpoint, stop: () => Promise.resolve() }),
};

export const CARRIERS: readonly Carrier[] = [
  onNode(OURS, 'ours'),
  onNode(BARE, 'limit'),
  haproxy,
  nginx,
  direct,
];
