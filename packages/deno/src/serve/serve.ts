import {
  Bridges,
  attachWebSocket,
  type Bridge,
  type Connect,
  type Handler,
  type TLSCertificate,
} from '@portolan/proxy';

import { refusal } from '../refusal/refusal.ts';
import type {
  DenoAddress,
  DenoHandler,
  DenoRequestInfo,
  DenoRuntime,
  DenoServer,
  DenoWebSocket,
  ServeInit,
} from '../runtime/runtime.ts';
import { TLSEntrance } from '../tls-entrance/tls-entrance.ts';
import type { Visitor } from '../tls-entrance/visitor.ts';

declare const Deno: DenoRuntime;
declare const WebSocket: DenoWebSocket;

export interface ServeOptions {
  /** 0: any free one. Deno's default is 8000. */
  readonly port?: number;
  /** The address to listen at. Deno's default is `0.0.0.0`. */
  readonly hostname?: string;
  /**
   * The certificates to choose from by the name that a client asks for; then HTTPS is spoken, over HTTP/2 and HTTP/1.1. Asked at
   * each handshake. A client that asks for a name that nobody has is refused; the server name `*` stands for whatever is left.
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
   * Takes no more requests, closes WebSockets with 1001 (Going Away), lets requests under way finish for as long as `drain` says,
   * then ends what is left. Without TLS, Deno can't stop listening while requests are under way: others get a 503.
   */
  readonly close: () => Promise<void>;
}

/** Milliseconds that an accepted client may take to open its side. Deno says nothing of one that leaves in between. */
const OPEN_TIMEOUT = 10_000;

/**
 * Serves a handler on Deno.
 *
 * @throws where the address can't be listened at.
 */
export async function serve(handler: Handler, options: ServeOptions = {}): Promise<Serving> {
  const { certificates, maxBuffered, drain = 10_000, onError = warn, ...address } = options;
  const bridges = new Bridges(maxBuffered);
  const client = Deno.createHttpClient({ allowHost: true });
  const cut = new AbortController();

  const connect: Connect = (url, { headers, protocols }) => {
    // Deno sends its own, and a second one is not allowed: RFC 9110 section 5.3.
    headers.delete('user-agent');
    return new WebSocket(url, { headers, protocols, client });
  };

  const scheme = certificates === undefined ? 'http' : 'https';
  const underWay = new Set<Promise<void>>();
  let isClosing = false;

  const answer = async (
    request: Request,
    info: DenoRequestInfo,
    remoteAddress: string,
    onAccept?: () => void,
  ): Promise<Response> => {
    const refused = isClosing ? unavailable() : refusal(request, scheme);
    if (refused !== undefined) return refused;
    underWay.add(info.completed);
    const forget = (): boolean => underWay.delete(info.completed);
    info.completed.then(forget, forget);
    let accepted: Response | undefined;

    const accept = (protocol: string, bridge: Bridge): Response => {
      const { socket, response } = Deno.upgradeWebSocket(request);
      // Deno's own option for it knows only subprotocols that a comma and a space part.
      if (protocol !== '') response.headers.set('sec-websocket-protocol', protocol);
      const leave = setTimeout(() => bridge.end('client'), OPEN_TIMEOUT);
      socket.addEventListener('open', () => clearTimeout(leave));
      attachWebSocket(socket, 'client', bridge);
      accepted = response;
      onAccept?.();
      return response;
    };

    try {
      const response = await handler(request, {
        remoteAddress,
        upgrade: (outgoing) => bridges.pass(outgoing, request.signal, { connect, accept }),
      });
      return accepted ?? response;
    } catch (error) {
      // Deno ends the process where a client was accepted and anything else is answered.
      if (accepted !== undefined) return accepted;
      throw error;
    }
  };

  /** Answers a client that came by the entrance. */
  const answerVisitor = (
    request: Request,
    info: DenoRequestInfo,
    visitor: Visitor | undefined,
  ): Promise<Response> => {
    if (visitor === undefined) return Promise.resolve(new Response(null, { status: 403 }));
    let isAccepted = false;
    const end = (): void => {
      if (!isAccepted) visitor.end();
    };
    visitor.begin();
    info.completed.then(end, end);
    return answer(request, info, visitor.address, () => {
      isAccepted = true;
    });
  };

  /** Deno stops listening for good where no descriptor is left for one client, and rejects: then it is listened anew. */
  const listen = (
    init: Pick<ServeInit, 'cert' | 'hostname' | 'key' | 'port' | 'signal'>,
    handle: DenoHandler,
  ): DenoServer => {
    const servers: DenoServer[] = [];
    const begin = (at: Pick<ServeInit, 'hostname' | 'port'>): DenoServer => {
      const begun = Deno.serve({ ...init, ...at, onListen: () => undefined }, handle);
      servers.push(begun);
      begun.finished.catch(() => again(begun.addr));
      return begun;
    };
    const again = ({ hostname, port }: DenoAddress): void => {
      if (isClosing) return;
      try {
        begin({ hostname, port });
      } catch {
        setTimeout(() => again({ hostname, port }), 100);
      }
    };
    const { addr } = begin(init);
    return {
      addr,
      shutdown: async () => {
        await Promise.all(servers.map((each) => each.shutdown()));
      },
    };
  };
  const openEntrance = (all: () => readonly TLSCertificate[]): TLSEntrance => {
    const { hostname = '0.0.0.0', port = 8000 } = address;
    const start = ({ cert, key }: TLSCertificate): DenoServer => {
      const init = { hostname: '127.0.0.1', port: 0, cert, key };
      const behind = listen(init, (request, info) =>
        answerVisitor(request, info, entrance.visitorAt(behind, info.remoteAddr)),
      );
      return behind;
    };
    const entrance = new TLSEntrance({ hostname, port, certificates: all, start, onError });
    return entrance;
  };
  const server =
    certificates === undefined
      ? listen({ ...address, signal: cut.signal }, (request, info) =>
          answer(request, info, info.remoteAddr.hostname),
        )
      : openEntrance(certificates);
  const close = async (): Promise<void> => {
    isClosing = true;
    const over = Promise.withResolvers<void>();
    let isShuttingDown = false;
    const timer = setTimeout(() => {
      // Deno throws, to nobody, where a server is aborted that shuts down already.
      if (!isShuttingDown) cut.abort();
      over.resolve();
    }, drain);
    if (server instanceof TLSEntrance) server.stop();
    bridges.close();
    // Deno's shutdown breaks off what clients are still sending, and nothing ends it before all is answered.
    const answered = Promise.allSettled(underWay).then(() => {
      isShuttingDown = true;
      return server.shutdown();
    });
    await Promise.race([answered.catch(() => undefined), over.promise]);
    clearTimeout(timer);
    if (server instanceof TLSEntrance) server.destroy();
    client.close();
  };
  const { port, hostname } = server.addr;
  let closing: Promise<void> | undefined;
  return {
    port,
    hostname,
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

function unavailable(): Response {
  const headers = { connection: 'close', 'content-type': 'text/plain', 'retry-after': '1' };
  return new Response('503 Service Unavailable\n', { status: 503, headers });
}
