import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server, Socket } from 'node:net';

import { ClientConnection } from '../client-connection/client-connection.ts';
import { parseErrorRefusal } from '../message-fault/parse-error.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { isWebSocketUpgrade, upgrade, type UpgradeOptions } from '../upgrade/upgrade.ts';
import { exchange, type ExchangeOptions } from './exchange.ts';
import { announcesContent } from './receive.ts';

export interface TakeRequestsOptions extends ExchangeOptions {
  readonly upgrades: UpgradeOptions;
}

/** Answers what comes in over HTTP/1.1 or HTTP/1.0 at a server, and what comes in and is no request. */
export function takeRequests(server: Server, options: TakeRequestsOptions): void {
  const connections = new WeakMap<object, ClientConnection>();
  server.on(options.scheme === 'https' ? 'secureConnection' : 'connection', (socket: Socket) => {
    connections.set(socket, new ClientConnection(socket));
  });

  const answer = (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    expectsContinue: boolean,
  ): void => {
    const connection = connections.get(incoming.socket);
    connection?.inTurn(() =>
      exchange({ incoming, outgoing, connection, expectsContinue }, options),
    );
  };
  const refuse = ({ socket }: IncomingMessage, refusal: Refusal): void =>
    connections.get(socket)?.refuse(refusal);

  server.on('request', (incoming, outgoing) => answer(incoming, outgoing, false));
  server.on('checkContinue', (incoming, outgoing) => answer(incoming, outgoing, true));
  server.on('checkExpectation', (incoming) =>
    refuse(incoming, { status: 417, reason: 'ExpectationFailed' }),
  );
  server.on('clientError', (error, socket) => {
    const refusal = parseErrorRefusal(error, options.limits);
    const connection = connections.get(socket);
    if (refusal === undefined || connection === undefined) socket.destroy();
    else connection.break(refusal);
  });
  server.on('connect', (incoming) => {
    connections.get(incoming.socket)?.takeOver();
    refuse(incoming, { status: 501, reason: 'MethodNotSupported' });
  });
  server.on('upgrade', (incoming, _, head) => {
    const connection = connections.get(incoming.socket);
    connection?.takeOver();
    const isWebSocket = isWebSocketUpgrade(incoming);
    if (isWebSocket || !announcesContent(incoming)) {
      connection?.inTurn(() => exchangeUpgrade(incoming, head, connection, isWebSocket, options));
    } else {
      // Only before Node 22.21, which leaves no choice and doesn't read the content.
      refuse(incoming, { status: 501, reason: 'UpgradeNotSupported' });
    }
  });
}

/** Answers a request with which `node:http` has let go of the socket. */
function exchangeUpgrade(
  incoming: IncomingMessage,
  head: Buffer,
  connection: ClientConnection,
  isWebSocket: boolean,
  options: TakeRequestsOptions,
): Promise<void> {
  const outgoing = connection.respondTo(incoming);
  const take = (): Socket => connection.release(outgoing);
  return exchange(
    {
      incoming,
      outgoing,
      connection,
      ...(isWebSocket && { upgrade: (to) => upgrade(to, { head, take }, options.upgrades) }),
    },
    options,
  );
}
