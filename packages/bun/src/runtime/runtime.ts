import type { Bridge, ConnectInit, Message, RuntimeWebSocket } from '@portolan/proxy';

/** What is used of Bun. */
export interface BunRuntime {
  serve(options: ServeInit): BunServer;
}

interface ServeInit {
  readonly port?: number;
  readonly hostname?: string;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Seconds; 0: none. */
  readonly idleTimeout: number;
  readonly development: boolean;
  readonly fetch: (request: Request, server: BunServer) => Promise<Response | undefined>;
  readonly websocket: WebSocketHandler;
}

export interface WebSocketHandler {
  /** Bytes; larger messages are closed with 1009. */
  readonly maxPayloadLength: number;
  /** Bytes beyond which Bun drops messages; 0: never. */
  readonly backpressureLimit: number;
  readonly open: (socket: ServerWebSocket) => void;
  readonly message: (socket: ServerWebSocket, message: Message) => void;
  readonly close: (socket: ServerWebSocket, code: number, reason: string) => void;
}

/** The client's side of a WebSocket. */
interface ServerWebSocket {
  readonly data: Bridge;
  send(message: Message): number;
  close(code: number, reason?: string): void;
  getBufferedAmount(): number;
  pause(): void;
  resume(): void;
  terminate(): void;
}

export interface BunServer {
  readonly port: number;
  readonly hostname: string;
  requestIP(request: Request): { readonly address: string } | null;
  /** Answers 101 and opens the WebSocket; `false` where the client has gone. */
  upgrade(
    request: Request,
    options: { readonly headers: Readonly<Record<string, string>>; readonly data: Bridge },
  ): boolean;
  stop(): Promise<void>;
}

/** Bun's WebSocket takes header fields, Host among them. */
export type BunWebSocket = new (
  url: string,
  init: ConnectInit & { readonly perMessageDeflate: boolean },
) => RuntimeWebSocket;
