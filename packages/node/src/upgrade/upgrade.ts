import type { IncomingMessage } from 'node:http';
import type { LookupFunction, Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

import { InvalidResponseError, toResponse, type UpgradeResult } from '@portolan/proxy';

import { connecting } from '../endpoint-request/connecting.ts';
import { endpointRequest } from '../endpoint-request/endpoint-request.ts';
import { endpointError, endpointResponse } from '../endpoint-response/endpoint-response.ts';
import { expectFewInformational } from '../endpoint-response/few-informational.ts';
import { valuesOf } from '../field-lines/field-lines.ts';
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
export function upgrade(
  outgoing: Request,
  client: UpgradeClient,
  { lookup, connectTimeout, tls }: UpgradeOptions,
): Promise<UpgradeResult> {
  return new Promise((resolve, reject) => {
    const { signal, method } = outgoing;
    signal.throwIfAborted();
    const request = endpointRequest(outgoing, {
      agent: false,
      lookup,
      fields: outgoing.headers.has('connection') ? [] : ['connection', 'Upgrade'],
      allowHalfOpen: true,
      tls,
    });
    connecting(request, connectTimeout);
    expectFewInformational(request);
    const abort = (): void => {
      request.destroy(new Error('aborted', { cause: signal.reason }));
    };
    signal.addEventListener('abort', abort, { once: true });
    request.once('close', () => signal.removeEventListener('abort', abort));

    request.once('upgrade', (message, socket: Socket, head) => {
      signal.removeEventListener('abort', abort);
      const fault = handshakeFault(outgoing.headers, message.rawHeaders);
      if (fault !== undefined) {
        socket.destroy();
        reject(new InvalidResponseError(fault));
        return;
      }
      const from = client.take();
      from.write(headOf(message), 'latin1');
      if (head.length > 0) from.write(head);
      if (client.head.length > 0) socket.write(client.head);
      const closed = tie(from, socket);
      resolve({ upgraded: true, response: new Response(null), closed });
    });
    request.once('response', (message) => {
      try {
        resolve({ upgraded: false, response: toResponse(endpointResponse(message, method)) });
      } catch (error) {
        reject(error);
      }
    });
    request.on('error', (error) => reject(endpointError(error)));
    request.end();
  });
}

/** Status line and fields as they came. */
function headOf({ statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`));
  return `HTTP/1.1 101 ${statusMessage}\r\n${lines.join('')}\r\n`;
}
