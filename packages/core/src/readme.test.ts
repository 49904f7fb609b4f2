import { describe, expect, it } from 'vitest';

import { matchesSelector, parseSelector, SelectorIndex, selectorFromLabels } from './index.ts';

describe('the example in the README', () => {
  it('gives what its comments say', () => {
    const selector = parseSelector('app=shop,tier in (web,api),!canary');
    expect(matchesSelector(selector, { app: 'shop', tier: 'web' })).toBe(true);
    expect(matchesSelector(selector, { app: 'shop', tier: 'web', canary: '' })).toBe(false);

    const services = new SelectorIndex<`${string}/${string}`>();
    services.set('default/shop', selectorFromLabels({ app: 'shop' }));
    services.set('default/cart', selectorFromLabels({ app: 'cart' }));
    expect(services.matching({ app: 'shop', tier: 'web' })).toEqual(['default/shop']);
  });
});
