import { once } from 'node:events';
import net from 'node:net';

/** A server that speaks bytes. */
export interface RawOrigin extends AsyncDisposable {
  readonly port: number;
  /** How many connections there were. */
  readonly connections: () => number;
  /** All that all of them sent, in Latin-1. */
  readonly heard: () => string;
}

/** Starts a server that does something with each connection, and again each time it has sent a header section. */
export async function startRawOrigin(
  onHead: (socket: net.Socket, head: string) => void,
): Promise<RawOrigin> {
  const sockets = new Set<net.Socket>();
  let connections = 0;
  let heard = '';
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let pending = '';
    socket.on('data', (data) => {
      const text = data.toString('latin1');
      heard += text;
      pending += text;
      const end = pending.indexOf('\r\n\r\n');
      if (end === -1) return;
      const head = pending.slice(0, end + 4);
      pending = pending.slice(end + 4);
      onHead(socket, head);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('not listening on TCP');
  return {
    port: address.port,
    connections: () => connections,
    heard: () => heard,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
