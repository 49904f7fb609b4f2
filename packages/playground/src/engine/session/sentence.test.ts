import { describe, expect, it } from 'vitest';

import { sentenceOf } from './sentence.ts';

const request = { method: 'GET', url: 'http://a.example/', entrance: 'external' } as const;
const service = { namespace: 'shop', name: 'cart', port: 80 };
const one = { address: '10.0.0.1', port: 8080, pod: 'cart-0' };
const two = { address: 'fd00::2', port: 8080 };

describe('the sentence', () => {
  it.each([
    [[one, { ...one, pod: 'cart-1' }], 'one of 2 Pods'],
    [[one, two], 'one of 2 endpoints'],
    [[one], 'to Pod cart-0'],
    [[two], 'to [fd00::2]:8080'],
  ])('says who may answer: %j', (endpoints, said) => {
    expect(sentenceOf({ request, outcome: 'forward', service, endpoints })).toBe(
      `GET http://a.example/ goes to Service shop/cart:80, ${said}`,
    );
  });

  it('says to whom a client keeps', () => {
    const affinity = two;
    const explanation = {
      request,
      outcome: 'forward',
      service,
      endpoints: [one, two],
      affinity,
    } as const;
    expect(sentenceOf(explanation)).toMatch(/, always to \[fd00::2\]:8080$/u);
  });

  it('says with what we answer ourselves', () => {
    expect(
      sentenceOf({
        request,
        outcome: 'respond',
        status: 404,
        reason: 'NoMatchingRoute',
        message: 'no rule fits',
        endpoints: [],
      }),
    ).toBe('GET http://a.example/ is answered with 404 NoMatchingRoute: no rule fits');
    expect(
      sentenceOf({
        request,
        outcome: 'redirect',
        status: 301,
        location: 'https://a.example/',
        endpoints: [],
      }),
    ).toBe('GET http://a.example/ is answered with 301, a redirect to https://a.example/');
  });
});
