import type { Socket } from 'node:net';

import { reset } from '../reset/reset.ts';

/** Who is told what comes through. */
export interface RelayEvents {
  /** So many bytes from the client. */
  readonly onIn: (bytes: number) => void;
  /** So many bytes from the endpoint. */
  readonly onOut: (bytes: number) => void;
  /** One of them broke; the other one is broken off as well. */
  readonly onBroken: (who: 'client' | 'endpoint') => void;
}

/**
 * Makes what comes out of each connection go into the other, no faster than it is taken: no more than what one read gives waits
 * behind the high-water mark. An end is passed on as an end, so that the other direction may go on; a connection that breaks
 * takes the other with it.
 *
 * @param first What the client has sent and was read already.
 * @returns when both are closed.
 */
export async function relay(
  client: Socket,
  endpoint: Socket,
  first: Uint8Array | undefined,
  { onIn, onOut, onBroken }: RelayEvents,
): Promise<void> {
  const both = Promise.all([
    closing(client, endpoint, () => onBroken('client')),
    closing(endpoint, client, () => onBroken('endpoint')),
  ]);
  if (first !== undefined && first.length > 0) {
    onIn(first.length);
    endpoint.write(first);
  }
  pour(client, endpoint, onIn);
  pour(endpoint, client, onOut);
  // Of a side that has sent nothing, the end is told before it is tied.
  if (client.readableEnded) endpoint.end();
  if (endpoint.readableEnded) client.end();
  await both;
}

function pour(from: Socket, to: Socket, onBytes: (bytes: number) => void): void {
  from.on('data', (data) => {
    onBytes(data.length);
    if (!to.write(data)) from.pause();
  });
  to.on('drain', () => from.resume());
  from.once('end', () => to.end());
  from.resume();
}

function closing(socket: Socket, other: Socket, onBroken: () => void): Promise<void> {
  return new Promise((resolve) => {
    const closed = (): void => {
      // What came before an end still gets there.
      if (!socket.readableEnded || !socket.writableFinished) {
        onBroken();
        reset(other);
      }
      resolve();
    };
    // An error is followed by `close`.
    socket.on('error', () => undefined);
    if (socket.closed) closed();
    else socket.once('close', closed);
  });
}
