import type { Socket } from 'node:net';

import { decodeProxyHeader, type DecodedHeader } from './decode.ts';

/** The header, and what came after it with the same bytes. */
export interface ReceivedHeader extends DecodedHeader {
  readonly rest: Uint8Array;
}

/** Why there is none. */
export type HeaderFault = 'InvalidProxyHeader' | 'ProxyHeaderTimeout';

/**
 * Reads a PROXY protocol header off a connection, and pauses it then.
 *
 * @returns `InvalidProxyHeader` also where the connection ends before the header does.
 */
export function receiveProxyHeader(
  socket: Socket,
  timeout: number,
): Promise<ReceivedHeader | HeaderFault> {
  return new Promise((resolve) => {
    let received: Uint8Array = new Uint8Array();
    const settle = (result: ReceivedHeader | HeaderFault): void => {
      clearTimeout(late);
      socket.off('data', take).off('end', breakOff).off('close', breakOff).pause();
      resolve(result);
    };
    const late = setTimeout(settle, timeout, 'ProxyHeaderTimeout');
    const breakOff = (): void => settle('InvalidProxyHeader');
    const take = (data: Uint8Array): void => {
      received = received.length === 0 ? data : Buffer.concat([received, data]);
      const decoded = decodeProxyHeader(received);
      if (decoded === 'malformed') breakOff();
      else if (decoded !== 'partial') {
        settle({ ...decoded, rest: received.subarray(decoded.length) });
      }
    };
    socket.on('data', take).once('end', breakOff).once('close', breakOff);
  });
}
