import net from 'node:net';

import type { SocketAddress } from '../address/socket-address.ts';

/**
 * Connects. Nothing is read before somebody listens.
 *
 * @param signal Gives up.
 * @throws the system's error, or why it was given up.
 */
export function connect(
  { address, port }: SocketAddress,
  signal: AbortSignal,
): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = net.connect({ host: address, port, allowHalfOpen: true });
    const abort = (): void => fail(signal.reason);
    const fail = (error: unknown): void => {
      signal.removeEventListener('abort', abort);
      socket.destroy();
      reject(error);
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.on('error', fail);
    socket.once('connect', () => {
      signal.removeEventListener('abort', abort);
      resolve(socket);
    });
  });
}
