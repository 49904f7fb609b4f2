import type { ObjectKey } from '@portolan/core';
import type { Filter, Match, RouteProvider } from '@portolan/routing';
import { describe, expect, it } from 'vitest';

import { shop } from '../../test/shop.ts';
import type { Explanation } from '../explanation/explanation.ts';
import type { DescribedRequest } from '../request/described-request.ts';
import { RequestFault } from '../request/request-fault.ts';
import { explain } from './explain.ts';

const snapshot = shop();

function explained(url: string, more: Partial<DescribedRequest> = {}): Explanation {
  return explain(snapshot, { url, ...more });
}

const cart0 = { address: '10.0.0.1', port: 8080, pod: 'cart-0', node: 'node-a', zone: 'zone-a' };
const cart1 = { address: '10.0.1.1', port: 8080, pod: 'cart-1', node: 'node-b', zone: 'zone-b' };
const cart2 = { address: '10.0.1.2', port: 8080, pod: 'cart-2', node: 'node-b', zone: 'zone-b' };
const office = { address: '10.0.1.5', port: 8080, pod: 'office-0', node: 'node-b', zone: 'zone-b' };

describe('a request that a rule takes', () => {
  it('is forwarded: with the rule, the Service, and who may answer and who may not', () => {
    const { candidates, headers, ...rest } = explained('http://shop.example//cart/./7?item=%41');
    expect(rest).toEqual({
      request: {
        method: 'GET',
        url: 'http://shop.example//cart/./7?item=%41',
        entrance: 'external',
      },
      outcome: 'forward',
      route: {
        kind: 'Ingress',
        namespace: 'shop',
        name: 'shop',
        rule: 'spec.rules[0].http.paths[1]',
        path: '/cart',
      },
      service: { namespace: 'shop', name: 'cart', port: 80 },
      target: '/cart/7?item=%41',
      endpoints: [cart0, cart1],
      excluded: [{ ...cart2, reason: 'NotReady' }],
    });
    expect(candidates).toHaveLength(18);
    expect(headers).toBeDefined();
  });

  it('is repeated as it was described, with what is assumed', () => {
    const request = {
      url: 'http://shop.example/cart',
      method: 'post',
      headers: { Accept: 'text/html' },
      from: '198.51.100.7',
      node: 'node-a',
      zone: 'zone-a',
    };
    expect(explain(snapshot, request).request).toEqual({
      ...request,
      method: 'POST',
      entrance: 'external',
    });
  });

  it('keeps to one endpoint where the Service wants that and the client is known', () => {
    const { affinity, endpoints, headers } = explained('http://shop.example/sticky', {
      from: '198.51.100.7',
    });
    expect(endpoints).toEqual([cart0, cart1]);
    expect(affinity).toEqual(cart1);
    expect(headers?.['host']).toBe('10.0.1.1:8080');
    expect(explained('http://shop.example/sticky').affinity).toBeUndefined();
    expect(explained('http://shop.example/cart', { from: '::1' }).affinity).toBeUndefined();
  });

  it('stays in its zone where the Service prefers that', () => {
    const zonal = explained('http://shop.example/zonal', { zone: 'zone-b' });
    expect(zonal.endpoints).toMatchObject([{ pod: 'zonal-1' }]);
    expect(zonal.excluded).toMatchObject([{ pod: 'zonal-0', reason: 'OtherZone' }]);
    expect(explained('http://shop.example/zonal').endpoints).toHaveLength(2);
  });

  it('goes by its Host header and not by its URL', () => {
    const headers = { host: 'shop.example' };
    const { service, request } = explained('http://192.0.2.77:81/cart', { headers });
    expect(service?.name).toBe('cart');
    expect(request).toMatchObject({ url: 'http://192.0.2.77:81/cart', headers });
  });

  it('is told which rule would have taken it, where a default backend does', () => {
    const defaultBackend = { namespace: 'shop', name: 'cart', port: 80 };
    const { route, candidates } = explain(shop({ defaultBackend }), { url: 'http://h/' });
    expect(route).toEqual({
      kind: 'EngineOptions',
      namespace: '',
      name: '',
      rule: 'defaultBackend',
    });
    expect(candidates?.at(-1)).toEqual({
      ...route,
      outcome: 'won',
      detail: 'no rule takes the request',
    });
  });
});

describe('a request at a Service’s own address', () => {
  it('goes to its endpoints, and no rule is asked', () => {
    const { frontend, route, candidates, service, target } = explained(
      'http://10.96.0.10//x/../y',
      {
        entrance: 'internal',
      },
    );
    expect(frontend).toBe('internal TCP 10.96.0.10:80');
    expect(service).toEqual({ namespace: 'shop', name: 'cart', port: 80 });
    expect(target).toBe('//y');
    expect(route).toBeUndefined();
    expect(candidates).toEqual([]);
  });

  it('may go by its name in DNS', () => {
    const url = 'http://cart.shop.svc.cluster.local/';
    expect(explained(url, { entrance: 'internal' }).service?.name).toBe('cart');
    expect(explained(url).reason).toBe('NoMatchingRoute');
  });

  it('comes to a node port at any node', () => {
    const { frontend, endpoints } = explained('http://192.0.2.1:30081/');
    expect(frontend).toBe('external TCP *:30081');
    expect(endpoints).toEqual([cart0, cart1]);
  });

  it('stays on the node whose address it is where the external policy is Local', () => {
    expect(explained('http://192.0.2.2:30080/').endpoints).toEqual([office]);
    expect(explained('http://192.0.2.1:30080/')).toMatchObject({
      status: 503,
      reason: 'NoReadyEndpoints',
      service: { namespace: 'shop', name: 'office', port: 80 },
      endpoints: [],
      excluded: [{ ...office, reason: 'OtherNode' }],
    });
  });

  it('stays on the node where it was received where the internal policy is Local', () => {
    const at = (node: string): Explanation =>
      explained('http://10.96.0.11/', { entrance: 'internal', node });
    expect(at('node-b').endpoints).toEqual([office]);
    expect(at('node-a').excluded).toEqual([{ ...office, reason: 'OtherNode' }]);
  });

  it('comes to a load balancer from the ranges that its Service allows', () => {
    expect(explained('http://203.0.113.10/', { from: '198.51.100.7' })).toMatchObject({
      outcome: 'forward',
      frontend: 'external TCP 203.0.113.10:80',
      endpoints: [cart0, cart1],
    });
  });

  it('is turned away from there otherwise, and told from which Service', () => {
    expect(explained('http://203.0.113.10/', { from: '192.0.2.7' })).toEqual({
      request: {
        method: 'GET',
        url: 'http://203.0.113.10/',
        entrance: 'external',
        from: '192.0.2.7',
      },
      outcome: 'respond',
      status: 403,
      reason: 'SourceNotAllowed',
      message: '192.0.2.7 is in none of 198.51.100.0/24',
      frontend: 'external TCP 203.0.113.10:80',
      service: { namespace: 'shop', name: 'partners', port: 80 },
      endpoints: [],
      excluded: [],
      candidates: [],
    });
  });
});

describe('a request that nobody answers', () => {
  it.each([
    ['http://shop.example/%zz', 400, 'InvalidPath'],
    ['http://elsewhere.example/', 404, 'NoMatchingRoute'],
    ['http://shop.example/', 503, 'BackendNotFound'],
    ['http://shop.example/port', 503, 'PortNotFound'],
    ['http://shop.example/search', 503, 'NoReadyEndpoints'],
    ['http://shop.example/nobody', 503, 'NoReadyEndpoints'],
    ['http://shop.example/names', 503, 'UnsupportedProtocol'],
    ['http://shop.example/secret', 503, 'ExternalNameNotAllowed'],
  ])('%s gets %i %s', (url, status, reason) => {
    const { outcome, message, endpoints, ...rest } = explained(url);
    expect(rest).toMatchObject({ status, reason });
    expect({ outcome, endpoints }).toEqual({ outcome: 'respond', endpoints: [] });
    expect(message).not.toBe('');
    expect(rest.target).toBeUndefined();
    expect(rest.headers).toBeUndefined();
  });

  it.each(['a b', 'me@shop.example', 'shop..example'])(
    '%j as Host gets 400 InvalidHost',
    (host) => {
      const { status, reason, message } = explained('http://shop.example/', { headers: { host } });
      expect({ status, reason }).toEqual({ status: 400, reason: 'InvalidHost' });
      expect(message).toBe(`${JSON.stringify(host)} is not a host`);
    },
  );

  it('has the rule that took it, the Service, and the Pods that are not ready', () => {
    expect(explained('http://shop.example/search')).toMatchObject({
      route: { path: '/search' },
      service: { name: 'search', port: 80 },
      excluded: [
        { pod: 'search-0', reason: 'NotReady' },
        { pod: 'search-1', reason: 'NotReady' },
      ],
    });
  });

  it('has candidates and excluded endpoints even where none were looked at', () => {
    expect(explained('http://h/', { entrance: 'internal' })).toMatchObject({
      reason: 'NoMatchingRoute',
      candidates: [],
      excluded: [],
    });
  });

  it('throws where it can not be sent at all', () => {
    expect(() => explained('shop.example/cart')).toThrow(RequestFault);
  });
});

describe('why a rule lost', () => {
  /** Rules with conditions and filters, which Ingress has none of. */
  const routes: RouteProvider = {
    routes: () => ({
      routes: [
        {
          source: { kind: 'HTTPRoute', namespace: 'shop', name: 'conditions' },
          rules: Object.entries<Omit<Match, 'path'>>({
            POST: { method: 'POST' },
            header: { headers: [{ type: 'Exact', name: 'x-version', value: 'blue' }] },
            query: { queryParams: [{ type: 'Exact', name: 'v', value: '2' }] },
            plain: {},
            again: {},
          }).map(([field, condition]) => ({
            field,
            host: 'h',
            matches: [{ path: { type: 'PathPrefix', value: '/' }, ...condition }],
            backends: [],
          })),
        },
      ],
      conditions: [],
    }),
  };
  const conditions = shop({ routeProviders: [routes] });

  function reasonsOf(explanation: Explanation): Readonly<Record<string, string | undefined>> {
    return Object.fromEntries(
      (explanation.candidates ?? []).map(({ name, rule, reason, outcome }) => [
        `${name} ${rule}`,
        reason ?? outcome,
      ]),
    );
  }

  it('is its host, its path, a longer path or an older object', () => {
    expect(reasonsOf(explained('http://shop.example/same'))).toMatchObject({
      'shop spec.rules[0].http.paths[13]': 'won',
      'shop spec.rules[0].http.paths[0]': 'precedence',
      'shop spec.rules[0].http.paths[1]': 'path',
      'younger spec.rules[0].http.paths[0]': 'olderObject',
      'wild spec.rules[0].http.paths[0]': 'host',
    });
  });

  it('is an earlier rule of the same object', () => {
    expect(reasonsOf(explained('http://shop.example/younger'))).toMatchObject({
      'younger spec.rules[0].http.paths[1]': 'won',
      'younger spec.rules[0].http.paths[2]': 'earlierRule',
    });
  });

  it('is a method, a header or a query parameter that the request has not', () => {
    expect(reasonsOf(explain(conditions, { url: 'http://h/' }))).toEqual({
      'conditions POST': 'method',
      'conditions header': 'header',
      'conditions query': 'query',
      'conditions plain': 'won',
      'conditions again': 'earlierRule',
    });
  });

  it('is not a condition that the request meets', () => {
    const headers = { 'X-Version': 'blue' };
    const wonBy = (request: DescribedRequest): string | undefined =>
      explain(conditions, request).route?.rule;
    expect(wonBy({ url: 'http://h/', method: 'post' })).toBe('POST');
    expect(wonBy({ url: 'http://h/', headers })).toBe('header');
    expect(wonBy({ url: 'http://h/?v=2' })).toBe('query');
  });

  it('is said with host, path and type as the rule has them', () => {
    const { candidates } = explained('http://shop.example/cart/7');
    expect(candidates?.find(({ rule }) => rule.endsWith('[2]'))).toEqual({
      kind: 'Ingress',
      namespace: 'shop',
      name: 'shop',
      rule: 'spec.rules[0].http.paths[2]',
      path: '/cart/exactly',
      host: 'shop.example',
      pathType: 'Exact',
      outcome: 'lost',
      reason: 'path',
      detail: '/cart/7 is not exactly /cart/exactly',
    });
  });
});

describe('what a rule does to a request', () => {
  function through(
    ...filters: readonly Filter[]
  ): (request: Partial<DescribedRequest>) => Explanation {
    const backend = { group: '', kind: 'Service', namespace: 'shop', name: 'cart', port: 80 };
    const routes: RouteProvider = {
      routes: () => ({
        routes: [
          {
            source: { kind: 'HTTPRoute', namespace: 'shop', name: 'filters' },
            rules: [
              {
                field: 'spec.rules[0]',
                matches: [{ path: { type: 'PathPrefix', value: '/old' } }],
                filters,
                backends: [{ ...backend, weight: 1 }],
              },
            ],
          },
        ],
        conditions: [],
      }),
    };
    const filtered = shop({ routeProviders: [routes] });
    return (request) => explain(filtered, { url: 'http://h/old/x?q', ...request });
  }

  it('may be a redirect', () => {
    const redirected = through({
      type: 'RequestRedirect',
      scheme: 'https',
      statusCode: 301,
    })({});
    expect(redirected).toMatchObject({
      outcome: 'redirect',
      status: 301,
      location: 'https://h/old/x?q',
      route: { kind: 'HTTPRoute', rule: 'spec.rules[0]', path: '/old' },
      endpoints: [],
      excluded: [],
    });
    expect(redirected.headers).toBeUndefined();
  });

  it('may be another path and another host', () => {
    const path = { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' } as const;
    const { target, headers } = through({ type: 'URLRewrite', hostname: 'inner', path })({});
    expect(target).toBe('/new/x?q');
    expect(headers).toMatchObject({ host: '10.0.0.1:8080', 'x-forwarded-host': 'inner' });
  });

  it('may be to set, add and remove header fields', () => {
    const { headers } = through({
      type: 'RequestHeaderModifier',
      set: [{ name: 'X-Set', value: '1' }],
      add: [{ name: 'X-Added', value: '2' }],
      remove: ['X-Removed'],
    })({ headers: { 'x-set': '0', 'x-added': '0', 'x-removed': '0' } });
    expect(headers).toMatchObject({ 'x-set': '1', 'x-added': '0, 2' });
    expect(headers).not.toHaveProperty('x-removed');
  });
});

describe('what the endpoint sees', () => {
  const request: DescribedRequest = {
    url: 'https://shop.example:8443/cart',
    from: '198.51.100.7',
    headers: { Accept: 'text/html', Connection: 'x-hop', 'X-Hop': '1', 'X-Real-IP': '192.0.2.99' },
  };
  const forwarding = {
    accept: 'text/html',
    forwarded: 'for=198.51.100.7;host="shop.example:8443";proto=https',
    via: '1.1 portolan',
    'x-forwarded-for': '198.51.100.7',
    'x-forwarded-host': 'shop.example:8443',
    'x-forwarded-port': '8443',
    'x-forwarded-proto': 'https',
    'x-request-id': '<new for each request>',
  };

  it.each(['workers', 'node'] as const)('on %s is its own authority as Host', (target) => {
    expect(explain(snapshot, request, { target }).headers).toEqual({
      ...forwarding,
      host: '10.0.0.1:8080',
    });
  });

  it.each(['deno', 'bun'] as const)('on %s is the Host that the client sent', (target) => {
    expect(explain(snapshot, request, { target }).headers).toEqual({
      ...forwarding,
      host: 'shop.example:8443',
    });
  });

  it('leaves a well-known port out of Host, as fetch does', () => {
    const { headers } = explained('http://shop.example/payments');
    expect(headers).toMatchObject({
      host: 'payments.partner.example',
      'x-forwarded-host': 'shop.example',
    });
  });

  it('says that a WebSocket is to be opened', () => {
    const headers = { connection: 'upgrade', upgrade: 'WebSocket' };
    const seen = explained('http://shop.example/cart', { headers }).headers;
    expect(seen).toMatchObject({ upgrade: 'websocket' });
    expect(seen).not.toHaveProperty('connection');
  });

  it('is nothing where no fetch speaks its protocol', () => {
    const explanation = explained('http://shop.example/grpc');
    expect(explanation).toMatchObject({
      outcome: 'forward',
      unreachable:
        'appProtocol kubernetes.io/h2c needs HTTP/2 without TLS, which is not spoken here',
    });
    expect(explanation.headers).toBeUndefined();
  });
});

describe('a Pod that is stood in for', () => {
  it('is marked as such', () => {
    const standIns: ReadonlySet<ObjectKey> = new Set([
      'shop/cart-1',
      'shop/cart-2',
      'other/cart-0',
    ]);
    const { endpoints, excluded } = explain(
      snapshot,
      { url: 'http://shop.example/cart' },
      { standIns },
    );
    expect(endpoints).toEqual([cart0, { ...cart1, standIn: true }]);
    expect(excluded).toEqual([{ ...cart2, standIn: true, reason: 'NotReady' }]);
  });
});

describe('without a trace', () => {
  it('everything is said but what was considered', () => {
    for (const url of ['http://shop.example/cart', 'http://10.96.0.10/', 'http://h/']) {
      const considered = { candidates: undefined, excluded: undefined, frontend: undefined };
      expect(explain(snapshot, { url }, { trace: false })).toEqual({
        ...explained(url),
        ...considered,
        remedy: undefined,
      });
    }
  });
});
