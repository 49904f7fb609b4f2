import type { Bridge } from './bridge.ts';
import { attachWebSocket, type RuntimeWebSocket } from './bridged-socket.ts';
import { subprotocols } from './handshake.ts';

/** Makes a WebSocket client: the runtime's WebSocket with its extension, the header fields. */
export type Connect = (url: string, init: ConnectInit) => RuntimeWebSocket;

export interface ConnectInit {
  readonly headers: Headers;
  readonly protocols: string[];
}

/** What the handshake sets by itself, and what tells of content, which it has none of. */
const NOT_SENT = [
  'connection',
  'content-length',
  'sec-websocket-accept',
  'sec-websocket-extensions',
  'sec-websocket-key',
  'sec-websocket-protocol',
  'sec-websocket-version',
  'transfer-encoding',
  'upgrade',
] as const;

/** What Deno and Bun say of an endpoint that answered as to any request. */
const STATUS = /\bstatus code: ([2-5]\d\d)$/i;

/**
 * Opens a WebSocket at the endpoint.
 *
 * @param outgoing As `Upgrade` has it.
 * @param signal Aborts what is not open yet.
 * @returns The status alone where the endpoint answered as to any request: runtimes tell no more of it.
 * @throws where it refused or broke the connection, or chose a subprotocol that nobody had asked for.
 */
export async function openEndpointSocket(
  outgoing: Request,
  signal: AbortSignal,
  bridge: Bridge,
  connect: Connect,
): Promise<Response | RuntimeWebSocket> {
  signal.throwIfAborted();
  const url = new URL(outgoing.url);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const headers = new Headers(outgoing.headers);
  const protocols = [...subprotocols(headers.get('sec-websocket-protocol'))];
  for (const name of NOT_SENT) headers.delete(name);
  const socket = connect(url.href, { headers, protocols });
  attachWebSocket(socket, 'endpoint', bridge);
  const fault = await opened(socket, signal);
  if (fault !== undefined) {
    const [, status] = STATUS.exec(fault) ?? [];
    if (status === undefined) throw new Error(fault);
    return new Response(null, { status: Number(status) });
  }
  if (socket.protocol !== '' && !protocols.includes(socket.protocol)) {
    socket.close();
    throw new Error(`the endpoint chose the subprotocol ${socket.protocol} unasked`);
  }
  return socket;
}

/** Resolves when the socket is open, or with what the runtime says of why it isn't. */
function opened(socket: RuntimeWebSocket, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason);
      socket.close();
    };
    const settle = (fault?: string): void => {
      signal.removeEventListener('abort', abort);
      resolve(fault);
    };
    signal.addEventListener('abort', abort);
    socket.addEventListener('open', () => settle());
    socket.addEventListener('error', (event) => settle(messageOf(event)));
    socket.addEventListener('close', () => settle('the endpoint closed the connection'));
  });
}

function messageOf(event: Event): string {
  return 'message' in event && typeof event.message === 'string' ? event.message : event.type;
}
