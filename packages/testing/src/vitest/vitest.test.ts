// Importing it is what registers the matcher.
// oxlint-disable-next-line import/no-unassigned-import
import './vitest.ts';
import { describe, expect, it } from 'vitest';

import { SHOP } from '../../test/shop.ts';

const CART = 'https://shop.example/cart';

describe('expect(manifests).toRoute(request)', () => {
  it('goes on with where to', () => {
    expect(SHOP).toRoute(CART).toService('shop/cart', 80).toPod('cart-0').toPath('/cart');
    expect(SHOP).toRoute('https://shop.example/asleep').toReject(503);
    expect(SHOP).toRoute('http://cart.shop/').toBeReachableFrom('internal');
  });

  it('is negated by not on either side', () => {
    expect(SHOP).toRoute(CART).not.toService('shop/storefront');
    expect(SHOP).not.toRoute(CART).toService('shop/storefront');
    expect(() => expect(SHOP).not.toRoute(CART).toService('shop/cart')).toThrow(
      'expected anything but Service shop/cart',
    );
  });

  it('says what happened and why', () => {
    expect(() => expect(SHOP).toRoute(CART).toReject(404)).toThrow(
      /^GET https:\/\/shop\.example\/cart: expected status 404, but it goes to Service shop\/cart:80\n\n[^]*Ingress shop\/shop/,
    );
  });

  it('refuses what is no manifests', () => {
    expect(() => expect('').toRoute(CART)).toThrow('there is no Kubernetes object');
    expect(() => expect(404).toRoute(CART)).toThrow('manifests must be YAML text');
  });

  it('waits for manifests after resolves', async () => {
    const routed = await expect(Promise.resolve(SHOP)).resolves.toRoute(CART);
    routed.toService('shop/cart');
  });

  it.fails('fails a test in which nothing follows', () => {
    expect(SHOP).toRoute(CART);
  });

  it.fails('fails a test in which only not follows', () => {
    void expect(SHOP).toRoute(CART).not;
  });

  let reached = false;

  it.fails('keeps a failure after expect.soft until the test ends', () => {
    expect.soft(SHOP).toRoute(CART).toReject(404);
    reached = true;
  });

  it('and goes on until then', () => {
    expect(reached).toBe(true);
  });
});

// A concurrent test has an expect of its own.
// oxlint-disable no-shadow
describe.concurrent('in a concurrent test', () => {
  it('goes on with where to', ({ expect }) => {
    expect(SHOP).toRoute(CART).toService('shop/cart');
  });

  it.fails('fails where nothing follows', ({ expect }) => {
    expect(SHOP).toRoute(CART);
  });
});
