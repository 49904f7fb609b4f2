import { describe, expect, it } from 'vitest';

import { SHOP } from '../../test/shop.ts';
import { assertRoutes, type ExpectedRoute } from './assert-routes.ts';

const cart: ExpectedRoute = {
  request: 'https://shop.example/cart',
  expect: {
    service: 'shop/cart:80',
    headers: { 'x-forwarded-proto': /^https$/, 'x-real-ip': undefined },
  },
};
const nowhere: ExpectedRoute = { request: 'https://a.example/', expect: { status: 404 } };

describe('assertRoutes', () => {
  it('is content with a table in which everything is so', () => {
    expect(() => assertRoutes(SHOP, [cart, nowhere])).not.toThrow();
  });

  it('tells of all failures at once, with where each request goes and why', () => {
    const table: readonly ExpectedRoute[] = [
      cart,
      { name: 'the cart', request: cart.request, expect: { path: '/', pods: ['cart-0'] } },
      { request: nowhere.request, expect: { reachable: true } },
    ];
    expect(() => assertRoutes(SHOP, table)).toThrow(
      /^2 of 3 requests do not go where expected\n\nthe cart: GET https:\/\/shop\.example\/cart: expected path \/, got path \/cart; expected Pod cart-0 alone, got Pods cart-0 and cart-1\n\n[^]*Ingress shop\/shop[^]*\n\nGET https:\/\/a\.example\/: expected somebody to answer, but it is refused with 404 NoMatchingRoute/,
    );
  });

  it('has what test runners show side by side', () => {
    const table = [{ name: 'cart', request: cart.request, expect: { status: 404 } }];
    expect(() => assertRoutes(SHOP, table)).toThrow(
      expect.objectContaining({
        name: 'AssertionError',
        expected: { 'cart: GET https://shop.example/cart': { status: 404 } },
        actual: { 'cart: GET https://shop.example/cart': { service: 'shop/cart:80' } },
      }),
    );
  });

  it.each<[string, readonly ExpectedRoute[]]>([
    ['there is no request', []],
    ['nothing is expected', [{ request: cart.request, expect: {} }]],
    [
      'path contradicts status: 404',
      [{ request: cart.request, expect: { path: '/', status: 404 } }],
    ],
  ])('refuses a table in which %s', (message, table) => {
    expect(() => assertRoutes(SHOP, table)).toThrow(TypeError);
    expect(() => assertRoutes(SHOP, table)).toThrow(message);
  });

  it('names the field that may be meant', () => {
    const misspelt: object = { servce: 'shop/cart' };
    expect(() => assertRoutes(SHOP, [{ request: cart.request, expect: misspelt }])).toThrow(
      'servce is no field here; is service meant?',
    );
  });
});
