import { describe, expect, it } from 'vitest';

import { shop } from '../../test/shop.ts';
import { parseTestTable } from './parse-test-table.ts';
import { runTestTable, type TestResult } from './run-test-table.ts';

const manifests = shop();

function run(...tests: readonly string[]): readonly TestResult[] {
  const text = `tests:\n${tests.map((test) => `- ${test}\n`).join('')}`;
  const { table, diagnostics } = parseTestTable(text, 'tests.yaml');
  expect(diagnostics).toEqual([]);
  return table === undefined ? [] : runTestTable(table, manifests).results;
}

/** Each with an expectation that is so, and one that is not. */
describe('a field is as expected, or it is said how not', () => {
  it.each([
    [
      'https://shop.example/cart',
      '{ service: shop/cart:http }',
      '{ service: shop/cart:metrics }',
      'expected Service shop/cart:metrics, got Service shop/cart:http',
    ],
    [
      'https://shop.example/cart',
      '{ service: shop/cart, port: 80 }',
      '{ service: shop/cart, port: metrics }',
      'expected port metrics, got port http',
    ],
    ['https://shop.example/', '{ port: 80 }', '{ port: http }', 'expected port http, got port 80'],
    [
      'https://shop.example/asleep',
      '{ service: shop/asleep, status: 503 }',
      '{ service: shop/asleep }',
      'expected Service shop/asleep, but it is refused with 503 NoReadyEndpoints: nobody is ready to answer for Service shop/asleep',
    ],
    [
      'https://shop.example/gone',
      '{ service: shop/gone:http, reason: BackendNotFound }',
      '{ reason: NoReadyEndpoints }',
      'expected reason NoReadyEndpoints, got reason BackendNotFound',
    ],
    [
      'http://203.0.113.10/',
      '{ service: shop/partners:80, status: 403 }',
      '{ reachable: true }',
      'expected somebody to answer, but it is refused with 403 SourceNotAllowed: a client without address is in none of 198.51.100.0/24',
    ],
    [
      'https://a.example/',
      '{ status: 404, reachable: false }',
      '{ path: / }',
      'expected path /, but it is refused with 404 NoMatchingRoute: no rule takes a.example/',
    ],
    [
      'http://shop.example/old',
      '{ redirect: http://shop.example/new, status: 301 }',
      '{ status: 302 }',
      'expected status 302, got status 301',
    ],
    [
      'https://shop.example/api/7?a=1',
      '{ path: /7 }',
      '{ path: "/7?a=2" }',
      'expected path /7?a=2, got path /7?a=1',
    ],
    [
      'https://shop.example/tagged',
      '{ headers: { X-Tag: blue, x-secret: null } }',
      '{ headers: { X-Tag: red, x-secret: null } }',
      'expected header X-Tag: red, got header X-Tag: blue',
    ],
    [
      'https://shop.example/cart',
      '{ endpoints: 2 }',
      '{ endpoints: 1 }',
      'expected 1 endpoint, got 2 endpoints',
    ],
    [
      'https://shop.example/cart',
      '{ endpoint: "10.0.0.1:8080" }',
      '{ endpoint: "10.0.0.1:80" }',
      'expected endpoint 10.0.0.1:80, got endpoints 10.0.0.1:8080 and 10.0.0.2:8080',
    ],
    [
      'https://shop.example/cart',
      '{ pod: cart-1 }',
      '{ pod: cart-9 }',
      'expected Pod cart-9, got Pods cart-0 and cart-1',
    ],
    [
      'https://shop.example/cart',
      '{ pods: [cart-1, cart-0] }',
      '{ pods: [cart-1] }',
      'expected Pod cart-1 alone, got Pods cart-0 and cart-1',
    ],
  ])('%s %s', (url, right, wrong, failure) => {
    const request = `"${url}"`;
    const results = run(
      `{ request: ${request}, expect: ${right} }`,
      `{ request: ${request}, expect: ${wrong} }`,
    );
    expect(results.map(({ passed, failures }) => ({ passed, failures }))).toEqual([
      { passed: true, failures: [] },
      { passed: false, failures: [failure] },
    ]);
  });
});

describe('the results', () => {
  it('have the name and the line of each test, and where the request goes', () => {
    expect(run('{ name: a, request: http://a/, expect: { status: 404 } }')).toEqual([
      {
        name: 'a',
        line: 2,
        passed: true,
        failures: [],
        explanation: expect.objectContaining({ outcome: 'respond', status: 404 }),
      },
    ]);
  });

  it('tell of everything that is not as expected', () => {
    expect(
      run('{ request: http://shop.example/cart, expect: { port: 81, path: /, pod: cart-1 } }')[0]
        ?.failures,
    ).toEqual(['expected port 81, got port 80', 'expected path /, got path /cart']);
  });

  it('have a failure where nothing is expected', () => {
    expect(run('request: http://shop.example/cart')[0]?.failures).toEqual([
      'nothing is expected; it goes to Service shop/cart:80',
    ]);
  });

  it('are plain JSON', () => {
    const results = run('request: http://shop.example/', 'request: http://a.example/');
    expect(JSON.parse(JSON.stringify(results))).toEqual(results);
  });
});
