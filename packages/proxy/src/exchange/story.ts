import type { Connection } from '../connection/connection.ts';
import { urlParts, type RequestMessage } from '../message/message.ts';
import type { RequestSpan, RequestTracer } from '../tracing/tracer.ts';
import type { Exchange, ExchangeEnd } from './exchange.ts';
import { recordOf, type Answer } from './record.ts';

/** One request, as those who watch are told of it. */
export interface Story {
  readonly requestId: string;
  readonly span: RequestSpan | undefined;
  /** Whether anybody watches. */
  readonly isTold: boolean;
  /** What is told after the first end is not heard. */
  readonly end: (told: Told, end: ExchangeEnd, bytes?: number) => void;
}

/** What there is to tell of an answer; where nothing says when it was there, it was there at its end. */
export type Told = Pick<Answer, 'decision' | 'failure' | 'status' | 'traceparent' | 'tries'> &
  Partial<Pick<Answer, 'answeredAt'>>;

export interface StoryOptions {
  readonly observe?: (exchange: Exchange) => void;
  readonly tracer?: RequestTracer;
  readonly newRequestId: () => string;
  readonly now: () => number;
}

/** A request begins. */
export function beginStory(
  request: RequestMessage,
  connection: Connection,
  { observe, tracer, newRequestId, now }: StoryOptions,
): Story {
  const requestId = connection.forwarded?.requestId ?? newRequestId();
  const startedAt = now();
  const span = tracer && quietly(() => tracer.start(traced(request, connection)));
  let isOver = observe === undefined && span === undefined;
  return {
    requestId,
    span,
    isTold: !isOver,
    end: (told, end, bytes) => {
      if (isOver) return;
      isOver = true;
      const at = now();
      const heard = { request, connection, requestId, startedAt };
      const exchange = recordOf({ answeredAt: at, ...heard, ...told }, end, at, bytes);
      quietly(() => observe?.(exchange));
      quietly(() => span?.end(exchange));
    },
  };
}

function traced(
  request: RequestMessage,
  { scheme, host, forwarded }: Connection,
): Parameters<RequestTracer['start']>[0] {
  const { traceparent, tracestate } = forwarded ?? {};
  return {
    method: request.method,
    scheme,
    host,
    path: urlParts(request).pathname,
    ...(traceparent !== undefined && { parent: { traceparent, tracestate } }),
  };
}

/** No request is to suffer from a log that fails. */
function quietly<Result>(tell: () => Result): Result | undefined {
  try {
    return tell();
  } catch {
    return undefined;
  }
}
