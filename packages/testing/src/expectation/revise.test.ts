import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { shop } from '../../test/shop.ts';
import { ask } from '../asked/asked.ts';
import { check } from './check.ts';
import { ENDINGS, expectedEndings, findContradiction, possibleEndings } from './ending.ts';
import { expectedFields, type Expectation } from './expectation.ts';
import { revise } from './revise.ts';

const manifests = shop();

/** Something of every outcome. */
const asked = fc.constantFrom(
  ...[
    'https://shop.example/',
    'https://shop.example/cart?a=1',
    'https://shop.example/cart/metrics',
    'https://shop.example/asleep',
    'https://shop.example/gone',
    'https://shop.example/%00',
    'http://shop.example/old',
    'http://shop.example/api/7',
    'http://a.example/',
    'http://203.0.113.10/',
  ].map((url) => ask(manifests, { url })),
);

/** Any fields at all. */
const fields: fc.Arbitrary<Expectation> = fc.record(
  {
    service: fc.constantFrom('shop/cart', 'shop/cart:80', 'shop/gone:http', 'shop/partners'),
    port: fc.constantFrom<number | string>(80, 9090, 'http'),
    status: fc.constantFrom(301, 302, 400, 403, 404, 503),
    reason: fc.constantFrom('InvalidPath', 'SourceNotAllowed', 'NoMatchingRoute', 'Other'),
    redirect: fc.constantFrom('http://shop.example/new', 'http://a.example/'),
    path: fc.constantFrom('/', '/7', '/cart', '/cart?a=1'),
    headers: fc.constantFrom({ 'x-a': 'b' }, { 'X-Forwarded-Proto': 'http', 'x-a': null }),
    reachable: fc.boolean(),
    endpoints: fc.integer({ min: 1, max: 3 }),
    endpoint: fc.constantFrom('10.0.0.1:8080', '10.0.0.1:80'),
    pod: fc.constantFrom('cart-0', 'x'),
    pods: fc.constantFrom(['cart-1', 'cart-0'], ['x']),
  },
  { requiredKeys: [] },
);

/** What contradicts itself is left out: what can't be with one of the endings, and a second port. */
const expectation = fc
  .tuple(fields, fc.constantFrom(...ENDINGS))
  .map(([all, ending]): Expectation => {
    const possible = expectedFields(all).filter(
      (field) =>
        possibleEndings(field, all).includes(ending) &&
        !(field === 'port' && all.service?.includes(':')),
    );
    return Object.fromEntries(possible.map((field) => [field, all[field]]));
  });

describe('what an expectation becomes', () => {
  it('is true, says something, and does not contradict itself', () => {
    fc.assert(
      fc.property(asked, expectation, (each, expected) => {
        const revised = revise(expected, each);
        expect(check(revised, each)).toEqual([]);
        expect(findContradiction(revised)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('stays as it is where it is true already', () => {
    fc.assert(
      fc.property(asked, expectation, (each, expected) => {
        const revised = revise(expected, each);
        expect(revise(revised, each)).toEqual(revised);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a contradiction', () => {
  it('is found where the fields have no ending in common, and only there', () => {
    fc.assert(
      fc.property(fields, (expected) => {
        const hasTwoPorts = expected.port !== undefined && expected.service?.includes(':');
        expect(findContradiction(expected) !== undefined).toBe(
          expectedEndings(expected).length === 0 || hasTwoPorts === true,
        );
      }),
      { numRuns: 1000 },
    );
  });
});
