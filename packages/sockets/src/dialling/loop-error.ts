import { authority } from '@portolan/core';

import type { SocketAddress } from '../address/socket-address.ts';

/** An endpoint is a place at which we listen ourselves: what is sent there would come back, again and again. */
export class LoopError extends Error {
  constructor({ address, port }: SocketAddress) {
    super(`${authority(address, port)} is where this host listens itself`);
    this.name = 'LoopError';
  }
}
