import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { shop } from '../../test/shop.ts';
import { writtenTable } from '../../test/written-table.ts';
import { parseTestTable } from './parse-test-table.ts';
import { runTestTable } from './run-test-table.ts';
import { updateTestTable } from './update-test-table.ts';

const manifests = shop();

function update(text: string): string {
  return updateTestTable(text, manifests, 'tests.yaml');
}

/** What an expectation of a request becomes. */
function updated(url: string, expectation: string): string {
  const before = `tests:\n  - request: ${url}\n    expect: ${expectation}\n`;
  const [, after] = update(before).split('    expect: ');
  return after?.trimEnd() ?? '';
}

const CART = 'https://shop.example/cart';
const ASLEEP = 'https://shop.example/asleep';
const OLD = 'http://shop.example/old';
const NOWHERE = 'http://a.example/';

describe('--update', () => {
  it.each([
    [CART, '{ service: shop/cart:80 }', '{ service: shop/cart:80 }'],
    [CART, '{service:  "shop/cart",port: http}', '{service:  "shop/cart",port: http}'],
    [CART, '{}', '{ service: shop/cart:80 }'],
    [CART, '', '{ service: shop/cart:80 }'],
    [CART, 'null', '{ service: shop/cart:80 }'],
    [CART, '# what?', '{ service: shop/cart:80 } # what?'],
    ['https://shop.example/api/7', '{}', '{ service: shop/cart:80, path: /7 }'],
    [ASLEEP, '{}', '{ service: shop/asleep:80, status: 503, reason: NoReadyEndpoints }'],
    [NOWHERE, '{}', '{ status: 404, reason: NoMatchingRoute }'],
    [OLD, '{}', '{ redirect: http://shop.example/new, status: 301 }'],
  ])('fills in what is missing and leaves what is so: %s %s', (url, before, after) => {
    expect(updated(url, before)).toBe(after);
  });

  it.each([
    [CART, '{service:  shop/a:http, path: /cart}', '{service:  shop/cart:http, path: /cart}'],
    [CART, '{ service: shop/a }', '{ service: shop/cart }'],
    [CART, '{ service: \'shop/a:1\', path: "/a" }', '{ service: \'shop/cart:80\', path: "/cart" }'],
    [CART, '{ port: 81, endpoints: 3 }', '{ port: 80, endpoints: 2 }'],
    [CART, '{ pods: [ a ], pod: b }', '{ pods: [ cart-0, cart-1 ], pod: cart-0 }'],
    [CART, '{ endpoint: "1.2.3.4:5" }', '{ endpoint: "10.0.0.1:8080" }'],
    [
      CART,
      '{ headers: { x-a: b, X-Forwarded-Proto: null } }',
      '{ headers: { x-a: null, X-Forwarded-Proto: https } }',
    ],
    [CART, '{ reachable: false }', '{ reachable: true }'],
    [NOWHERE, '{ reachable: true }', '{ reachable: false }'],
    [NOWHERE, '{ status: 503 }', '{ status: 404 }'],
    [OLD, '{ redirect: "http://a/" }', '{ redirect: "http://shop.example/new" }'],
  ])('writes what is where something else is expected: %s %s', (url, before, after) => {
    expect(updated(url, before)).toBe(after);
  });

  it.each([
    [NOWHERE, '{ service: shop/cart }', '{ status: 404, reason: NoMatchingRoute }'],
    [NOWHERE, '{ service: shop/a, path: /, pod: a }', '{ status: 404, reason: NoMatchingRoute }'],
    [
      NOWHERE,
      '{ path: /, reachable: true }',
      '{ status: 404, reachable: false, reason: NoMatchingRoute }',
    ],
    [CART, '{ status: 404 }', '{ service: shop/cart:80 }'],
    [CART, '{ reason: NoMatchingRoute, status: 404, }', '{ service: shop/cart:80, }'],
    [CART, '{ port: http, status: 503 }', '{ port: http, service: shop/cart }'],
    [
      OLD,
      '{ service: shop/cart, port: 80, path: / }',
      '{ redirect: http://shop.example/new, status: 301 }',
    ],
    [
      ASLEEP,
      '{ service: shop/asleep }',
      '{ service: shop/asleep, status: 503, reason: NoReadyEndpoints }',
    ],
    [ASLEEP, '{ service: shop/cart, status: 503 }', '{ service: shop/asleep, status: 503 }'],
  ])('puts another outcome in the place of the one expected: %s %s', (url, before, after) => {
    expect(updated(url, before)).toBe(after);
  });

  it('keeps comments, order, quotes and spaces', () => {
    const before = `# yaml-language-server: $schema=tests.schema.json
manifests:   [ 'k8s/' ]


tests:
  # The cart.
  - name:    "the cart"   # its name
    request: ${CART}     # where
    # What is expected.
    expect:
      # Its Service.
      service:   'shop/storefront:80'  # moved last week

      headers:
        x-forwarded-proto: http # no TLS

        x-a:   # nothing
      # The end.
  # Another.
  -   request: { url: "${NOWHERE}" }   # nobody

  - expect:
      service: shop/cart # gone
      path: /  # gone, too
      headers: # all gone
        # one
        x-a: b # two
      pods:
        - cart-0 # three
    request: ${NOWHERE}
`;
    expect(update(before)).toBe(`# yaml-language-server: $schema=tests.schema.json
manifests:   [ 'k8s/' ]


tests:
  # The cart.
  - name:    "the cart"   # its name
    request: ${CART}     # where
    # What is expected.
    expect:
      # Its Service.
      service:   'shop/cart:80'  # moved last week

      headers:
        x-forwarded-proto: https # no TLS

        x-a:   # nothing
      # The end.
  # Another.
  -   request: { url: "${NOWHERE}" }   # nobody
      expect: { status: 404, reason: NoMatchingRoute }

  - expect:
      status: 404 # gone
      reason: NoMatchingRoute  # gone, too
      # all gone
      # one
      # two
      # three
    request: ${NOWHERE}
`);
  });

  it('writes out what aliases share with an expectation that changes', () => {
    const before = `tests:
  - { request: ${NOWHERE}, expect: &no { status: 404, reason: &why NoMatchingRoute } }
  - { request: ${CART}, expect: *no }
  - { request: ${CART}, expect: &yes { service: &cart shop/a } }
  - { request: ${CART}, expect: *yes }
  - { request: ${CART}, expect: { service: *cart } }
  - { request: ${NOWHERE}, expect: { reason: *why } }
`;
    expect(update(before)).toBe(`tests:
  - { request: ${NOWHERE}, expect: &no { status: 404, reason: &why NoMatchingRoute } }
  - { request: ${CART}, expect: { service: shop/cart:80 } }
  - { request: ${CART}, expect: &yes { service: &cart shop/cart } }
  - { request: ${CART}, expect: { service: shop/cart } }
  - { request: ${CART}, expect: { service: shop/cart } }
  - { request: ${NOWHERE}, expect: { reason: *why } }
`);
  });

  it('keeps the line breaks of Windows', () => {
    const before = `tests:\r\n- request: ${NOWHERE}\r\n- request: ${CART}\r\n  expect:\r\n    status: 404\r\n`;
    expect(update(before)).toBe(
      `tests:\r\n- request: ${NOWHERE}\r\n  expect: { status: 404, reason: NoMatchingRoute }\r\n- request: ${CART}\r\n  expect:\r\n    service: shop/cart:80\r\n`,
    );
  });

  it('refuses a file with errors, and one that it can not change in place', () => {
    expect(() => update('tests: []')).toThrow('tests.yaml:1:1: error: tests: must have a test');
    const explicit = `tests:\n- request: ${CART}\n  ? expect\n  : ? service\n    : shop/a\n    ? port\n    : 81\n`;
    expect(() => update(explicit)).not.toThrow();
    const removed = `tests:\n- request: ${NOWHERE}\n  ? expect\n  : ? service\n    : shop/a\n`;
    expect(() => update(removed)).toThrow('can only be changed by hand');
  });
});

describe('however a file is written', () => {
  const comments = (text: string) =>
    [...text.matchAll(/# comment \d+/g)].map(([found]) => found).toSorted();

  it('everything passes after an update, a second one changes nothing, and all comments are there', () => {
    fc.assert(
      fc.property(writtenTable, (text) => {
        const after = update(text);
        const { table } = parseTestTable(after, 'tests.yaml');
        const results = table && runTestTable(table, manifests).results;
        expect(results?.flatMap(({ failures }) => failures)).toEqual([]);
        expect(update(after)).toBe(after);
        expect(comments(after)).toEqual(comments(text));
      }),
      { numRuns: 300 },
    );
  });

  it('lines of tests that pass stay as they are', () => {
    fc.assert(
      fc.property(writtenTable, (text) => {
        const passing = update(text);
        const appended = `${passing}${passing.endsWith('\n') ? '' : '\n'}  - request: ${CART}\n`;
        expect(update(appended).startsWith(passing)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
