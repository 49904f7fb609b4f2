import type { Explanation } from '@portolan/explain';
import { describe, expect, test } from 'vitest';

import { endpointText, exclusionText, factsOf, outcomeOf } from './facts.ts';

const FORWARD: Explanation = {
  request: { method: 'GET', url: 'http://shop.example/cart?a=1', entrance: 'external' },
  outcome: 'forward',
  route: { kind: 'Ingress', namespace: 'shop', name: 'shop', rule: 'spec.rules[0].http.paths[1]' },
  service: { namespace: 'shop', name: 'cart', port: 80 },
  target: '/cart?a=1',
  endpoints: [{ address: '10.0.0.7', port: 8080, pod: 'cart-1' }],
};

describe('the facts of an answer', () => {
  test('name the rule and the Service', () => {
    expect(factsOf(FORWARD)).toEqual([
      { name: 'Rule', text: 'Ingress shop/shop, spec.rules[0].http.paths[1]' },
      { name: 'Service', text: 'shop/cart:80' },
    ]);
  });

  test('name the path that the Pod sees only where it is another one', () => {
    const facts = factsOf({ ...FORWARD, target: '/?a=1' });
    expect(facts).toContainEqual({ name: 'Path for the Pod', text: '/?a=1', code: true });
  });

  test('begin with what would help where nobody answers', () => {
    const facts = factsOf({
      request: FORWARD.request,
      outcome: 'respond',
      status: 503,
      reason: 'NoReadyEndpoints',
      message: 'no endpoint is ready',
      remedy: 'make one ready',
      service: { namespace: 'shop', name: 'cart' },
      endpoints: [],
    });
    expect(facts).toEqual([
      { name: 'Remedy', text: 'make one ready' },
      { name: 'Service', text: 'shop/cart' },
    ]);
  });

  test('say where a redirect leads', () => {
    const location = 'https://shop.example/cart';
    const facts = factsOf({ ...FORWARD, outcome: 'redirect', status: 308, location });
    expect(facts).toContainEqual({ name: 'Redirect to', text: location, code: true });
  });

  test('say with which endpoint a client stays', () => {
    const facts = factsOf({
      ...FORWARD,
      request: { ...FORWARD.request, from: '192.0.2.1' },
      affinity: { address: 'fd00::7', port: 80 },
    });
    expect(facts).toContainEqual({ name: 'Affinity', text: '192.0.2.1 keeps to [fd00::7]:80' });
  });
});

test('an outcome is told in a few words', () => {
  expect(outcomeOf(FORWARD)).toEqual({ tone: 'good', words: 'Forwarded' });
  expect(outcomeOf({ ...FORWARD, outcome: 'redirect', status: 308 }).words).toBe('308 Redirect');
  const none = { ...FORWARD, outcome: 'respond', status: 404, reason: 'NoMatchingRoute' } as const;
  expect(outcomeOf(none)).toEqual({ tone: 'bad', words: '404 NoMatchingRoute' });
});

test('an endpoint is its address and its Pod', () => {
  expect(endpointText({ address: '10.0.0.7', port: 80, pod: 'a' })).toBe('10.0.0.7:80, Pod a');
  expect(endpointText({ address: '10.0.0.7', port: 80 })).toBe('10.0.0.7:80');
});

test('a reason that has no words yet is shown as it is', () => {
  expect(exclusionText('OtherZone')).toBe('meant for another zone');
  expect(exclusionText('Unheard')).toBe('Unheard');
});
