import { describe, expect, it } from 'vitest';

import { shop, SHOP } from '../../test/shop.ts';
import type { RequestUnderTest } from '../request/read-request.ts';
import { RouteAssertionError } from './route-assertion-error.ts';
import type { RouteAssertion } from './route-assertion.ts';
import { route } from './route.ts';

const CART = 'https://shop.example/cart';
const OLD = 'http://shop.example/old';
const manifests = shop();

type Assert = (asked: RouteAssertion) => unknown;

/** What is thrown where something doesn't hold. */
function failure(assert: () => unknown): RouteAssertionError {
  try {
    assert();
  } catch (error) {
    if (error instanceof RouteAssertionError) return error;
    throw error;
  }
  throw new Error('it holds');
}

describe('each method holds where it is so, and only there', () => {
  const cases: readonly (readonly [string, string, Assert, Assert])[] = [
    ['toService', CART, (r) => r.toService('shop/cart'), (r) => r.toService('shop/storefront')],
    ['with a port', CART, (r) => r.toService('shop/cart', 80), (r) => r.toService('shop/cart', 81)],
    [
      'with the name of a port',
      CART,
      (r) => r.toService('shop/cart', 'http'),
      (r) => r.toService('shop/cart', 'metrics'),
    ],
    [
      'with both in one',
      CART,
      (r) => r.toService('shop/cart:80'),
      (r) => r.toService('shop/cart:metrics'),
    ],
    ['toPod', CART, (r) => r.toPod('cart-1'), (r) => r.toPod('cart-2')],
    ['toEndpoint', CART, (r) => r.toEndpoint('10.0.0.2:8080'), (r) => r.toEndpoint('10.0.0.2:80')],
    [
      'toRedirect',
      OLD,
      (r) => r.toRedirect('http://shop.example/new'),
      (r) => r.toRedirect('https://shop.example/new'),
    ],
    [
      'with a status',
      OLD,
      (r) => r.toRedirect('http://shop.example/new', 301),
      (r) => r.toRedirect('http://shop.example/new', 302),
    ],
    ['toReject', 'https://a.example/', (r) => r.toReject(404), (r) => r.toReject(503)],
    [
      'with a reason',
      'https://a.example/',
      (r) => r.toReject('NoMatchingRoute'),
      (r) => r.toReject('NoReadyEndpoints'),
    ],
    ['toPath', 'https://shop.example/api/7', (r) => r.toPath('/7'), (r) => r.toPath('/api/7')],
    ['without the query', `${CART}?a=1`, (r) => r.toPath('/cart'), (r) => r.toPath('/')],
    ['with the query', `${CART}?a=1`, (r) => r.toPath('/cart?a=1'), (r) => r.toPath('/cart?a=2')],
    [
      'toSeeHeaders',
      'https://shop.example/tagged',
      (r) => r.toSeeHeaders({ 'X-Tag': 'blue', 'X-Forwarded-Proto': 'https' }),
      (r) => r.toSeeHeaders({ 'X-Tag': 'blue', 'X-Forwarded-Proto': 'http' }),
    ],
    [
      'with a RegExp',
      CART,
      (r) => r.toSeeHeaders({ 'x-forwarded-host': /^shop\./g }),
      (r) => r.toSeeHeaders({ 'x-tag': /.*/ }),
    ],
    [
      'with undefined',
      CART,
      (r) => r.toSeeHeaders({ 'x-tag': undefined }),
      (r) => r.toSeeHeaders({ 'x-forwarded-host': undefined }),
    ],
    ['toBeReachable', CART, (r) => r.toBeReachable(), (r) => r.not.toBeReachable()],
    [
      'not.toBeReachable',
      'https://shop.example/asleep',
      (r) => r.not.toBeReachable(),
      (r) => r.toBeReachable(),
    ],
    [
      'toBeReachableFrom',
      'http://cart.shop.svc.cluster.local/',
      (r) => r.toBeReachableFrom('internal'),
      (r) => r.toBeReachableFrom('external'),
    ],
  ];

  it.each(cases)('%s', (_, url, holds, fails) => {
    expect(() => holds(route(manifests, url))).not.toThrow();
    expect(() => fails(route(manifests, url).not)).not.toThrow();
    expect(failure(() => fails(route(manifests, url)))).toBeInstanceOf(RouteAssertionError);
    expect(failure(() => holds(route(manifests, url).not))).toBeInstanceOf(RouteAssertionError);
  });
});

describe('a chain', () => {
  it('goes on about the same request', () => {
    const asked = route(manifests, CART).toService('shop/cart').toPod('cart-0').toPath('/cart');
    expect(failure(() => asked.toPath('/')).message).toContain('expected path /, got path /cart');
  });

  it('negates only the method behind not', () => {
    const asked = route(manifests, CART).not.toService('shop/storefront');
    expect(() => asked.toService('shop/storefront')).toThrow('expected Service shop/storefront');
    expect(() => asked.not.not.toService('shop/cart')).not.toThrow();
  });

  it('goes on about the request from there after toBeReachableFrom', () => {
    const asked = route(manifests, 'http://cart.shop.svc.cluster.local/');
    expect(() => asked.toBeReachableFrom('internal').toService('shop/cart:80')).not.toThrow();
    expect(() => asked.not.toBeReachableFrom('external').toReject(404)).not.toThrow();
  });
});

describe('a request', () => {
  it.each<[RequestUnderTest, Assert]>([
    ['https://shop.example/cart', (r) => r.toService('shop/cart')],
    ['DELETE https://shop.example/cart', (r) => r.toService('shop/cart')],
    [{ url: 'http://203.0.113.10/', from: '198.51.100.7' }, (r) => r.toService('shop/partners')],
    [{ url: 'http://203.0.113.10/', from: '192.0.2.1' }, (r) => r.toReject('SourceNotAllowed')],
    [
      { url: 'http://a.example/cart', headers: { host: 'shop.example' } },
      (r) => r.toService('shop/cart'),
    ],
    [{ url: 'http://cart.shop/', entrance: 'internal' }, (r) => r.toService('shop/cart')],
  ])('may be %j', (request, assert) => {
    expect(() => assert(route(manifests, request))).not.toThrow();
  });
});

describe('a failure', () => {
  it('says what was expected, what happened, and why', () => {
    const { message } = failure(() => route(SHOP, CART).toService('shop/cart', 9090));
    expect(message).toMatch(
      /^GET https:\/\/shop\.example\/cart: expected port 9090, got port 80\n\n/,
    );
    expect(message).toContain('Ingress shop/shop');
    expect(message).toContain('spec.rules[0].http.paths[1]');
  });

  it.each<[string, Assert, string]>([
    [CART, (r) => r.toReject(404), 'expected status 404, but it goes to Service shop/cart:80'],
    [
      CART,
      (r) => r.not.toService('shop/cart', 80),
      'expected anything but Service shop/cart and port 80',
    ],
    [
      OLD,
      (r) => r.toService('shop/cart', 80),
      'expected Service shop/cart and port 80, but it is redirected to http://shop.example/new with 301',
    ],
    [
      'https://a.example/',
      (r) => r.toBeReachable(),
      'expected somebody to answer, but it is refused with 404 NoMatchingRoute: no rule takes a.example/',
    ],
    [CART, (r) => r.toPod('cart-2'), 'expected Pod cart-2, got Pods cart-0 and cart-1'],
    [
      CART,
      (r) => r.toEndpoint('10.0.0.3:8080'),
      'expected endpoint 10.0.0.3:8080, got endpoints 10.0.0.1:8080 and 10.0.0.2:8080',
    ],
    [
      CART,
      (r) => r.toSeeHeaders({ 'x-tag': 'red', 'x-forwarded-proto': undefined, accept: undefined }),
      'expected header x-tag: red and no header x-forwarded-proto, got no header x-tag and header x-forwarded-proto: https',
    ],
  ])('of %s %s', (url, assert, expected) => {
    expect(failure(() => assert(route(manifests, url))).message.split('\n')[0]).toBe(
      `GET ${url}: ${expected}`,
    );
  });

  it('marks the Pods of stand-ins, whose names are invented', () => {
    const { message } = failure(() => route(SHOP, 'https://shop.example/').toPod('storefront-0'));
    expect(message).toMatch(
      /expected Pod storefront-0, got Pods (storefront-\w+-\w{5} \(stand-in\)(, | and |\n)){3}/,
    );
  });

  it('has what test runners show side by side', () => {
    expect(failure(() => route(manifests, CART).toService('shop/carts:http'))).toMatchObject({
      name: 'AssertionError',
      code: 'ERR_ASSERTION',
      expected: { service: 'shop/carts:http' },
      actual: { service: 'shop/cart:http' },
    });
    expect(failure(() => route(manifests, CART).toReject(404))).toMatchObject({
      expected: { status: 404 },
      actual: { service: 'shop/cart:80' },
    });
  });

  it('begins its stack with the line of the test', () => {
    const { stack = '' } = failure(() => route(manifests, CART).toReject(404));
    expect(stack.split('\n').find((line) => line.includes('.ts:'))).not.toContain(
      'route-assertion',
    );
  });
});

describe('what can never be is a TypeError, even behind not', () => {
  it.each<[string, Assert]>([
    ['must be namespace/name', (r) => r.toService('cart')],
    ['port must be a port of the Service', (r) => r.toService('shop/cart', 0)],
    ['port contradicts service: shop/cart:80', (r) => r.toService('shop/cart:80', 80)],
    ['status must be that of a redirect', (r) => r.toRedirect('https://shop.example/', 200)],
    ['redirect contradicts status: 404', (r) => r.toRedirect('https://shop.example/', 404)],
    ['path must be a path', (r) => r.toPath('cart')],
    ['endpoint must be address:port', (r) => r.toEndpoint('10.0.0.1')],
  ])('%s', (message, assert) => {
    expect(() => assert(route(manifests, CART))).toThrow(TypeError);
    expect(() => assert(route(manifests, CART))).toThrow(message);
    expect(() => assert(route(manifests, CART).not)).toThrow(message);
  });

  it('and so is a request that can not be sent a RequestFault', () => {
    expect(() => route(manifests, 'shop.example/cart')).toThrow('url must be absolute');
    expect(() => route(manifests, { url: CART, from: 'me' })).toThrow('from must be an IP address');
  });
});
