import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createNetServer } from 'node:net';

import {
  currentRuntime,
  startHost,
  type FrontendKind,
  type Host,
  type HostOptions,
} from '../src/index.ts';

/** Hosts and Pods of a test file, which end with each test. */
export interface Starting {
  /** Starts a host, with everything that it warned of. */
  readonly host: (
    options: Partial<HostOptions>,
  ) => Promise<{ readonly host: Host; readonly warnings: readonly string[] }>;
  /** Listens at an address, port 8080, and answers with its name and the Host that it was asked for. */
  readonly pod: (name: string, address: string) => Promise<void>;
  /** Takes a TCP port. */
  readonly occupy: (address: string, port: number) => Promise<() => Promise<void>>;
  readonly end: () => Promise<void>;
}

export const TOKEN = 'a-token-of-the-tests';

export function starting(): Starting {
  const ends: (() => Promise<unknown>)[] = [];
  return {
    host: async (options) => {
      const warnings: string[] = [];
      const host = await startHost({
        runtime: await currentRuntime(),
        tokens: [{ name: 'admin', role: 'admin', token: TOKEN }],
        holdoff: { quiet: 1, maximum: 5 },
        drain: 1000,
        warn: (message) => warnings.push(message),
        ...options,
      });
      ends.push(host.close);
      return { host, warnings };
    },
    pod: async (name, address) => {
      const server = createServer(({ headers }, response) => {
        response.end(`${name} ${headers.host}`);
      });
      server.listen(8080, address);
      await once(server, 'listening');
      ends.push(async () => {
        server.close();
        server.closeAllConnections();
      });
    },
    occupy: async (address, port) => {
      const server = createNetServer().listen(port, address);
      await once(server, 'listening');
      const free = async (): Promise<void> => {
        server.close();
      };
      ends.push(free);
      return free;
    },
    end: async () => {
      await Promise.all(ends.splice(0).map((end) => end()));
    },
  };
}

/** Where a host listens for something. */
export function portOf(host: Host, kind: FrontendKind): number {
  const found = host.frontends().find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`nothing listens for ${kind}`);
  return found.port;
}

/** `node-port TCP 127.0.0.1:30080`, sorted. */
export function listening(host: Pick<Host, 'frontends'>): readonly string[] {
  return host
    .frontends()
    .map(({ kind, protocol, hostname, port }) => `${kind} ${protocol} ${hostname}:${port}`)
    .toSorted();
}

/** Waits until something holds. */
export async function eventually(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) {
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}
