import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** How far a request has got on its way to the endpoint. */
export interface Connecting {
  /** Resolves when there is a connection, from when on the request may be read by the endpoint; never rejects. */
  readonly connected: Promise<void>;
  /** Whether the request may have been read, at least in part. */
  readonly mayHaveBeenSent: () => boolean;
}

/**
 * Watches a request until there is a connection for it, a new one or one that was kept.
 *
 * @param timeout Milliseconds after which the request is given up; TLS included.
 */
export function connecting(request: ClientRequest, timeout: number): Connecting {
  let sent = false;
  const connected = new Promise<void>((resolve) => {
    const arrive = (): void => {
      sent = true;
      resolve();
    };
    request.on('socket', (socket: Socket) => {
      if (request.reusedSocket) {
        arrive();
        return;
      }
      // The name has not been looked up yet.
      const timer = setTimeout(
        () => request.destroy(new Error(`no connection within ${timeout} ms`)),
        timeout,
      );
      request.once('close', () => clearTimeout(timer));
      socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
        clearTimeout(timer);
        arrive();
      });
    });
  });
  return { connected, mayHaveBeenSent: () => sent };
}
