import { Bridges, type Bridge, type Connect, type Handler } from '@portolan/proxy';

import { refusal } from '../refusal/refusal.ts';
import type { BunRuntime, BunServer, BunWebSocket, WebSocketHandler } from '../runtime/runtime.ts';

declare const Bun: BunRuntime;
declare const WebSocket: BunWebSocket;

export interface ServeOptions {
  /** 0: any free one. Bun's default is 3000. */
  readonly port?: number;
  /** The address to listen at. Bun's default is `0.0.0.0`. */
  readonly hostname?: string;
  /** Certificate chain and private key for TLS, as PEM text. Both or none. */
  readonly cert?: string;
  readonly key?: string;
  /** Bytes that may wait for one side of a WebSocket before it is closed with 1013; 16 MiB by default. */
  readonly maxBuffered?: number;
}

/** A server that listens. */
export interface Serving {
  readonly port: number;
  readonly hostname: string;
  /** Listens no more and closes WebSockets with 1001 (Going Away). Resolves when all other requests are answered. */
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
 * @throws where the address can't be listened at, or the certificate is none.
 */
export async function serve(handler: Handler, options: ServeOptions = {}): Promise<Serving> {
  const { cert, key, maxBuffered, ...listener } = options;
  const bridges = new Bridges(maxBuffered);

  const answer = async (request: Request, runtime: BunServer): Promise<Response | undefined> => {
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
      remoteAddress: runtime.requestIP(request)?.address,
      upgrade: (outgoing) => bridges.pass(outgoing, request.signal, { connect, accept }),
    });
    return isAccepted ? undefined : response;
  };

  const server = Bun.serve({
    ...listener,
    ...(cert !== undefined && key !== undefined && { tls: { cert, key } }),
    // Of requests that are being answered: they may be long polls. Bun itself waits for header fields no longer than 12 s.
    idleTimeout: 0,
    development: false,
    fetch: answer,
    websocket,
  });
  return {
    port: server.port,
    hostname: server.hostname,
    close: async () => {
      bridges.close();
      await server.stop();
    },
  };
}
