import {
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Span,
  type SpanContext,
  type SpanKind,
  type SpanOptions,
  type SpanStatusCode,
  type TimeInput,
  type Tracer,
} from '@opentelemetry/api';

/** What became of a span. */
export interface RecordedSpan {
  name: string;
  readonly kind: SpanKind | undefined;
  readonly parent: SpanContext | undefined;
  readonly context: SpanContext;
  readonly startTime: TimeInput | undefined;
  readonly attributes: Attributes;
  status?: SpanStatusCode;
  endTime?: TimeInput;
}

/** A tracer that keeps its spans, in the order of their start; the ids are numbers. */
export function memoryTracer(sampled = true): { tracer: Tracer; spans: readonly RecordedSpan[] } {
  const spans: RecordedSpan[] = [];
  const startSpan = (name: string, options: SpanOptions = {}, context?: Context): Span => {
    const parent = context && trace.getSpanContext(context);
    const recorded: RecordedSpan = {
      name,
      kind: options.kind,
      parent,
      context: {
        traceId: parent?.traceId ?? 'f'.repeat(32),
        spanId: String(spans.length + 1).padStart(16, '0'),
        traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
        ...(parent?.traceState && { traceState: parent.traceState }),
      },
      startTime: options.startTime,
      attributes: { ...options.attributes },
    };
    spans.push(recorded);
    return spanOf(recorded, sampled);
  };
  const startActiveSpan = (): never => {
    throw new Error('nothing is to be active: there is no context manager at the edge');
  };
  return { tracer: { startSpan, startActiveSpan }, spans };
}

function spanOf(recorded: RecordedSpan, sampled: boolean): Span {
  const span: Span = {
    spanContext: () => recorded.context,
    setAttribute: (name, value) => {
      recorded.attributes[name] = value;
      return span;
    },
    setAttributes: (attributes) => {
      Object.assign(recorded.attributes, attributes);
      return span;
    },
    addEvent: () => span,
    addLink: () => span,
    addLinks: () => span,
    recordException: () => {},
    setStatus: ({ code }) => {
      recorded.status = code;
      return span;
    },
    updateName: (name) => {
      recorded.name = name;
      return span;
    },
    end: (endTime) => {
      recorded.endTime = endTime;
    },
    isRecording: () => sampled && recorded.endTime === undefined,
  };
  return span;
}
