import {
  Bridges,
  type Bridge,
  type Connect,
  type Handler,
  type TLSCertificate,
} from '@portolan/proxy';

import { refusal } from '../refusal/refusal.ts';
import type {
  BunRuntime,
  BunServer,
  BunWebSocket,
  ServeInit,
  WebSocketHandler,
} from '../runtime/runtime.ts';
import { TLSEntrance } from '../tls-entrance/tls-entrance.ts';

declare const Bun: BunRuntime;
declare const WebSocket: BunWebSocket;

export interface ServeOptions {
  /** 0: any free one. Bun's default is 3000. */
  readonly port?: number;
  /** The address to listen at. Bun's default is `0.0.0.0`. */
  readonly hostname?: string;
  /**
   * The certificates to choose from by the name that a client asks for; then HTTPS is spoken. Asked at each handshake. A client
   * that asks for a name that nobody has is refused; the server name `*` stands for whatever is left.
   */
  readonly certificates?: () => readonly TLSCertificate[];
  /** Bytes that may wait for one side of a WebSocket before it is closed with 1013; 16 MiB by default. */
  readonly maxBuffered?: number;
  /** Milliseconds that `close` leaves to requests under way and to WebSockets, 10 000 by default. */
  readonly drain?: number;
  /** Is told once of each certificate that can't be used, which is then as if it were not there; by default a warning on stderr. */
  readonly onError?: (error: Error) => void;
}

/** A server that listens. */
export interface Serving {
  readonly port: number;
  readonly hostname: string;
  /** Lets go of certificates that are not there any more. New ones are seen without it. */
  readonly reload: () => void;
  /**
   * Listens no more, closes WebSockets with 1001 (Going Away), lets requests under way finish for as long as `drain` says, then
   * ends what is left.
   */
  readonly close: () => Promise<void>;
}

/** The Close frame has no code: RFC 6455 section 7.4.1. Bun's `close` without one says 1000. */
const NO_STATUS = 1005;

const websocket: WebSocketHandler = {
  // As large as Deno takes them.
  maxPayloadLength: 64 * 1024 * 1024,
  // The bridge sees to it.
  backpressureLimit: 0,
  open: (socket) =>
    socket.data.open('client', {
      buffered: () => socket.getBufferedAmount(),
      send: (message) => void socket.send(message),
      close: (code = NO_STATUS, reason) => socket.close(code, reason),
      pause: () => socket.pause(),
      resume: () => socket.resume(),
      terminate: () => socket.terminate(),
    }),
  message: (socket, message) => socket.data.receive('client', message),
  close: (socket, code, reason) => socket.data.end('client', code, reason),
};

const connect: Connect = (url, { headers, protocols }) =>
  // What is compressed here would only be unpacked again at once.
  new WebSocket(url, { headers, protocols, perMessageDeflate: false });

/**
 * Serves a handler on Bun.
 *
 * @throws where the address can't be listened at.
 */
export async function serve(handler: Handler, options: ServeOptions = {}): Promise<Serving> {
  const { certificates, maxBuffered, drain = 10_000, onError = warn, ...address } = options;
  const bridges = new Bridges(maxBuffered);

  const answer = async (request: Request, runtime: BunServer): Promise<Response | undefined> => {
    const from = runtime.requestIP(request);
    const remoteAddress =
      from !== null && server instanceof TLSEntrance
        ? server.clientOf(runtime, from)
        : from?.address;
    if (remoteAddress === undefined) return new Response(null, { status: 403 });
    const refused = refusal(request);
    if (refused !== undefined) return refused;
    let isAccepted = false;

    const accept = (protocol: string, bridge: Bridge): Response | undefined => {
      // Empty: Bun would choose one itself.
      const headers = { 'sec-websocket-protocol': protocol };
      isAccepted = runtime.upgrade(request, { headers, data: bridge });
      return isAccepted ? new Response(null, { status: 101 }) : undefined;
    };

    const response = await handler(request, {
      remoteAddress,
      upgrade: (outgoing) => bridges.pass(outgoing, request.signal, { connect, accept }),
    });
    return isAccepted ? undefined : response;
  };

  const listen = (init: Pick<ServeInit, 'hostname' | 'port' | 'tls'>): BunServer =>
    Bun.serve({
      ...init,
      // Of requests that are being answered: they may be long polls. Bun itself waits for header fields no longer than 12 s.
      idleTimeout: 0,
      development: false,
      fetch: answer,
      websocket,
    });
  const { hostname = '0.0.0.0', port = 3000 } = address;
  const server =
    certificates === undefined
      ? listen(address)
      : new TLSEntrance({
          hostname,
          port,
          certificates,
          start: ({ cert, key }) => listen({ hostname: '127.0.0.1', port: 0, tls: { cert, key } }),
          onError,
        });
  const close = async (): Promise<void> => {
    bridges.close();
    const late = setTimeout(() => {
      if (server instanceof TLSEntrance) server.destroy();
      else void server.stop(true);
    }, drain);
    await server.stop();
    clearTimeout(late);
  };
  let closing: Promise<void> | undefined;
  return {
    port: server.port,
    hostname: server.hostname,
    reload: () => {
      if (server instanceof TLSEntrance) server.reload();
    },
    close: () => (closing ??= close()),
  };
}

function warn(error: Error): void {
  // oxlint-disable-next-line no-console -- what this runtime has for warnings
  console.warn(error.message);
}
