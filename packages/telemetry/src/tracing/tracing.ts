import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import type { Exchange, RequestTracer } from '@portolan/proxy';

import {
  endAttributes,
  errorType,
  spanName,
  startAttributes,
  tryAttributes,
  tryErrorType,
} from './attributes.ts';
import { remoteSpan, told } from './trace-context.ts';

export interface TracingOptions {
  /** Whatever an OpenTelemetry SDK gives out; nothing global is read or set. */
  readonly tracer: Tracer;
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number;
}

/**
 * Makes a span of kind SERVER for each request, after OpenTelemetry's semantic conventions for HTTP, and below it one of
 * kind CLIENT for each time that an endpoint was asked. The endpoint is told of the first.
 */
export function tracing({ tracer, now = Date.now }: TracingOptions): RequestTracer {
  return {
    start: (request) => {
      const remote = remoteSpan(request.parent);
      const startTime = now();
      const span = tracer.startSpan(
        spanName(request.method),
        { kind: SpanKind.SERVER, attributes: startAttributes(request), startTime },
        remote === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, remote),
      );
      return {
        ...told(span.spanContext()),
        end: (exchange) => {
          if (span.isRecording()) {
            addTries(tracer, span, exchange, startTime);
            const { method, route } = exchange;
            if (route?.path !== undefined) span.updateName(spanName(method, route.path));
            span.setAttributes(endAttributes(exchange));
            if (errorType(exchange) !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
          }
          span.end(startTime + exchange.duration);
        },
      };
    },
  };
}

/** @param startTime Of the request, by the same clock that its span began by: no try may seem to come before it. */
function addTries(
  tracer: Tracer,
  parent: Span,
  { method, tries }: Exchange,
  startTime: number,
): void {
  const context = trace.setSpan(ROOT_CONTEXT, parent);
  for (const [index, tried] of tries.entries()) {
    const began = startTime + tried.startedAfter;
    const span = tracer.startSpan(
      spanName(method),
      { kind: SpanKind.CLIENT, attributes: tryAttributes(method, tried, index), startTime: began },
      context,
    );
    if (tryErrorType(tried) !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(began + tried.duration);
  }
}
