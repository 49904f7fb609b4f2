import { once } from 'node:events';

import type { RespondOptions } from '../respond/respond.ts';
import { serveDatagrams } from './datagrams.ts';
import { serveStreams } from './streams.ts';

export interface DNSServerOptions extends RespondOptions {
  /** An IP literal of this machine; 127.0.0.1 by default. */
  readonly hostname?: string;
  /** 0, the default, is a number that is free for both UDP and TCP. */
  readonly port?: number;
  /** Milliseconds that a TCP connection may be open without a whole query; 10 000 by default. */
  readonly idleTimeout?: number;
  /** TCP connections at once; those beyond are closed. 1000 by default. */
  readonly maxConnections?: number;
}

/** A DNS server that answers. */
export interface DNSServer {
  readonly hostname: string;
  readonly port: number;
  /** Stops answering, closes the connections and frees the port. */
  readonly close: () => Promise<void>;
}

/**
 * Answers queries about the names of the cluster, over UDP and TCP on one port.
 *
 * @throws {Error} with the `code` of the system where it can't listen there: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL` (`EINVAL` on
 *   Deno).
 */
export async function serveDNS(options: DNSServerOptions): Promise<DNSServer> {
  const { port = 0 } = options;
  for (let tries = port === 0 ? TRIES : 1; ; tries -= 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- another number is tried only where the last one was taken
      return await serveAt(port, options);
    } catch (error) {
      if (tries === 1 || !isTaken(error)) throw error;
    }
  }
}

/** How many numbers that are free for TCP are tried for UDP. */
const TRIES = 20;

async function serveAt(port: number, options: DNSServerOptions): Promise<DNSServer> {
  const { hostname = '127.0.0.1', idleTimeout = 10_000, maxConnections = 1000 } = options;
  const { server, connections } = await serveStreams(hostname, port, {
    ...options,
    idleTimeout,
    maxConnections,
  });
  const closeStreams = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    for (const connection of connections) connection.destroy();
    await closed;
  };
  const address = server.address();
  const number = typeof address === 'object' && address !== null ? address.port : port;
  try {
    const datagrams = await serveDatagrams(hostname, number, options);
    return {
      hostname,
      port: number,
      close: async () => {
        const closed = once(datagrams, 'close');
        datagrams.close();
        await Promise.all([closed, closeStreams()]);
      },
    };
  } catch (error) {
    await closeStreams();
    throw error;
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
