import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import process from 'node:process';

import type { Handler } from '@portolan/proxy';

import { CONNECT_TIMEOUT } from '../endpoint-request/endpoint-request.ts';
import { guardedLookup } from '../guarded-lookup/guarded-lookup.ts';
import { isWebSocketUpgrade } from '../upgrade/upgrade.ts';
import type { HTTPServer, ServeOptions } from './serve-options.ts';
import { takeRequests } from './take-requests.ts';

const KiB = 1024;

/**
 * Serves HTTP/1.1 and HTTP/1.0. Requests that two servers might not read alike never reach the handler; the README lists what
 * is refused, and how.
 *
 * @throws where it can't listen.
 */
export async function serve(handler: Handler, options: ServeOptions = {}): Promise<HTTPServer> {
  const { endpoints = {}, drain = 10_000 } = options;
  const limits = {
    maxHeaderSize: options.maxHeaderSize ?? 16 * KiB,
    maxHeaderFields: options.maxHeaderFields ?? 100,
    maxURLLength: options.maxURLLength ?? 8 * KiB,
  };
  const server = createServer(options, limits.maxHeaderSize + limits.maxURLLength);
  const webSockets = new Set<Socket>();
  let closing: Promise<void> | undefined;
  takeRequests(server, {
    handler,
    limits,
    scheme: options.tls === undefined ? 'http' : 'https',
    onError: options.onError ?? warn,
    isClosing: () => closing !== undefined,
    upgrades: {
      lookup: guardedLookup(endpoints).lookup,
      connectTimeout: endpoints.connectTimeout ?? CONNECT_TIMEOUT,
      tls: endpoints.tls,
    },
    onWebSocket: (socket) => {
      webSockets.add(socket);
      socket.once('close', () => webSockets.delete(socket));
    },
  });

  server.listen(options.port ?? 0, options.hostname);
  await once(server, 'listening');
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new TypeError('no TCP port');
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    const timer = setTimeout(() => {
      server.closeAllConnections();
      for (const socket of webSockets) socket.destroy();
    }, drain);
    await closed;
    clearTimeout(timer);
  };
  const { address, port } = listening;
  return { address, port, close: () => (closing ??= close()) };
}

/** @param maxHeaderSize Bytes of header fields and request target together. */
function createServer(
  { tls, headersTimeout = 10_000, keepAliveTimeout = 5000 }: ServeOptions,
  maxHeaderSize: number,
): http.Server {
  const options: http.ServerOptions = {
    maxHeaderSize,
    headersTimeout,
    keepAliveTimeout,
    connectionsCheckingInterval: Math.ceil(headersTimeout / 10),
    requestTimeout: 0,
    // Finds out about clients that vanished.
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
    // Refused in our own words.
    requireHostHeader: false,
    shouldUpgradeCallback: isWebSocketUpgrade,
  };
  const server =
    tls === undefined
      ? http.createServer(options)
      : https.createServer({ handshakeTimeout: headersTimeout, ...tls, ...options });
  // Otherwise fields beyond 2000 would be dropped instead of counted.
  server.maxHeadersCount = 0;
  return server;
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
