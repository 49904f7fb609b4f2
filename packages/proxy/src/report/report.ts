import type { DecidedRoute, Decision, ForwardDecision, RespondDecision } from '@portolan/engine';

import type { Failure } from '../own-response/failure.ts';

/** Why a request got an answer of our own, for operators. It names Services and addresses, which no client is told. */
export interface Report {
  /** The id that the client was told. */
  readonly requestId: string;
  readonly status: Failure['status'];
  readonly reason: Failure['reason'];
  /** The reason in words: what deciding found, what each dialer said, or what the endpoint failed with. */
  readonly message: string;
  /** The rule that took the request. */
  readonly route?: DecidedRoute;
  readonly service?: RespondDecision['service'];
  /** The endpoint that the request was for. */
  readonly endpoint?: ForwardDecision['endpoint'];
}

/** What there is to report of a failure to carry out the Decision. */
export function reportOf(
  { status, reason, message }: Failure,
  decision: Exclude<Decision, { readonly outcome: 'redirect' }>,
  requestId: string,
): Report {
  const { route, service } = decision;
  const endpoint = decision.outcome === 'forward' ? decision.endpoint : undefined;
  return { requestId, status, reason, message, route, service, endpoint };
}
