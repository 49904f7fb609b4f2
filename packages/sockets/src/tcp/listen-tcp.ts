import { once } from 'node:events';
import net from 'node:net';

import { Connection } from '../connection/connection.ts';
import type { Listener } from '../listeners/listener.ts';
import type { ListenAt } from '../listeners/listeners.ts';
import type { Relaying } from '../relaying/relaying.ts';

/** Connections that may wait to be accepted; the system may allow fewer. */
const BACKLOG = 4096;

/** @throws the system's error where it can't be listened there. */
export async function listenTCP(at: ListenAt, relaying: Relaying): Promise<Listener> {
  const connections = new Set<Connection>();
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    const connection = new Connection(client, at, relaying);
    connections.add(connection);
    void connection.ended.then(() => connections.delete(connection));
  });
  // Also later on, such as that there is no descriptor left for one client: the next may be luckier.
  server.on('error', () => undefined);
  server.listen({ host: at.address, port: at.port, backlog: BACKLOG });
  await once(server, 'listening');
  return {
    at,
    clients: () => connections.size,
    close: () => {
      // What it would tell is when all connections have ended.
      server.close();
      return Promise.resolve();
    },
    breakOff: (reason) => {
      for (const connection of connections) connection.breakOff(reason);
    },
    left: async () => {
      await Promise.all(Array.from(connections, ({ ended }) => ended));
    },
  };
}
