import type { RefusalReason } from '@portolan/engine';

/** Why a request that was to be forwarded has no answer from its endpoint. For machines, and safe to show to a client. */
export type FailureReason =
  /** 400: the path of the Decision is none that a URL can carry unchanged. */
  | 'InvalidPath'
  /** 408: the client stopped sending the body that the endpoint waits for. */
  | 'RequestBodyStalled'
  /** 413: the body is larger than the Service or Ingress allows. */
  | 'RequestBodyTooLarge'
  /** 499: the client went away before there was an answer. */
  | 'ClientClosedRequest'
  /** 501: the method is none that `fetch` sends as it is. */
  | 'MethodNotSupported'
  /** 501: GET or HEAD with content, which `fetch` can't send. */
  | 'ContentNotSupported'
  /** 501: a WebSocket, and no way to pass it on. */
  | 'UpgradeNotSupported'
  /** 501: gRPC needs HTTP/2 with trailers, which `fetch` does not speak; gRPC-web passes. */
  | 'GRPCNotSupported'
  /** 502: the endpoint is to see the client's Host, and this runtime can't show it. */
  | 'HostNotKept'
  /** 502: no dialer reaches the endpoint. */
  | 'NoDialer'
  /** 502: the endpoint refused the connection or broke before it answered. */
  | 'UpstreamUnreachable'
  /** 502: what the endpoint answered is no HTTP response. */
  | 'UpstreamInvalidResponse'
  /** 504: the endpoint did not begin to answer in time. */
  | 'UpstreamTimeout'
  /** 508: the request has been here several times already. */
  | 'LoopDetected';

/** What we answer where nobody else can. */
export interface Failure {
  readonly status: 400 | 403 | 404 | 408 | 413 | 499 | 501 | 502 | 503 | 504 | 508;
  readonly reason: FailureReason | RefusalReason;
  /** For operators, never for clients: may name Services and addresses. */
  readonly message: string;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number;
}
