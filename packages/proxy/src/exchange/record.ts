import type { Decision } from '@portolan/engine';

import type { Connection } from '../connection/connection.ts';
import { urlParts, type RequestMessage } from '../message/message.ts';
import type { Failure } from '../own-response/failure.ts';
import type { Exchange, ExchangeEnd, Try } from './exchange.ts';

/** What is known of a request when its answer is handed back. */
export interface Answer {
  readonly request: Pick<RequestMessage, 'method' | 'parts' | 'url'>;
  readonly decision: Decision;
  readonly connection: Connection;
  readonly requestId: string;
  readonly traceparent?: string;
  readonly startedAt: number;
  readonly answeredAt: number;
  readonly status: number;
  readonly failure?: Failure;
  readonly tries: readonly Try[];
}

/** The whole story, once it has ended. */
export function recordOf(
  answer: Answer,
  end: ExchangeEnd,
  endedAt: number,
  bytes?: number,
): Exchange {
  const { request, decision, connection, startedAt, answeredAt, failure } = answer;
  const service = decision.outcome === 'redirect' ? undefined : decision.service;
  return {
    requestId: answer.requestId,
    ...(answer.traceparent !== undefined && { traceparent: answer.traceparent }),
    startedAt,
    method: request.method,
    scheme: connection.scheme,
    host: connection.host,
    path: urlParts(request).pathname,
    ...(connection.clientAddress !== undefined && { clientAddress: connection.clientAddress }),
    ...(decision.route && { route: decision.route }),
    ...(service && { service }),
    status: answer.status,
    ...(failure && { failure: { reason: failure.reason, message: failure.message } }),
    tries: answer.tries,
    end,
    timeToFirstByte: answeredAt - startedAt,
    duration: endedAt - startedAt,
    ...(bytes !== undefined && { bytes }),
    ...(connection.snapshotVersion !== undefined && {
      snapshotVersion: connection.snapshotVersion,
    }),
  };
}
