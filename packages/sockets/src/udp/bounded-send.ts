import type { Socket } from 'node:dgram';

/** Bytes that may wait for the system to take them; a datagram counts for at least so many. */
const MOST_WAITING = 4 * 1024 * 1024;
const LEAST_COST = 512;

/** Where a datagram is to go; absent where the socket is connected. */
interface Recipient {
  readonly address: string;
  readonly port: number;
}

export type Send = (data: Uint8Array, onError: (error: Error) => void, to?: Recipient) => void;

/** Sends datagrams as fast as the system takes them. What comes faster for long is lost, as datagrams are. */
export function boundedSend(socket: Socket): Send {
  let waiting = 0;
  return (data, onError, to) => {
    const cost = Math.max(data.length, LEAST_COST);
    if (waiting + cost > MOST_WAITING) return;
    waiting += cost;
    const sent = (error: Error | null): void => {
      waiting -= cost;
      if (error !== null) onError(error);
    };
    if (to === undefined) socket.send(data, sent);
    else socket.send(data, to.port, to.address, sent);
  };
}
