import type { Decision, ForwardDecision } from '@portolan/engine';
import { describe, expect, it, vi } from 'vitest';

import { forwardDecision } from '../../test/decision/forward-decision.ts';
import type { Connection } from '../connection/connection.ts';
import type { Dialer, Reachable } from '../dialer/dialer.ts';
import { createProxy, type ProxyOptions } from './proxy.ts';

const connection: Connection = { scheme: 'http', host: 'shop.example', port: 80 };

type Fetch = Reachable['fetch'];

/** A dialer that reaches whatever `fetch` makes of it. */
function dialer(fetch: Fetch, parts: Partial<Reachable> = {}): Dialer {
  const base = 'http://127.0.0.1:8080';
  return {
    name: 'test',
    dial: () => ({ fetch, base, keepsHost: false, upgrades: 'none', ...parts }),
  };
}

interface Asked {
  readonly decision?: Decision;
  readonly request?: Request;
  readonly connection?: Connection;
  readonly options?: Partial<ProxyOptions>;
}

function handle(dialers: readonly Dialer[], asked: Asked = {}): Promise<Response> {
  const request = asked.request ?? new Request('http://shop.example/');
  return createProxy({ dialers, newRequestId: () => 'id-1', ...asked.options }).handle(
    request,
    asked.decision ?? forwardDecision(),
    asked.connection ?? connection,
  );
}

/** What the endpoint gets to see. */
async function sent(asked: Asked, parts?: Partial<Reachable>): Promise<Request> {
  const fetch = vi.fn<Fetch>(async () => new Response());
  await handle([dialer(fetch, parts)], asked);
  const request = fetch.mock.calls[0]?.[0];
  if (request === undefined) throw new Error('nothing was sent');
  return request;
}

async function reason(response: Response): Promise<unknown> {
  const { status, reason: why }: { status: number; reason: string } = await response.json();
  expect(status).toBe(response.status);
  return [status, why];
}

const answers = dialer(async () => new Response('ahoy'));

describe('forwarding', () => {
  it('sends to the path and the query of the Decision', async () => {
    const decision = forwardDecision({}, { path: '/a%2Fb//c/', query: 'q=%20+&r=a/b?c' });
    const { url } = await sent({ decision });
    expect(url).toBe('http://127.0.0.1:8080/a%2Fb//c/?q=%20+&r=a/b?c');
  });

  it.each(['/a/../b', '/a/%2e%2E/b', '/a\\b', '/a/.', '/a\nb', '/a?b', '/a#b', '@evil.example/'])(
    'refuses the path %j, which a URL cannot carry unchanged',
    async (path) => {
      const response = await handle([answers], { decision: forwardDecision({}, { path }) });
      expect(await reason(response)).toEqual([400, 'InvalidPath']);
    },
  );

  it('never takes a part of the query for anything else', async () => {
    const { url } = await sent({ decision: forwardDecision({}, { query: 'a#b' }) });
    expect(url).toBe('http://127.0.0.1:8080/?a%23b');
  });

  it('follows no redirect', async () => {
    expect((await sent({})).redirect).toBe('manual');
  });

  it('names the request with a new id, and with the one that a trusted proxy gave it', async () => {
    expect((await sent({})).headers.get('x-request-id')).toBe('id-1');
    const forwarded = { hops: [], requestId: 'known' };
    const known = await sent({ connection: { ...connection, forwarded } });
    expect(known.headers.get('x-request-id')).toBe('known');
    const made = await sent({ options: { newRequestId: undefined } });
    expect(made.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  it('shows the client’s Host where it can', async () => {
    const { headers } = await sent({}, { keepsHost: true });
    expect(headers.get('host')).toBe('shop.example');
    expect(headers.get('x-forwarded-host')).toBe('shop.example');
  });

  it('shows the Host that was decided where it can, and keeps the client’s beside it', async () => {
    const decision = forwardDecision({}, { hostname: 'cart.internal' });
    const { headers } = await sent({ decision }, { keepsHost: true });
    expect(headers.get('host')).toBe('cart.internal');
    expect(headers.get('x-forwarded-host')).toBe('shop.example');
  });

  it('has X-Forwarded-Host carry the Host that cannot be shown', async () => {
    const decision = forwardDecision({}, { hostname: 'cart.internal' });
    const { headers } = await sent({ decision });
    expect(headers.has('host')).toBe(false);
    expect(headers.get('x-forwarded-host')).toBe('cart.internal');
  });

  it('keeps the client’s Host in X-Forwarded-Host where the endpoint’s own name is the one decided', async () => {
    const decision = forwardDecision(
      { address: 'pay.example.com' },
      { hostname: 'pay.example.com' },
    );
    const { headers } = await sent({ decision }, { base: 'https://pay.example.com:8443' });
    expect(headers.get('x-forwarded-host')).toBe('shop.example');
  });

  it('sends no Host where the client sent none', async () => {
    const { headers } = await sent(
      { connection: { ...connection, host: '' } },
      { keepsHost: true },
    );
    expect(headers.has('host')).toBe(false);
    expect(headers.has('x-forwarded-host')).toBe(false);
  });

  it('does not read the body of the answer', async () => {
    const pull = vi.fn<() => void>();
    const body = new ReadableStream({ pull }, { highWaterMark: 0 });
    await handle([dialer(async () => new Response(body))]);
    expect(pull).not.toHaveBeenCalled();
  });

  it('lets go of the body of an answer that has none', async () => {
    const cancel = vi.fn<() => void>();
    const body = new ReadableStream({ cancel });
    const request = new Request('http://shop.example/', { method: 'HEAD' });
    await handle([dialer(async () => new Response(body))], { request });
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('passes an upgraded answer on untouched', async () => {
    const upgraded = Object.defineProperty(new Response(), 'webSocket', { value: {} });
    const headers = { connection: 'Upgrade', upgrade: 'WebSocket', 'sec-websocket-version': '13' };
    const request = new Request('http://shop.example/', { headers });
    const fetch = vi.fn<Fetch>(async () => upgraded);
    expect(await handle([dialer(fetch, { upgrades: 'fetch' })], { request })).toBe(upgraded);
    expect(fetch.mock.calls[0]?.[0].headers.get('upgrade')).toBe('websocket');
  });

  it('rejects where it is called with a request whose body has been read', async () => {
    const request = new Request('http://shop.example/', { method: 'POST', body: 'x' });
    await request.text();
    await expect(handle([answers], { request })).rejects.toThrow(TypeError);
  });
});

describe('failing to forward', () => {
  const fails = dialer(() => Promise.reject(new Error('10.0.0.1:80 of shop/cart refused')));

  it('is 502 where the endpoint cannot be reached, without saying which', async () => {
    const response = await handle([fails]);
    expect(await response.clone().text()).not.toMatch(/10\.0\.0\.1|cart|refused/);
    expect(await reason(response)).toEqual([502, 'UpstreamUnreachable']);
  });

  it('is 502 where no dialer reaches the endpoint', async () => {
    const refuses: Dialer = {
      name: 'test',
      dial: () => ({ unreachable: 'AddressNotAllowed', message: '10.0.0.1 is in none' }),
    };
    expect(await reason(await handle([refuses]))).toEqual([502, 'NoDialer']);
    expect(await reason(await handle([]))).toEqual([502, 'NoDialer']);
  });

  it('is 499 where the client has gone, whatever became of the endpoint', async () => {
    const request = new Request('http://shop.example/', { signal: AbortSignal.abort() });
    expect(await reason(await handle([fails], { request }))).toEqual([499, 'ClientClosedRequest']);
  });

  it('tells the endpoint that the client has gone', async () => {
    const client = new AbortController();
    const request = new Request('http://shop.example/', { signal: client.signal });
    const waits: Fetch = ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        client.abort();
      });
    expect(await reason(await handle([dialer(waits)], { request }))).toEqual([
      499,
      'ClientClosedRequest',
    ]);
  });

  it('is 504 where the endpoint does not begin to answer in time', async () => {
    const waits: Fetch = ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    const { settings } = forwardDecision();
    const decision = forwardDecision({}, { settings: { ...settings, firstByteTimeout: 1 } });
    expect(await reason(await handle([dialer(waits)], { decision }))).toEqual([
      504,
      'UpstreamTimeout',
    ]);
  });

  it('is 501 for a WebSocket that cannot be passed on', async () => {
    const headers = { connection: 'Upgrade', upgrade: 'websocket' };
    const request = new Request('http://shop.example/', { headers });
    expect(await reason(await handle([answers], { request }))).toEqual([
      501,
      'UpgradeNotSupported',
    ]);
  });

  it.each([
    ['GET', 'content-length', '5'],
    ['HEAD', 'content-length', '5'],
    ['GET', 'transfer-encoding', 'chunked'],
  ])('is 501 for %s with content announced by %s: %s', async (method, name, value) => {
    const request = new Request('http://shop.example/', { method, headers: { [name]: value } });
    expect((await handle([answers], { request })).status).toBe(501);
  });

  it.each(['CONNECT', 'TRACE', 'TRACK', 'get'])(
    'is 501 for %s, which fetch does not send as it is',
    async (method) => {
      const request = Object.defineProperty(new Request('http://shop.example/'), 'method', {
        value: method,
      });
      expect(await reason(await handle([answers], { request }))).toEqual([
        501,
        'MethodNotSupported',
      ]);
    },
  );

  it('takes a GET that announces no content for what it is', async () => {
    const request = new Request('http://shop.example/', { headers: { 'content-length': '0' } });
    expect((await handle([answers], { request })).status).toBe(200);
  });
});

describe('those who watch', () => {
  async function observed(dialers: readonly Dialer[], asked: Asked = {}) {
    const observe = vi.fn<NonNullable<ProxyOptions['observe']>>();
    const options = { observe, now: () => 1_000, ...asked.options };
    const response = await handle(dialers, { ...asked, options });
    const text = await response.text();
    return { exchanges: observe.mock.calls.map(([told]) => told), text };
  }

  it('are told the whole story once the answer has ended', async () => {
    const decision = forwardDecision();
    const { exchanges, text } = await observed([answers], { decision });
    expect(text).toBe('ahoy');
    expect(exchanges).toEqual([
      {
        requestId: 'id-1',
        traceparent: expect.stringMatching(/^00-/),
        startedAt: 1_000,
        method: 'GET',
        scheme: 'http',
        host: 'shop.example',
        path: '/',
        service: decision.service,
        status: 200,
        tries: [{ endpoint: decision.endpoint, status: 200, startedAfter: 0, duration: 0 }],
        end: 'complete',
        timeToFirstByte: 0,
        duration: 0,
        ...(exchanges[0]?.bytes !== undefined && { bytes: 4 }),
      },
    ]);
  });

  it('are not told before it has ended', async () => {
    const observe = vi.fn<NonNullable<ProxyOptions['observe']>>();
    let end: () => void = () => undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        end = () => controller.close();
      },
    });
    const response = await handle([dialer(async () => new Response(body))], {
      options: { observe },
    });
    expect(observe).not.toHaveBeenCalled();
    end();
    await response.text();
    expect(observe).toHaveBeenCalledOnce();
  });

  it('are told of what the client leaves unread', async () => {
    const observe = vi.fn<NonNullable<ProxyOptions['observe']>>();
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(10)),
    });
    const response = await handle([dialer(async () => new Response(body))], {
      options: { observe },
    });
    await response.body?.cancel();
    await vi.waitFor(() => expect(observe).toHaveBeenCalledOnce());
    expect(observe.mock.calls[0]?.[0].end).toBe('aborted');
  });

  it('are told what each dialer said, and the client nothing of it', async () => {
    const refuses: Dialer = {
      name: 'test',
      dial: () => ({ unreachable: 'AddressNotAllowed', message: '10.0.0.1 is in none' }),
    };
    const decision = forwardDecision({ address: '10.0.0.1' });
    const { exchanges, text } = await observed([refuses, refuses], { decision });
    expect(exchanges).toMatchObject([
      {
        status: 502,
        failure: {
          reason: 'NoDialer',
          message:
            'test: AddressNotAllowed: 10.0.0.1 is in none; test: AddressNotAllowed: 10.0.0.1 is in none',
        },
        tries: [{ endpoint: decision.endpoint, failure: 'NoDialer' }],
      },
    ]);
    expect(text).not.toMatch(/AddressNotAllowed|10\.0\.0\.1|cart/);
  });

  it('are told what an endpoint failed with, down to the cause', async () => {
    const cause = new Error('connect ECONNREFUSED 10.0.0.1:80');
    const fails = dialer(() => Promise.reject(new TypeError('fetch failed', { cause })));
    expect((await observed([fails])).exchanges).toMatchObject([
      {
        failure: {
          reason: 'UpstreamUnreachable',
          message: 'fetch failed: connect ECONNREFUSED 10.0.0.1:80',
        },
      },
    ]);
  });

  it('are told what was decided', async () => {
    const service = { namespace: 'shop', name: 'cart' };
    const message = 'Service shop/cart does not exist';
    const route = { kind: 'Ingress', namespace: 'shop', name: 'shop', rule: 'spec.rules[0]' };
    const why = { status: 503, reason: 'BackendNotFound', message } as const;
    const { exchanges, text } = await observed([], {
      decision: { outcome: 'respond', ...why, route, service },
    });
    expect(exchanges).toMatchObject([
      { status: 503, failure: { reason: why.reason, message }, route, service, tries: [] },
    ]);
    expect(text).not.toContain('cart');
  });

  it('can make spans: the endpoint is sent the one of theirs', async () => {
    const end = vi.fn<() => void>();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const start = vi.fn<NonNullable<ProxyOptions['tracer']>['start']>(() => ({ traceparent, end }));
    const { headers } = await sent({ options: { tracer: { start } } });
    expect(headers.get('traceparent')).toBe(traceparent);
    expect(start).toHaveBeenCalledWith({
      method: 'GET',
      scheme: 'http',
      host: 'shop.example',
      path: '/',
    });
    expect(end).toHaveBeenCalledOnce();
  });
});

describe('answering as decided', () => {
  const respond: Decision = {
    outcome: 'respond',
    status: 404,
    reason: 'NoMatchingRoute',
    message: 'no rule of shop/shop takes /',
  };

  it('responds with status and reason, and keeps the message to itself', async () => {
    const response = await handle([], { decision: respond });
    expect(await response.clone().text()).not.toContain('shop');
    expect(response.headers.get('x-request-id')).toBe('id-1');
    expect(await reason(response)).toEqual([404, 'NoMatchingRoute']);
  });

  it('redirects', async () => {
    const route = { kind: 'Ingress', namespace: 'shop', name: 'shop', rule: 'spec.rules[0]' };
    const decision: Decision = { outcome: 'redirect', status: 302, location: '/cart', route };
    const response = await handle([], { decision });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/cart');
  });
});

it('carries out a Decision that has been cloned', async () => {
  const decision: ForwardDecision = structuredClone(forwardDecision());
  expect(await (await handle([answers], { decision })).text()).toBe('ahoy');
});
