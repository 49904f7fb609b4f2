import type { Explanation } from '@portolan/explain';

import type { View } from '../../src/protocol/report.ts';
import { EMPTY, FEW, NONE_READY } from './charts.ts';

const REQUEST: Explanation['request'] = {
  method: 'GET',
  url: 'http://shop.example/cart/7',
  entrance: 'external',
};
const ROUTE = {
  kind: 'Ingress',
  namespace: 'shop',
  name: 'shop',
  rule: 'spec.rules[0].http.paths[1]',
  path: '/cart',
};

/** Two Pods may answer, a third may not. */
const FORWARDED: View = {
  chart: FEW,
  answer: {
    sentence: 'GET http://shop.example/cart/7 goes to Service shop/cart:80, one of 2 Pods.',
    text: 'GET http://shop.example/cart/7\n→ Service shop/cart:80, 2 endpoints\n\n  rule  Ingress shop/shop',
    explanation: {
      request: REQUEST,
      outcome: 'forward',
      route: ROUTE,
      service: { namespace: 'shop', name: 'cart', port: 80 },
      target: '/7',
      endpoints: [
        { address: '10.0.0.7', port: 8080, pod: 'cart-7d9f' },
        { address: '10.0.0.8', port: 8080, pod: 'cart-8e1a' },
      ],
      excluded: [{ address: '10.0.0.9', port: 8080, pod: 'cart-9c2b', reason: 'NotReady' }],
      settings: [
        {
          name: 'firstByteTimeout',
          value: 10_000,
          by: { kind: 'Service', namespace: 'shop', name: 'cart' },
        },
      ],
      headers: { host: 'shop.example', 'x-forwarded-for': '192.0.2.1' },
    },
  },
};

const REDIRECTED: View = {
  chart: FEW,
  answer: {
    sentence:
      'GET http://shop.example/cart/7 is redirected to https://shop.example/cart/7 with 308.',
    text: 'GET http://shop.example/cart/7\n→ 308 https://shop.example/cart/7',
    explanation: {
      request: REQUEST,
      outcome: 'redirect',
      status: 308,
      location: 'https://shop.example/cart/7',
      route: ROUTE,
      endpoints: [],
    },
  },
};

const NOT_FOUND: View = {
  chart: EMPTY,
  answer: {
    sentence: 'GET http://shop.example/cart/7 is answered 404: no rule fits.',
    text: 'GET http://shop.example/cart/7\n→ 404 NoMatchingRoute',
    explanation: {
      request: REQUEST,
      outcome: 'respond',
      status: 404,
      reason: 'NoMatchingRoute',
      message: 'no rule fits',
      remedy: 'a rule for the host shop.example',
      endpoints: [],
    },
  },
};

const NOBODY_READY: View = {
  chart: NONE_READY,
  answer: {
    sentence:
      'GET http://shop.example/cart/7 is answered 503: no endpoint of shop/cart:80 is ready.',
    text: 'GET http://shop.example/cart/7\n→ 503 NoReadyEndpoints',
    explanation: {
      request: REQUEST,
      outcome: 'respond',
      status: 503,
      reason: 'NoReadyEndpoints',
      message: 'no endpoint of shop/cart:80 is ready',
      remedy: 'make one of its Pods ready',
      route: ROUTE,
      service: { namespace: 'shop', name: 'cart', port: 80 },
      endpoints: [],
      excluded: [{ address: '10.0.0.7', port: 8080, pod: 'cart-7d9f', reason: 'NotReady' }],
    },
  },
};

const NO_REQUEST: View = {
  chart: FEW,
  fault: { field: 'url', message: 'shop is no absolute URL' },
};

/** What becomes of a request, one of each. */
export const ANSWERS = { FORWARDED, REDIRECTED, NOT_FOUND, NOBODY_READY, NO_REQUEST };
