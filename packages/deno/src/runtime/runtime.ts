import type { ConnectInit, RuntimeWebSocket } from '@portolan/proxy';

/** What is used of Deno. */
export interface DenoRuntime {
  serve(options: ServeInit, handler: DenoHandler): DenoServer;
  upgradeWebSocket(request: Request): {
    readonly socket: RuntimeWebSocket;
    readonly response: Response;
  };
  createHttpClient(options: { readonly allowHost: boolean }): DenoClient;
}

interface ServeInit {
  readonly port?: number;
  readonly hostname?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly onListen: () => void;
}

type DenoHandler = (
  request: Request,
  info: {
    readonly remoteAddr: { readonly hostname: string };
    /** Settles when the answer is delivered, or the client gone. */
    readonly completed: Promise<void>;
  },
) => Promise<Response>;

interface DenoServer {
  readonly addr: { readonly port: number; readonly hostname: string };
  shutdown(): Promise<void>;
}

interface DenoClient {
  close(): void;
}

/** Deno's WebSocket takes header fields, and a client that says whether Host may be among them. */
export type DenoWebSocket = new (
  url: string,
  init: ConnectInit & { readonly client: DenoClient },
) => RuntimeWebSocket;
