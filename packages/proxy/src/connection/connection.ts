import type { HostRequest } from '../host/host-request.ts';

/** What is known of how a request came in. `RequestFacts` that `receive` gives are one. */
export interface Connection extends Pick<HostRequest, 'earlyHints' | 'httpVersion' | 'upgrade'> {
  readonly scheme: 'http' | 'https';
  /** The Host that the client asked for, with or without port; `''` where it sent none. */
  readonly host: string;
  /** The port that the client knocked at, 1–65535. */
  readonly port: number;
  /** An IP literal; absent where the platform doesn't tell. */
  readonly clientAddress?: string;
  /** What trusted proxies in front of us said; absent where none is. */
  readonly forwarded?: ForwardedClaims;
  /** The version of the Snapshot that the Decision was made with, for the log. */
  readonly snapshotVersion?: string;
}

/** What a trusted proxy says of the request that it passed on. */
export interface ForwardedClaims {
  /** Every hop from the client on, as to stand in X-Forwarded-For: the client's first, our peer's last. */
  readonly hops: readonly string[];
  /** Host and port as the client asked the first proxy for them. */
  readonly host?: string;
  readonly port?: number;
  /** The scheme in which our peer called us, where it is another than the client's. */
  readonly scheme?: 'http' | 'https';
  readonly requestId?: string;
  /** W3C Trace Context, valid ones only. */
  readonly traceparent?: string;
  readonly tracestate?: string;
}
