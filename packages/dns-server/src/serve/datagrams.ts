import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

import { respond, type RespondOptions } from '../respond/respond.ts';

/**
 * Answers queries over UDP.
 *
 * @throws {Error} where nothing can be bound there: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`.
 */
export async function serveDatagrams(
  hostname: string,
  port: number,
  options: RespondOptions,
): Promise<Socket> {
  const socket = createSocket(hostname.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (message, from) => {
    // Nobody sends from port 0 who could be answered.
    if (from.port === 0) return;
    const response = respond(message, 'datagram', options);
    // A datagram that can't be sent is lost like any other.
    if (response) socket.send(response.message, from.port, from.address, () => undefined);
  });
  const bound = once(socket, 'listening');
  socket.bind({ address: hostname, port });
  try {
    await bound;
  } catch (error) {
    socket.close();
    throw error;
  }
  // What the system says of a datagram that came to nothing is of no concern to others.
  socket.on('error', () => undefined);
  return socket;
}
