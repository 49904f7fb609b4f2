import type { Socket } from 'node:net';

import type { Endpoint } from '@portolan/core';
import { servicePort, type ConnectDecision } from '@portolan/engine';
import type { Attempt } from '@portolan/proxy';

import type { Relaying } from '../relaying/relaying.ts';
import { connect } from './connect.ts';
import { endpointAddress } from './endpoint-address.ts';
import { LoopError } from './loop-error.ts';
import { isOwnFault } from './own-fault.ts';

/** A connection to an endpoint. */
export interface Reached {
  readonly socket: Socket;
  readonly endpoint: Endpoint;
  /** Is to be told when the connection has ended. */
  readonly underWay: Attempt;
}

/**
 * Connects to the endpoint of a decision. Where that fails another one is tried, since nothing was sent yet, as often as the
 * setting `retries` says.
 *
 * @returns `undefined` where none was reached, or the client left meanwhile.
 */
export async function reach(
  client: Socket,
  decision: ConnectDecision,
  relaying: Relaying,
): Promise<Reached | undefined> {
  const { settings, endpoints } = decision;
  const port = servicePort(decision.service);
  const tried = new Set<Endpoint>();
  let endpoint: Endpoint | undefined = decision.endpoint;
  while (endpoint !== undefined && tried.size <= settings.retries && !client.destroyed) {
    tried.add(endpoint);
    const underWay = relaying.states.begin(port, endpoint, settings, endpoints);
    try {
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      const socket = await connectTo(endpoint, client, relaying);
      underWay.answered(200);
      return { socket, endpoint, underWay };
    } catch (error) {
      if (!client.destroyed && !isOwnFault(error)) underWay.failed();
      underWay.ended();
    }
    endpoint = relaying.another(decision, tried);
  }
  return undefined;
}

async function connectTo(
  endpoint: Endpoint,
  client: Socket,
  { overrides, connectTimeout, isOwn }: Relaying,
): Promise<Socket> {
  const givingUp = new AbortController();
  const giveUp = (): void => givingUp.abort();
  const late = setTimeout(giveUp, connectTimeout);
  client.once('close', giveUp);
  try {
    const { signal } = givingUp;
    const address = await Promise.race([
      endpointAddress(endpoint, overrides()),
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
    ]);
    if (isOwn('TCP', address)) throw new LoopError(address);
    return await connect(address, signal);
  } finally {
    clearTimeout(late);
    client.off('close', giveUp);
  }
}
