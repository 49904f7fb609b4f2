import type { Decision } from '@portolan/engine';

import type { Connection } from '../connection/connection.ts';
import { forward, type ForwardOptions } from '../forward/forward.ts';
import { failureResponse, redirectResponse } from '../own-response/own-response.ts';
import { reportOf, type Report } from '../report/report.ts';

export interface ProxyOptions {
  /** Ways to reach an endpoint; the first that can is taken. */
  readonly dialers: ForwardOptions['dialers'];
  /**
   * Milliseconds that an endpoint may take before it begins to answer, not counting the time in which it waits for more
   * of the request; then 504. Absent: no limit. A response that has begun is never cut.
   */
  readonly timeToFirstByte?: number;
  /** Names requests that have no id yet; `crypto.randomUUID` by default. */
  readonly newRequestId?: () => string;
  /**
   * Is told of each answer of our own with a status of 500 and above, before it is sent; 4xx are the clients' own doing,
   * and as many as they like. Must not throw.
   */
  readonly report?: (report: Report) => void;
}

/** Carries out Decisions. */
export interface HTTPProxy {
  /**
   * Answers the request as was decided. Whatever the endpoint does, this resolves; it rejects only where it is called
   * wrongly, such as with a request whose body has been read.
   */
  readonly handle: (
    request: Request,
    decision: Decision,
    connection: Connection,
  ) => Promise<Response>;
}

/** Carries out Decisions with the given dialers. */
export function createProxy(options: ProxyOptions): HTTPProxy {
  const { newRequestId = () => crypto.randomUUID(), report } = options;
  return {
    handle: async (request, decision, connection) => {
      const requestId = connection.requestId ?? newRequestId();
      if (decision.outcome === 'redirect') return redirectResponse(decision, requestId);
      const result =
        decision.outcome === 'respond'
          ? decision
          : await forward(request, decision, connection, requestId, options);
      if (!('reason' in result)) return result;
      if (result.status >= 500) report?.(reportOf(result, decision, requestId));
      return failureResponse(request, result, requestId);
    },
  };
}
