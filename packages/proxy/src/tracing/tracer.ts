import type { Exchange } from '../exchange/exchange.ts';

/** Makes spans of requests, such as OpenTelemetry's. */
export interface RequestTracer {
  /** A request begins; called before it is sent anywhere. Must not throw. */
  readonly start: (request: TracedRequest) => RequestSpan;
}

/** What is known of a request when it begins. */
export interface TracedRequest {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly path: string;
  /** Of a trusted proxy in front of us: W3C Trace Context. */
  readonly parent?: { readonly traceparent: string; readonly tracestate?: string };
}

/** The span of one request. */
export interface RequestSpan {
  /** What the endpoint is sent: W3C Trace Context. */
  readonly traceparent: string;
  readonly tracestate?: string;
  readonly end: (exchange: Exchange) => void;
}
