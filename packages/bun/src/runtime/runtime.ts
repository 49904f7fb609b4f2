import type { Bridge, ConnectInit, Message, RuntimeWebSocket } from '@portolan/proxy';

/** What is used of Bun. */
export interface BunRuntime<Data = unknown> {
  serve(options: ServeInit): BunServer;
  listen(options: ListenInit<Data>): BunListener;
  connect(options: ListenInit<Data>): Promise<BunSocket<Data>>;
}

interface ListenInit<Data> {
  readonly hostname: string;
  readonly port: number;
  /** Whether one direction goes on after the other has ended. */
  readonly allowHalfOpen: boolean;
  readonly socket: SocketHandler<Data> & { readonly open: (socket: BunSocket<Data>) => void };
}

/** What happens on a TCP connection. */
export interface SocketHandler<Data> {
  readonly data: (socket: BunSocket<Data>, bytes: Uint8Array) => void;
  /** It takes bytes again. */
  readonly drain: (socket: BunSocket<Data>) => void;
  /** The other side says that nothing more comes. */
  readonly end: (socket: BunSocket<Data>) => void;
  readonly error: (socket: BunSocket<Data>) => void;
  readonly close: (socket: BunSocket<Data>) => void;
}

/** A TCP connection. */
export interface BunSocket<Data> {
  data: Data;
  readonly localPort: number;
  readonly remoteAddress: string;
  /** Returns how many bytes were taken; -1: it is closed. */
  write(bytes: Readonly<Uint8Array>): number;
  end(): void;
  /** Ends what goes out; what comes in goes on. */
  shutdown(): void;
  terminate(): void;
  pause(): void;
  resume(): void;
  setNoDelay(on: boolean): void;
}

export interface BunListener {
  readonly port: number;
  readonly hostname: string;
  stop(): void;
}

export interface ServeInit {
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

export interface BunAddress {
  readonly address: string;
  readonly port: number;
}

export interface BunServer {
  readonly port: number;
  readonly hostname: string;
  requestIP(request: Request): BunAddress | null;
  /** Answers 101 and opens the WebSocket; `false` where the client has gone. */
  upgrade(
    request: Request,
    options: { readonly headers: Readonly<Record<string, string>>; readonly data: Bridge },
  ): boolean;
  /** Listens no more. Resolves when all requests are answered, or ends them. */
  stop(closeActiveConnections?: boolean): Promise<void>;
}

/** Bun's WebSocket takes header fields, Host among them. */
export type BunWebSocket = new (
  url: string,
  init: ConnectInit & { readonly perMessageDeflate: boolean },
) => RuntimeWebSocket;
