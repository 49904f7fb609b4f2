import type { RefusalReason } from '@portolan/engine';

/** Why a request that was to be forwarded has no answer from its endpoint. For machines, and safe to show to a client. */
export type FailureReason =
  /** 400: the path of the Decision is none that a URL can carry unchanged. */
  | 'InvalidPath'
  /** 499: the client went away before there was an answer. */
  | 'ClientClosedRequest'
  /** 501: the method is none that `fetch` sends as it is. */
  | 'MethodNotSupported'
  /** 501: GET or HEAD with content, which `fetch` can't send. */
  | 'ContentNotSupported'
  /** 501: a WebSocket, and no way to pass it on. */
  | 'UpgradeNotSupported'
  /** 502: no dialer reaches the endpoint. */
  | 'NoDialer'
  /** 502: the endpoint refused the connection or broke before it answered. */
  | 'UpstreamUnreachable'
  /** 502: what the endpoint answered is no HTTP response. */
  | 'UpstreamInvalidResponse'
  /** 504: the endpoint did not begin to answer in time. */
  | 'UpstreamTimeout';

/** What we answer where nobody else can. */
export interface Failure {
  readonly status: 400 | 403 | 404 | 499 | 501 | 502 | 503 | 504;
  readonly reason: FailureReason | RefusalReason;
  /** For operators, never for clients: may name Services and addresses. */
  readonly message: string;
}
