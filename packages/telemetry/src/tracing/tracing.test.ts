import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Exchange, TracedRequest } from '@portolan/proxy';
import { describe, expect, it } from 'vitest';

import { answered, refused } from '../../test/exchange.ts';
import { memoryTracer, type RecordedSpan } from '../../test/memory-tracer.ts';
import { tracing } from './tracing.ts';

const request: TracedRequest = {
  method: 'GET',
  scheme: 'https',
  host: 'shop.example:8443',
  path: '/cart/7',
};

function traced(exchange: Exchange, about: Partial<TracedRequest> = {}, sampled = true) {
  const { tracer, spans } = memoryTracer(sampled);
  const { method } = exchange;
  const { end, ...sent } = tracing({ tracer, now: () => 1000 }).start({
    ...request,
    method,
    ...about,
  });
  end(exchange);
  return { spans, sent };
}

/** Attributes that are there. */
function known({ attributes }: RecordedSpan): object {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

describe('tracing', () => {
  it('makes a SERVER span of a request, after the semantic conventions for HTTP', () => {
    const [server] = traced(answered).spans;
    expect(server).toMatchObject({
      name: 'GET /cart',
      kind: SpanKind.SERVER,
      startTime: 1000,
      endTime: 1040.5,
    });
    expect(server?.status).toBeUndefined();
    expect(server && known(server)).toEqual({
      'http.request.method': 'GET',
      'url.scheme': 'https',
      'url.path': '/cart/7',
      'server.address': 'shop.example',
      'server.port': 8443,
      'http.response.status_code': 200,
      'http.route': '/cart',
      'client.address': '203.0.113.9',
      'portolan.route': 'Ingress shop/web spec.rules[0].http.paths[1]',
      'portolan.service': 'shop/cart:80',
      'portolan.request_id': 'c0ffee',
      'portolan.snapshot': '0123456789abcdef',
      'portolan.end': 'complete',
    });
  });

  it('makes a CLIENT span below it of each try, with its own times', () => {
    const [server, first, second, ...others] = traced(answered).spans;
    expect(others).toEqual([]);
    expect([first?.parent, second?.parent]).toEqual([server?.context, server?.context]);
    expect(first).toMatchObject({
      name: 'GET',
      kind: SpanKind.CLIENT,
      startTime: 1001,
      endTime: 1003,
      status: SpanStatusCode.ERROR,
    });
    expect(first && known(first)).toEqual({
      'http.request.method': 'GET',
      'server.address': 'fd00::8',
      'server.port': 8080,
      'error.type': 'UpstreamUnreachable',
    });
    expect(second).toMatchObject({ startTime: 1004, endTime: 1034 });
    expect(second && known(second)).toEqual({
      'http.request.method': 'GET',
      'http.request.resend_count': 1,
      'http.response.status_code': 200,
      'server.address': '10.0.0.7',
      'server.port': 8080,
    });
  });

  it("tells the endpoint of the SERVER span, and goes on with a trusted caller's trace", () => {
    const parent = {
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      tracestate: 'vendor=1',
    };
    const { spans, sent } = traced(answered, { parent });
    expect(spans[0]?.parent).toMatchObject({ spanId: '00f067aa0ba902b7', isRemote: true });
    expect(sent).toEqual({
      traceparent: `00-4bf92f3577b34da6a3ce929d0e0e4736-${spans[0]?.context.spanId}-01`,
      tracestate: 'vendor=1',
    });
  });

  it.each([
    'nonsense',
    '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
    'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  ])('begins a trace where the caller says %s', (traceparent) => {
    const { spans, sent } = traced(answered, { parent: { traceparent } });
    expect(spans[0]?.parent).toBeUndefined();
    expect(sent).toEqual({ traceparent: `00-${'f'.repeat(32)}-0000000000000001-01` });
  });

  it('says that a request was not sampled, and spares the work', () => {
    const { spans, sent } = traced(answered, {}, false);
    expect(sent.traceparent).toMatch(/-00$/);
    expect(spans).toHaveLength(1);
    expect(spans[0]?.endTime).toBe(1040.5);
  });

  it('makes valid ids, not sampled, where the tracer makes no spans', () => {
    const start = () => tracing({ tracer: trace.getTracer('none') }).start(request).traceparent;
    expect(start()).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-00$/);
    expect(start()).not.toBe(start());
  });

  it.each([
    ['our own 503', refused, 'BackendNotFound'],
    ["the endpoint's 500", { ...answered, status: 500 }, '500'],
    ['a body that broke off', { ...answered, end: 'broken' }, 'broken'],
    ['a body that stood still', { ...answered, end: 'idle' }, 'idle'],
  ] as const)('calls %s an error', (_, exchange, type) => {
    const [server] = traced(exchange).spans;
    expect(server?.status).toBe(SpanStatusCode.ERROR);
    expect(server?.attributes['error.type']).toBe(type);
  });

  it.each([
    ['a 404 of ours', { ...refused, status: 404 }],
    ['a client that left', { ...refused, status: 499, end: 'aborted' }],
  ] as const)('calls %s no error', (_, exchange) => {
    const [server] = traced(exchange).spans;
    expect(server?.status).toBeUndefined();
    expect(server?.attributes['error.type']).toBeUndefined();
  });

  it('calls a try with a 4xx an error, as of a client', () => {
    const tries = answered.tries.slice(1).map((each) => ({ ...each, status: 404 }));
    const [, client] = traced({ ...answered, status: 404, tries }).spans;
    expect(client).toMatchObject({
      status: SpanStatusCode.ERROR,
      attributes: { 'error.type': '404' },
    });
  });

  it('gives a method that it does not know no name of its own', () => {
    const [server] = traced({ ...refused, method: 'BREW' }).spans;
    expect(server).toMatchObject({
      name: 'HTTP',
      attributes: { 'http.request.method': '_OTHER', 'http.request.method_original': 'BREW' },
    });
  });

  it.each([
    ['shop.example', 'shop.example', undefined],
    ['shop.example:80', 'shop.example', 80],
    ['192.0.2.1:80', '192.0.2.1', 80],
    ['[fd00::7]', 'fd00::7', undefined],
    ['[fd00::7]:80', 'fd00::7', 80],
    ['', undefined, undefined],
  ])('reads name and port of the host %j', (host, address, port) => {
    const [server] = traced(answered, { host }).spans;
    expect([server?.attributes['server.address'], server?.attributes['server.port']]).toEqual([
      address,
      port,
    ]);
  });
});
