import { Bridges, attachWebSocket, type Bridge, type Connect, type Handler } from '@portolan/proxy';

import { refusal } from '../refusal/refusal.ts';
import type { DenoRuntime, DenoWebSocket } from '../runtime/runtime.ts';

declare const Deno: DenoRuntime;
declare const WebSocket: DenoWebSocket;

export interface ServeOptions {
  /** 0: any free one. Deno's default is 8000. */
  readonly port?: number;
  /** The address to listen at. Deno's default is `0.0.0.0`. */
  readonly hostname?: string;
  /** Certificate chain and private key for TLS, as PEM text. */
  readonly cert?: string;
  readonly key?: string;
  /** Bytes that may wait for one side of a WebSocket before it is closed with 1013; 16 MiB by default. */
  readonly maxBuffered?: number;
}

/** A server that listens. */
export interface Serving {
  readonly port: number;
  readonly hostname: string;
  /**
   * Takes no more requests and closes WebSockets with 1001 (Going Away). Resolves when the requests under way are answered.
   * While some of them are still being sent, Deno can't stop listening: others get a 503.
   */
  readonly close: () => Promise<void>;
}

/** Milliseconds that an accepted client may take to open its side. Deno says nothing of one that leaves in between. */
const OPEN_TIMEOUT = 10_000;

/**
 * Serves a handler on Deno.
 *
 * @throws where the address can't be listened at, or the certificate is none.
 */
export async function serve(handler: Handler, options: ServeOptions = {}): Promise<Serving> {
  const { maxBuffered, ...listener } = options;
  const bridges = new Bridges(maxBuffered);
  const client = Deno.createHttpClient({ allowHost: true });

  const connect: Connect = (url, { headers, protocols }) => {
    // Deno sends its own, and a second one is not allowed: RFC 9110 section 5.3.
    headers.delete('user-agent');
    return new WebSocket(url, { headers, protocols, client });
  };

  const uploads = new Set<Promise<void>>();
  let isClosing = false;

  const server = Deno.serve({ ...listener, onListen: () => undefined }, async (request, info) => {
    const refused = isClosing ? unavailable() : refusal(request);
    if (refused !== undefined) return refused;
    if (request.body !== null) {
      uploads.add(info.completed);
      const forget = (): boolean => uploads.delete(info.completed);
      info.completed.then(forget, forget);
    }
    let accepted: Response | undefined;

    const accept = (protocol: string, bridge: Bridge): Response => {
      const { socket, response } = Deno.upgradeWebSocket(request);
      // Deno's own option for it knows only subprotocols that a comma and a space part.
      if (protocol !== '') response.headers.set('sec-websocket-protocol', protocol);
      const leave = setTimeout(() => bridge.end('client'), OPEN_TIMEOUT);
      socket.addEventListener('open', () => clearTimeout(leave));
      attachWebSocket(socket, 'client', bridge);
      accepted = response;
      return response;
    };

    try {
      const response = await handler(request, {
        remoteAddress: info.remoteAddr.hostname,
        upgrade: (outgoing) => bridges.pass(outgoing, request.signal, { connect, accept }),
      });
      return accepted ?? response;
    } catch (error) {
      // Deno ends the process where a client was accepted and anything else is answered.
      if (accepted !== undefined) return accepted;
      throw error;
    }
  });

  const { port, hostname } = server.addr;
  return {
    port,
    hostname,
    close: async () => {
      isClosing = true;
      bridges.close();
      // Deno's shutdown waits for answers, and breaks off what clients are still sending.
      await Promise.allSettled(uploads);
      await server.shutdown();
      client.close();
    },
  };
}

function unavailable(): Response {
  const headers = { connection: 'close', 'content-type': 'text/plain', 'retry-after': '1' };
  return new Response('503 Service Unavailable\n', { status: 503, headers });
}
