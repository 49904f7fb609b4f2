import { createTraceState, isSpanContextValid, type SpanContext } from '@opentelemetry/api';
import type { TracedRequest } from '@portolan/proxy';

/** W3C Trace Context section 3.2: version, trace-id, parent-id and trace-flags; later versions may go on after them. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;

/** The span that a caller has for its request; `undefined` where it says none that is valid. */
export function remoteSpan(parent: TracedRequest['parent']): SpanContext | undefined {
  if (parent === undefined) return undefined;
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(parent.traceparent) ?? [];
  const { tracestate } = parent;
  const remote: SpanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
    ...(tracestate !== undefined && { traceState: createTraceState(tracestate) }),
  };
  return isSpanContextValid(remote) ? remote : undefined;
}

/**
 * What the endpoint is told of our span. A tracer that makes no spans gives ids of zeros, which W3C Trace Context section
 * 3.2.2 forbids: then the request gets ids of its own, not sampled.
 */
export function told(span: SpanContext): { traceparent: string; tracestate?: string } {
  if (!isSpanContextValid(span)) return { traceparent: `00-${randomHex(16)}-${randomHex(8)}-00` };
  const flags = span.traceFlags.toString(16).padStart(2, '0');
  const tracestate = span.traceState?.serialize();
  return {
    traceparent: `00-${span.traceId}-${span.spanId}-${flags}`,
    ...(tracestate && { tracestate }),
  };
}

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
