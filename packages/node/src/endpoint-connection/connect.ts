import net, { isIP, type LookupFunction, type Socket } from 'node:net';
import tls, { type ConnectionOptions } from 'node:tls';

import type { AbortSource } from '@portolan/proxy';

import type { NameOptions } from '../guarded-lookup/guarded-lookup.ts';
import { abortError } from './abort-error.ts';
import type { EndpointBase } from './endpoint-base.ts';
import { EndpointConnection } from './endpoint-connection.ts';

/** How endpoints are connected to. */
export interface EndpointOptions extends NameOptions {
  /** Milliseconds that connecting may take, name resolution and TLS included; 10 000 by default. */
  readonly connectTimeout?: number;
  /** For endpoints that speak TLS: `ca`, `cert`, `key`, `servername`, `rejectUnauthorized` and the like. */
  readonly tls?: ConnectionOptions;
}

export const CONNECT_TIMEOUT = 10_000;

export interface ConnectOptions {
  readonly lookup: LookupFunction;
  /** Milliseconds after which it is given up; TLS included. */
  readonly timeout: number;
  readonly tls?: ConnectionOptions | undefined;
  /** Of an earlier connection to the same endpoint. */
  readonly session?: Buffer | undefined;
  /** The connection may stay open in one direction. */
  readonly allowHalfOpen?: boolean;
}

/** Milliseconds of silence after which the endpoint is asked whether it is still there. */
const KEEP_ALIVE = 30_000;

/**
 * Opens a connection. TLS is verified against the host of the base, as with `fetch`.
 *
 * @throws where none comes about in time, or it is given up. Not a byte of a request has been sent then.
 */
export function connect(
  at: EndpointBase,
  options: ConnectOptions,
  signal: AbortSource,
): Promise<EndpointConnection> {
  return new Promise((resolve, reject) => {
    const socket = open(at, options);
    const give = (error: Error): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.destroy();
      reject(error);
    };
    const abort = (): void => give(abortError(signal));
    const fail = (): void => give(new Error('the endpoint closed the connection'));
    const timer = setTimeout(
      () => give(new Error(`no connection within ${options.timeout} ms`)),
      options.timeout,
    );
    signal.addEventListener('abort', abort);
    socket.on('error', give);
    socket.on('close', fail);
    socket.once(at.isSecure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.off('error', give);
      socket.off('close', fail);
      // Now, not when the promise is heard of: an error that nobody listens to ends the process.
      resolve(new EndpointConnection(socket));
    });
  });
}

function open(at: EndpointBase, options: ConnectOptions): Socket {
  const { hostname: host, port } = at;
  const { lookup, session, allowHalfOpen = false } = options;
  const how = {
    host,
    port,
    lookup,
    allowHalfOpen,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE,
  };
  if (!at.isSecure) return net.connect(how);
  return tls.connect({
    servername: isIP(host) === 0 ? host : '',
    ALPNProtocols: ['http/1.1'],
    ...options.tls,
    ...(session !== undefined && { session }),
    ...how,
  });
}
