import type { ConnectInit, RuntimeWebSocket } from '@portolan/proxy';

/** What is used of Deno. */
export interface DenoRuntime {
  /** `finished` rejects where no descriptor was left for a client: it listens no more then, and open connections go on. */
  serve(
    options: ServeInit,
    handler: DenoHandler,
  ): DenoServer & { readonly finished: Promise<void> };
  upgradeWebSocket(request: Request): {
    readonly socket: RuntimeWebSocket;
    readonly response: Response;
  };
  createHttpClient(options: { readonly allowHost: boolean }): DenoClient;
  listen(options: { readonly hostname: string; readonly port: number }): DenoListener;
  connect(to: { readonly hostname: string; readonly port: number }): Promise<DenoConnection>;
  readonly errors: {
    /** What is used after it was closed. */
    readonly BadResource: new () => Error;
  };
}

export interface ServeInit {
  readonly port?: number;
  readonly hostname?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Ends the server and all its connections. */
  readonly signal?: AbortSignal;
  readonly onListen: () => void;
}

export type DenoHandler = (request: Request, info: DenoRequestInfo) => Promise<Response>;

export interface DenoRequestInfo {
  readonly remoteAddr: DenoAddress;
  /** Settles when the answer is delivered, or the client gone. */
  readonly completed: Promise<void>;
}

export interface DenoAddress {
  readonly hostname: string;
  readonly port: number;
}

export interface DenoServer {
  readonly addr: DenoAddress;
  /** Lets requests under way finish. */
  shutdown(): Promise<void>;
}

export interface DenoListener {
  readonly addr: DenoAddress;
  accept(): Promise<DenoConnection>;
  close(): void;
}

/** A TCP connection. */
export interface DenoConnection {
  readonly localAddr: DenoAddress;
  readonly remoteAddr: { readonly hostname: string };
  /** Resolves with the number of bytes, or `null` at the end. */
  read(into: Uint8Array): Promise<number | null>;
  /** Resolves with the number of bytes that were taken. */
  write(bytes: Uint8Array): Promise<number>;
  closeWrite(): Promise<void>;
  setNoDelay(): void;
  close(): void;
}

interface DenoClient {
  close(): void;
}

/** Deno's WebSocket takes header fields, and a client that says whether Host may be among them. */
export type DenoWebSocket = new (
  url: string,
  init: ConnectInit & { readonly client: DenoClient },
) => RuntimeWebSocket;
