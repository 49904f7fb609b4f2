import type { Endpoint } from '@portolan/core';
import type { DecidedService } from '@portolan/engine';

import type { HeaderFields, RequestMessage, ResponseMessage } from '../message/message.ts';

/** Anything that answers a Request: a service binding, a VPC network binding, an object with a `fetch` of its own. */
export interface Fetcher {
  fetch(request: Request, init?: RequestInit): Promise<Response>;
}

/** Whom to reach, and for which Service. */
export interface DialTarget {
  readonly endpoint: Endpoint;
  readonly service: DecidedService;
}

/** How an endpoint is reached from where we run. Pure: dialling opens nothing, only `fetch` does. */
export interface Dialer {
  /** `url`, `serviceBinding`, `vpcNetwork`, or one's own. */
  readonly name: string;
  readonly dial: (target: DialTarget) => Dialled;
}

export type Dialled = Reachable | Unreachable;

/** The endpoint can be reached. */
export interface Reachable {
  /**
   * Sends one request and answers with what came back: redirects are not followed, and the body is coded as its
   * Content-Encoding says (on Workers with `encodeResponseBody: 'manual'`). Rejects where the endpoint refused the connection or broke before it answered, and
   * with an InvalidResponseError where what it answered is none. The request must be a new one: its headers may be changed.
   */
  readonly fetch: (request: Request, events?: DialEvents) => Promise<Response>;
  /**
   * The same for a message that need be no Request, with a response that need be none. Where it is there, it is called instead,
   * but for a WebSocket.
   */
  readonly send?: (request: RequestMessage, events?: DialEvents) => Promise<ResponseMessage>;
  /** What requests are addressed to, without path: `http://10.244.1.7:8080`, `https://[fd00::7]:8443`. */
  readonly base: string;
  /** Whether the endpoint sees the Host header of the request. If not, it sees the authority of `base`. */
  readonly keepsHost: boolean;
  /** Whether a path arrives as it is; by default every one does. */
  readonly carries?: (path: string) => boolean;
  /** How a WebSocket (RFC 6455) is passed on. */
  readonly upgrades: UpgradeWay;
  /** To be awaited before a host connects to `base` by itself: rejects where it may not. */
  readonly permit?: () => Promise<void>;
  /** Whether an error that `fetch` rejected with means that not a byte of the request was sent; by default nobody knows. */
  readonly wasNeverSent?: (error: unknown) => boolean;
}

/**
 * - `fetch`: the response of `fetch` carries the open WebSocket, as on Workers.
 * - `host`: a host that can may connect to `base` itself.
 * - `none`: not at all.
 */
export type UpgradeWay = 'fetch' | 'host' | 'none';

/** What can come before the answer. */
export interface DialEvents {
  /** 103 (Early Hints): RFC 8297. */
  readonly earlyHints?: (headers: HeaderFields) => void;
}

/** The endpoint can't be reached this way. */
export interface Unreachable {
  readonly unreachable: UnreachableReason;
  /** For operators. */
  readonly message: string;
}

export type UnreachableReason =
  /** The address is none that a URL can have. */
  | 'InvalidAddress'
  /** `fetch` on this platform takes names only. */
  | 'IPLiteralNotAllowed'
  /** `fetch` on this platform does not connect to this port. */
  | 'PortNotAllowed'
  /** The address is not among those that this dialer is limited to. */
  | 'AddressNotAllowed'
  /** The port speaks something that `fetch` can't. */
  | 'ProtocolNotSupported'
  /** The binding is not for this Service. */
  | 'ServiceNotBound'
  /** What a dialer of one's own calls it. */
  | (string & {});
