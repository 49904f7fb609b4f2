import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import type { Socket } from 'node:net';
import process from 'node:process';

import type { Handler } from '@portolan/proxy';

import { CONNECT_TIMEOUT } from '../endpoint-connection/connect.ts';
import { guardedLookup } from '../guarded-lookup/guarded-lookup.ts';
import { sessionOptions, takeStreams } from '../http2/take-streams.ts';
import type { MessageLimits } from '../message-fault/message-fault.ts';
import { byName } from '../tls/by-name.ts';
import { isWebSocketUpgrade } from '../upgrade/upgrade.ts';
import type { HTTPServer, ServeOptions } from './serve-options.ts';
import { takeRequests } from './take-requests.ts';

const KiB = 1024;

/**
 * Serves HTTP/1.1 and HTTP/1.0, and with TLS HTTP/2. Requests that two servers might not read alike never reach the handler; the
 * README lists what is refused, and how.
 *
 * @throws where it can't listen.
 */
export async function serve(handler: Handler, options: ServeOptions = {}): Promise<HTTPServer> {
  const { endpoints = {}, drain = 10_000, keepAliveTimeout = 5000, onError = warn } = options;
  const limits = {
    maxHeaderSize: options.maxHeaderSize ?? 16 * KiB,
    maxHeaderFields: options.maxHeaderFields ?? 100,
    maxURLLength: options.maxURLLength ?? 8 * KiB,
  };
  const isSecure = options.tls !== undefined || options.certificates !== undefined;
  const server = isSecure
    ? createSecureServer({ ...options, keepAliveTimeout, onError }, limits)
    : createServer({ ...options, keepAliveTimeout }, limits);
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  let closing: Promise<void> | undefined;
  takeRequests(server, {
    handler,
    limits,
    scheme: isSecure ? 'https' : 'http',
    onError,
    isClosing: () => closing !== undefined,
    upgrades: {
      lookup: guardedLookup(endpoints).lookup,
      connectTimeout: endpoints.connectTimeout ?? CONNECT_TIMEOUT,
      tls: endpoints.tls,
    },
  });
  if (!(server instanceof http.Server)) {
    takeStreams(server, { handler, limits, onError, keepAliveTimeout });
  }

  server.listen(options.port ?? 0, options.hostname);
  await once(server, 'listening');
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new TypeError('no TCP port');
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    const timer = setTimeout(() => {
      for (const socket of connections) socket.destroy();
    }, drain);
    await closed;
    clearTimeout(timer);
  };
  return {
    hostname: listening.address,
    port: listening.port,
    reload: () => undefined,
    close: () => (closing ??= close()),
  };
}

function createServer(options: ServeOptions, limits: MessageLimits): http.Server {
  const server = http.createServer({
    ...http1Options(options, limits),
    shouldUpgradeCallback: isWebSocketUpgrade,
  });
  // Otherwise fields beyond 2000 would be dropped instead of counted.
  server.maxHeadersCount = 0;
  return server;
}

function createSecureServer(
  options: ServeOptions & { readonly onError: (error: unknown) => void },
  limits: MessageLimits,
): http2.Http2SecureServer {
  const { certificates, onError } = options;
  const tls = { minVersion: 'TLSv1.2', ...options.tls } as const;
  const names = certificates && byName({ tls, certificates, onError });
  const server = http2.createSecureServer({
    handshakeTimeout: options.headersTimeout ?? 10_000,
    ...tls,
    ...(names && { SNICallback: names.SNICallback }),
    ...http1Options(options, limits),
    ...sessionOptions(limits),
    allowHTTP1: true,
  });
  names?.attach(server);
  return Object.assign(server, { maxHeadersCount: 0, shouldUpgradeCallback: isWebSocketUpgrade });
}

function http1Options(
  { headersTimeout = 10_000, keepAliveTimeout }: ServeOptions,
  { maxHeaderSize, maxURLLength }: MessageLimits,
): http.ServerOptions {
  return {
    // Node means the request target as well.
    maxHeaderSize: maxHeaderSize + maxURLLength,
    headersTimeout,
    keepAliveTimeout,
    connectionsCheckingInterval: Math.ceil(headersTimeout / 10),
    requestTimeout: 0,
    // An answer's last part does not wait until the client has confirmed those before it. Not every server's default.
    noDelay: true,
    // Finds out about clients that vanished.
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
    // Refused in our own words.
    requireHostHeader: false,
  };
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
