import type { IncomingMessage } from 'node:http';
import type { LookupFunction, Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

import { InvalidResponseError, toResponse, type UpgradeResult } from '@portolan/proxy';

import { connect } from '../endpoint-connection/connect.ts';
import { endpointBase } from '../endpoint-connection/endpoint-base.ts';
import { requestHead } from '../endpoint-request/request-head.ts';
import { sendOn } from '../endpoint-request/send-on.ts';
import { valuesOf } from '../field-lines/field-lines.ts';
import type { ResponseHead } from '../response-parser/response-head.ts';
import { handshakeFault } from './handshake.ts';
import { tie } from './tie.ts';

export interface UpgradeOptions {
  readonly lookup: LookupFunction;
  readonly connectTimeout: number;
  readonly tls: ConnectionOptions | undefined;
}

/** A client that wants another protocol. */
export interface UpgradeClient {
  /** What the client sent after its request. */
  readonly head: Buffer;
  /** Gives the connection away, when there is somebody to tie it to. */
  readonly take: () => Socket;
}

/**
 * Whether a request asks to open a WebSocket: RFC 6455 section 4.1. Any other upgrade is ignored, as RFC 9110 section 7.8
 * allows; so is any in HTTP/1.0, and one that Connection does not name.
 */
export function isWebSocketUpgrade(request: IncomingMessage): boolean {
  const { httpVersion, method, rawHeaders } = request;
  const [protocol, ...others] = valuesOf(rawHeaders, 'upgrade');
  const options = valuesOf(rawHeaders, 'connection').join(',').toLowerCase().split(',');
  return (
    httpVersion === '1.1' &&
    method === 'GET' &&
    protocol?.toLowerCase() === 'websocket' &&
    others.length === 0 &&
    options.some((option) => option.trim() === 'upgrade') &&
    valuesOf(rawHeaders, 'transfer-encoding').length === 0 &&
    valuesOf(rawHeaders, 'content-length').every((length) => /^0+$/.test(length))
  );
}

/**
 * Asks the endpoint to open a WebSocket. If it does, its answer is written to the client and both connections are tied to each
 * other; otherwise its answer is what to return to the client.
 *
 * @throws where there is no connection to the endpoint, or it answers with anything but HTTP, or with a 101 that opens no WebSocket
 *   (RFC 6455 section 4.2.2).
 */
export async function upgrade(
  outgoing: Request,
  client: UpgradeClient,
  { lookup, connectTimeout, tls }: UpgradeOptions,
): Promise<UpgradeResult> {
  const { signal } = outgoing;
  signal.throwIfAborted();
  const to = endpointBase(new URL(outgoing.url).origin);
  const fields = outgoing.headers.has('connection') ? [] : ['connection', 'Upgrade'];
  const head = requestHead(outgoing, to, fields);
  const options = { lookup, timeout: connectTimeout, tls, allowHalfOpen: true };
  const connection = await connect(to, options, signal);
  return new Promise((resolve, reject) => {
    const onSwitch = (switched: ResponseHead, rest: Buffer): void => {
      const { socket } = connection;
      const fault = handshakeFault(outgoing.headers, switched.fields);
      if (fault !== undefined) {
        socket.destroy();
        reject(new InvalidResponseError(fault));
        return;
      }
      const from = client.take();
      from.write(headOf(switched), 'latin1');
      if (rest.length > 0) from.write(rest);
      if (client.head.length > 0) socket.write(client.head);
      const closed = tie(from, socket);
      resolve({ upgraded: true, response: new Response(null), closed });
    };
    sendOn(connection, outgoing, head, { onSwitch }).then(
      (response) => resolve({ upgraded: false, response: toResponse(response) }),
      reject,
    );
  });
}

/** Status line and fields as they came. */
function headOf({ statusText, fields }: ResponseHead): string {
  const lines = fields.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`));
  return `HTTP/1.1 101 ${statusText}\r\n${lines.join('')}\r\n`;
}
