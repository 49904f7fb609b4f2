import type { Answer, RequestMessage } from '../message/message.ts';

/** What a host has answer requests: `fetch` of a gateway is one. */
export interface Handler {
  (request: Request, host: HostRequest): Promise<Response>;
  /** The same for a message that need be no Request, with an answer that is no Response, for hosts that can do without. */
  readonly answer?: (message: RequestMessage, host: HostRequest) => Promise<Answer>;
}

/**
 * What a host tells of a request besides the Request: passed as the second argument of a gateway's `fetch`. Deno.serve,
 * Bun.serve and @hono/node-server tell the address in ways of their own, which are understood too.
 */
export interface HostRequest {
  /** The IP address at the other end of the connection. */
  readonly remoteAddress?: string;
  /** The version of HTTP that it was received in: `1.0`, `1.1`, `2`, `3`. */
  readonly httpVersion?: string;
  /** Passes a WebSocket on; absent where the host can't. */
  readonly upgrade?: Upgrade;
  /** Sends a 103 (Early Hints) to the client; absent where the host can't. */
  readonly earlyHints?: (headers: Headers) => void;
}

/**
 * Opens a WebSocket at the endpoint and ties the client's connection to it: RFC 6455.
 *
 * @param outgoing The request as the endpoint is to see it: URL of scheme http or https, Host among the headers where it is
 *   to be kept, Sec-WebSocket-Protocol and the like included. Its signal aborts what is not open yet.
 * @throws where the endpoint refused the connection or broke before it answered.
 */
export type Upgrade = (outgoing: Request) => Promise<UpgradeResult>;

export interface UpgradeResult {
  /** Whether both sides now speak through each other. If not, the endpoint answered as to any request. */
  readonly upgraded: boolean;
  /** What the runtime's handler has to return: where upgraded, whatever it wants to see there. */
  readonly response: Response;
  /** Resolves when an open WebSocket has ended; never rejects. */
  readonly closed?: Promise<void>;
}
