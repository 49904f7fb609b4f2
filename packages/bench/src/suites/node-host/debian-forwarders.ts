import { writeFileSync } from 'node:fs';

import type { Forwarder, ForwardTo } from '../../forwarding/forwarder.ts';
import { freePort } from '../../forwarding/free-port.ts';
import { nginxConfiguration } from '../../forwarding/nginx.ts';
import { installed, programVersion, run } from '../../forwarding/running.ts';

interface Ports {
  readonly port: number;
  readonly securePort: number;
}

/** A program of Debian's, with one thread. */
interface Program {
  readonly name: string;
  readonly role: Forwarder['role'];
  /** Asks for its version. */
  readonly versionOption: string;
  readonly configuration: (to: ForwardTo, at: Ports) => string;
  /** How it is started. */
  readonly parameters: (file: string) => readonly string[];
}

const PROGRAMS: readonly Program[] = [
  {
    name: 'caddy',
    role: 'peer',
    versionOption: 'version',
    configuration: ({ origin, tls }, { port, securePort }) => `{
  admin off
  auto_https off
  default_sni shop.example
  log {
    level ERROR
  }
  servers {
    protocols h1 h2
  }
}
http://:${port} {
  bind 127.0.0.1
  reverse_proxy 127.0.0.1:${origin}
}
https://:${securePort} {
  bind 127.0.0.1
  tls ${tls.cert} ${tls.key}
  reverse_proxy 127.0.0.1:${origin}
}
`,
    parameters: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  },
  {
    name: 'haproxy',
    role: 'peer',
    versionOption: '-v',
    configuration: ({ origin, tls }, { port, securePort }) => `global
  nbthread 1
  maxconn 4096
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  http-reuse always
  option forwardfor
frontend shop
  bind 127.0.0.1:${port}
  bind 127.0.0.1:${securePort} ssl crt ${tls.both}
  default_backend cart
backend cart
  server one 127.0.0.1:${origin}
`,
    parameters: (file) => ['-q', '-db', '-f', file],
  },
  {
    name: 'nginx',
    role: 'limit',
    versionOption: '-v',
    configuration: ({ origin, tls, folder }, { port, securePort }) =>
      nginxConfiguration(
        folder,
        `upstream cart {
    server 127.0.0.1:${origin};
    keepalive 256;
    keepalive_requests 1000000000;
  }
  server {
    listen 127.0.0.1:${port};
    listen 127.0.0.1:${securePort} ssl;
    ssl_certificate ${tls.cert};
    ssl_certificate_key ${tls.key};
    location / {
      proxy_pass http://cart;
      proxy_http_version 1.1;
      proxy_set_header Connection '';
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
    }
  }`,
      ),
    parameters: (file) => ['-e', 'stderr', '-c', file],
  },
];

/** What people would put in front of their Services instead, where it is installed. */
export const DEBIAN_FORWARDERS: readonly Forwarder[] = PROGRAMS.map((program) => {
  const { name, role, versionOption, configuration, parameters } = program;
  const file = installed(name);
  return {
    name,
    role,
    ...(file === undefined
      ? { absent: `not installed: apt-get install ${name}` }
      : { version: programVersion(file, versionOption) }),
    start: async (to) => {
      const [port, securePort] = [await freePort(), await freePort()];
      const settings = `${to.folder}/${name}.conf`;
      writeFileSync(settings, configuration(to, { port, securePort }));
      // Caddy keeps its last configuration, and says where it read it.
      const options = {
        env: { XDG_CONFIG_HOME: to.folder, XDG_DATA_HOME: to.folder },
        isSilent: true,
      };
      const running = run('measured', file ?? name, parameters(settings), options);
      return { ...running, port, securePort };
    },
  };
});
