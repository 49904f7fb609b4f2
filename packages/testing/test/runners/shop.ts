import { test } from 'node:test';

import { assertRoutes, route } from '@portolan/testing';

import { SHOP } from '../shop.ts';

void test('what is so', () => {
  route(SHOP, 'https://shop.example/cart').toService('shop/cart', 80).not.toPath('/');
  assertRoutes(SHOP, [
    { request: 'https://shop.example/cart', expect: { service: 'shop/cart:http' } },
    { request: 'https://shop.example/asleep', expect: { status: 503 } },
  ]);
});

void test('what is not so', () => {
  assertRoutes(SHOP, [
    { request: 'https://shop.example/cart', expect: { service: 'shop/storefront' } },
    { request: 'https://a.example/', expect: { reachable: true } },
  ]);
});

void test('what is not so in one line', () => {
  route(SHOP, 'https://shop.example/cart').toReject(404);
});
