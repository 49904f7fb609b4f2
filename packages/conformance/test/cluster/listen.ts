import { once } from 'node:events';
import type { Server } from 'node:http';

/** A server that listens at 127.0.0.1. */
export interface Listening {
  readonly port: number;
  /** Also ends the connections that are open. */
  readonly close: () => void;
}

/** Starts a server at a free port. */
export async function listen(server: Server): Promise<Listening> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { port: address.port, close };
}
