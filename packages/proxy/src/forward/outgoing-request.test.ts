import type { ForwardDecision } from '@portolan/engine';
import { DEFAULT_SETTINGS } from '@portolan/settings';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createProxy } from '../proxy/proxy.ts';
import { receive } from '../request-facts/receive.ts';
import type { Target } from '../target/target.ts';
import { url } from '../url-dialer/url.ts';
import { endpointHeaders, outgoingHeaders, outgoingTarget } from './outgoing-request.ts';

const pod = { address: '10.244.1.7', addressType: 'IPv4', port: 8080 } as const;
const endpoint = { ...pod, ready: true, serving: true, terminating: false };
const decision: ForwardDecision = {
  outcome: 'forward',
  service: { namespace: 'shop', name: 'cart', port: 80, portName: '' },
  settings: DEFAULT_SETTINGS,
  endpoint,
  endpoints: [endpoint],
  path: '/cart',
  query: '',
  filters: [
    { type: 'RequestHeaderModifier', set: [{ name: 'X-Set', value: '1' }], remove: ['x-removed'] },
  ],
};
const connection = {
  scheme: 'https',
  host: 'shop.example',
  port: 443,
  clientAddress: '203.0.113.7',
} as const;
const headers = { accept: 'text/html', 'x-removed': '1', forwarded: 'for=192.0.2.9', te: 'x' };
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';

function foretold(target: Target, more: Partial<ForwardDecision> = {}): object {
  const request = { method: 'GET', headers: new Headers(headers) };
  const changed = { ...decision, ...more };
  const seen = endpointHeaders(request, changed, connection, target, 'id', traceparent);
  return seen instanceof Headers ? Object.fromEntries(seen) : seen;
}

async function sent(target: Target): Promise<object> {
  let seen: object = {};
  const fetch = async (request: Request): Promise<Response> => {
    // Some runtimes are asked to leave bodies uncoded.
    request.headers.delete('accept-encoding');
    seen = Object.fromEntries(request.headers);
    return new Response();
  };
  const proxy = createProxy({
    dialers: [url({ target, ipLiterals: true, fetch })],
    newRequestId: () => 'id',
    tracer: { start: () => ({ traceparent, end: () => undefined }) },
  });
  await proxy.handle(new Request('https://shop.example/cart', { headers }), decision, connection);
  return seen;
}

describe('the header fields that an endpoint would see', () => {
  it('are those that it is sent, where Host is kept', async () => {
    expect(foretold('deno')).toEqual(await sent('deno'));
    expect(foretold('deno')).toMatchObject({ host: 'shop.example', 'x-set': '1' });
  });

  it('are those that it is sent and its own authority as Host, where that is not kept', async () => {
    expect(foretold('workers')).toEqual({ host: '10.244.1.7:8080', ...(await sent('workers')) });
    const filters = [
      { type: 'RequestHeaderModifier', set: [{ name: 'host', value: 'h' }] },
    ] as const;
    expect(foretold('workers', { filters })).toMatchObject({ host: '10.244.1.7:8080' });
  });

  it('are none where no fetch speaks its protocol', () => {
    const service = { ...decision.service, appProtocol: 'kubernetes.io/h2c' };
    expect(foretold('workers', { service })).toMatchObject({ unreachable: 'ProtocolNotSupported' });
  });

  it('are none where the Host is to be kept and can not be', () => {
    const settings = { ...DEFAULT_SETTINGS, hostPolicy: 'Require' } as const;
    expect(foretold('workers', { settings })).toMatchObject({ unreachable: 'HostNotKept' });
    expect(foretold('deno', { settings })).toMatchObject({ host: 'shop.example' });
  });
});

describe('what an endpoint is told of a request', () => {
  const by = { base: 'http://10.244.1.7:8080', keepsHost: true };
  const told = (fields: HeadersInit, method = 'GET'): Record<string, string> => {
    const request = { method, headers: new Headers(fields), url: 'https://shop.example/cart' };
    const received = receive({ cidrs: ['10.0.0.0/8'] })(request, {
      entrance: 'external',
      clientAddress: '203.0.113.7',
    });
    const seen = outgoingHeaders(request, decision, received, by, { requestId: 'id', traceparent });
    return seen instanceof Headers ? Object.fromEntries(seen) : {};
  };
  const plain = told({});

  it('can not be taken away by naming it in Connection', () => {
    const connected = Object.keys(plain).join(', ');
    expect(told({ connection: connected })).toEqual(plain);
    expect(told({ connection: connected, 'x-forwarded-for': '6.6.6.6' })).toEqual(plain);
  });

  it('has no upgrade to HTTP/2, and no trailers', () => {
    const upgrade = { upgrade: 'h2c', 'http2-settings': 'AAMAAABk', te: 'trailers' };
    expect(told({ ...upgrade, connection: 'Upgrade, HTTP2-Settings, TE' })).toEqual(plain);
    expect(told(upgrade)).toEqual(plain);
  });

  it('has the upgrade to a WebSocket', () => {
    const upgrade = { upgrade: 'websocket', connection: 'Upgrade' };
    expect(told(upgrade)).toEqual({ ...plain, upgrade: 'websocket' });
  });

  it('is what we say, whatever a client that is not trusted claims', () => {
    const words = fc.constantFrom(
      'forwarded',
      'x-forwarded-for',
      'x-forwarded-proto',
      'x-forwarded-host',
      'x-forwarded-port',
      'x-forwarded-prefix',
      'x-real-ip',
      'x-request-id',
      'traceparent',
      'tracestate',
      'true-client-ip',
      'transfer-encoding',
      'keep-alive',
      'http2-settings',
      'proxy',
    );
    const name = fc
      .tuple(words, fc.constantFrom('-', '_', '.'), fc.boolean())
      .map(([word, dash, isUpper]) => {
        const spelt = word.replaceAll('-', dash);
        return isUpper ? spelt.toUpperCase() : spelt;
      });
    const value = fc.oneof(
      fc.constantFrom('10.0.0.1', 'https', traceparent.replace('7', '8'), 'a=1', 'evil.example'),
      fc.string({ unit: fc.constantFrom(...Array.from('for=";,.:\\ _-16[]')) }),
    );
    const claims = fc.array(fc.tuple(name, value), { maxLength: 6 });
    fc.assert(
      fc.property(claims, fc.array(words), (claimed, named) => {
        const fields = new Headers(claimed);
        if (named.length > 0) fields.set('connection', named.join(','));
        expect(told(fields)).toEqual(plain);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('where a request goes', () => {
  const at = (received: string): string | undefined => {
    const { pathname: path, search } = new URL(received);
    return outgoingTarget({ path, query: search.slice(1) }, { url: received });
  };

  it.each(['/cart', '/cart?', '/cart?item=1', '/cart??', '/cart??a', '/?a=%zz&b=é'])(
    'is %s unchanged',
    (target) => {
      const { href, origin } = new URL(target, 'http://10.244.1.7:8080');
      expect(at(`https://shop.example${target}`)).toBe(href.slice(origin.length));
    },
  );

  it.each(['/a/../b', '/.', '/a/%2E/b', '/a\\b', '/a b', '/ä', 'a', ''])(
    'is nowhere with %j, a path that a URL would change',
    (path) => {
      const received = { url: 'https://shop.example/' };
      expect(outgoingTarget({ path, query: '' }, received)).toBeUndefined();
    },
  );

  it('is what a URL would write, of any path and query', () => {
    const text = fc.string({
      unit: fc.constantFrom(...Array.from('ab/.%2eE?&=+\'"<> \\|ä#;@:{}^`[]~!$()*,-_')),
    });
    fc.assert(
      fc.property(text, text, (rest, query) => {
        const path = `/${rest}`;
        const expected = new URL('http://10.244.1.7:8080');
        expected.pathname = path;
        expected.search = query === '' ? '' : `?${query}`;
        expect(outgoingTarget({ path, query }, { url: 'http://shop.example/' })).toBe(
          expected.pathname === path ? path + expected.search : undefined,
        );
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});
