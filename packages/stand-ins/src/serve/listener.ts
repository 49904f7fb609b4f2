import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** What every answer says of the Pod that gave it. */
export interface Identity {
  readonly pod: string;
  readonly namespace: string;
  readonly node: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The Pod's IP and port as planned, wherever the socket had to be opened. */
  readonly address: string;
  readonly port: number;
}

/** One open socket. */
export interface Listener {
  readonly address: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Where the loopback addresses other than this one don't exist (macOS), every stand-in is found here. */
const ANY_SYSTEM = '127.0.0.1';

/**
 * Listens at `address:port`, or else at a free port of `address`, or else at a free port of 127.0.0.1.
 *
 * `identity` is asked for at each request, so that it may change while the socket stays open.
 *
 * @throws the system's error where none of the three can be had.
 */
export async function openListener(
  address: string,
  port: number,
  identity: () => Identity,
): Promise<Listener> {
  const server = createServer((request, response) => answer(request, response, identity()));
  // A server that closes idle connections races with the client that is about to use one.
  server.keepAliveTimeout = 0;
  await listen(server, address, port)
    .catch(() => listen(server, address, 0))
    .catch(() => listen(server, ANY_SYSTEM, 0));
  const bound = server.address();
  if (bound === null || typeof bound === 'string')
    throw new Error('not listening at an IP address');
  return {
    address: bound.address,
    port: bound.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function answer(request: IncomingMessage, response: ServerResponse, identity: Identity): void {
  let bodySize = 0;
  request.on('data', (chunk: Uint8Array) => {
    bodySize += chunk.length;
  });
  request.on('end', () => {
    const { method, url: path, headers } = request;
    const body = Buffer.from(JSON.stringify({ ...identity, method, path, headers, bodySize }));
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': body.length,
    });
    response.end(method === 'HEAD' ? undefined : body);
  });
}
