import type { Endpoint } from '@portolan/core';
import type { DecidedRoute, DecidedService, RespondDecision } from '@portolan/engine';

import type { Failure } from '../own-response/failure.ts';

/** One request, from its arrival to its end, for logs and metrics. It names Services and addresses: for operators only. */
export interface Exchange {
  /** The id that the client was told, and the endpoint. */
  readonly requestId: string;
  /** W3C Trace Context: what the endpoint was sent. */
  readonly traceparent?: string;
  /** Milliseconds since 1970, when the request was handed over. */
  readonly startedAt: number;
  readonly method: string;
  readonly scheme: 'http' | 'https';
  readonly host: string;
  /** As received, without the query, which may hold secrets. */
  readonly path: string;
  readonly clientAddress?: string;
  /** The rule that took it. */
  readonly route?: DecidedRoute;
  readonly service?: DecidedService | RespondDecision['service'];
  /** What the client was answered; 499 where it left first. */
  readonly status: number;
  /** Why we answered ourselves, where we did. */
  readonly failure?: Pick<Failure, 'message' | 'reason'>;
  /** Each time that an endpoint was asked, in order. */
  readonly tries: readonly Try[];
  /** How it ended: `aborted` by the client, `broken` by the endpoint, `idle` where a body stood still for too long. */
  readonly end: ExchangeEnd;
  /** Milliseconds until the answer's headers were handed back, and until its body had ended. */
  readonly timeToFirstByte: number;
  readonly duration: number;
  /** Bytes of the answer's body, where they were counted. */
  readonly bytes?: number;
  readonly snapshotVersion?: string;
}

export type ExchangeEnd = 'aborted' | 'broken' | 'complete' | 'idle';

/** One endpoint asked once. */
export interface Try {
  readonly endpoint: Endpoint;
  /** What it answered. */
  readonly status?: number;
  /** Why it gave no answer. */
  readonly failure?: Failure['reason'];
  /** Milliseconds from the arrival of the request, and how long it took to the first byte or the failure. */
  readonly startedAfter: number;
  readonly duration: number;
}
