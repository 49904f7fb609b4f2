import { formatDiagnostic } from '@portolan/manifests';
import { describe, expect, it } from 'vitest';

import { parseTestTable } from './parse-test-table.ts';

/** What is wrong with a file, a line each. */
function diagnosed(text: string): readonly string[] {
  return parseTestTable(text, 'tests.yaml').diagnostics.map(formatDiagnostic);
}

/** What is wrong with one test. */
function diagnosedTest(test: string): readonly string[] {
  return diagnosed(`tests:\n  - ${test}`);
}

describe('a test file', () => {
  it('names manifests, and requests with what is expected of them', () => {
    const text = `
# yaml-language-server: $schema=tests.schema.json
manifests: [k8s/, https://shop.example/all.yaml]
tests:
  - name: the cart has a Service of its own
    request: POST https://shop.example/cart
    expect: { service: shop/cart:80 }
  - request: { url: http://cart.shop/, entrance: internal, headers: { x-a: b } }
    expect:
      headers: { x-a: b, x-b: null }
  - request: https://shop.example/new
  - request: https://shop.example/new
    expect:
`;
    expect(parseTestTable(text, 'tests.yaml')).toEqual({
      diagnostics: [],
      table: {
        file: 'tests.yaml',
        manifests: ['k8s/', 'https://shop.example/all.yaml'],
        tests: [
          {
            name: 'the cart has a Service of its own',
            line: 5,
            request: { method: 'POST', url: 'https://shop.example/cart' },
            expect: { service: 'shop/cart:80' },
          },
          {
            name: 'GET http://cart.shop/ (internal)',
            line: 8,
            request: { url: 'http://cart.shop/', entrance: 'internal', headers: { 'x-a': 'b' } },
            expect: { headers: { 'x-a': 'b', 'x-b': null } },
          },
          ...[11, 12].map((line) => ({
            name: 'GET https://shop.example/new',
            line,
            request: { url: 'https://shop.example/new' },
            expect: {},
          })),
        ],
      },
    });
  });

  it('may leave the manifests to the command line', () => {
    expect(parseTestTable('tests: [{ request: http://a.example/ }]', '').table?.manifests).toEqual(
      [],
    );
  });

  it('may say things once with anchors and aliases', () => {
    const text =
      'tests:\n- { request: http://a/, expect: &no { status: 404 } }\n- { request: http://b/, expect: *no }';
    expect(parseTestTable(text, '').table?.tests[1]?.expect).toEqual({ status: 404 });
  });

  it('with names that are there twice is warned about, and read', () => {
    const text = 'tests:\n- { name: a, request: http://a/ }\n- { name: a, request: http://b/ }\n';
    expect(diagnosed(text)).toEqual([
      'tests.yaml:3:5: warning: tests[1].name: the test in line 2 has this name, too',
    ]);
    expect(parseTestTable(text, 'tests.yaml').table?.tests).toHaveLength(2);
  });
});

describe('what is wrong with it is told with its place', () => {
  it.each([
    ['', '1:1: error: must be a mapping'],
    ['[]', '1:1: error: tests: is missing'],
    ['[a]', '1:1: error: must be a mapping'],
    ['manifests: [a]', '1:1: error: tests: is missing'],
    ['tests: []', '1:1: error: tests: must have a test'],
    ['tests: {}', '1:1: error: tests: must be a list of tests, not Object'],
    [
      'manifests: a\ntests: [{ request: http://a/ }]',
      '1:1: error: manifests: must be a list of files, folders and URLs, not "a"',
    ],
    [
      'manifest: []\ntests: [{ request: http://a/ }]',
      '1:1: error: manifest: is no field here; is manifests meant?',
    ],
    [
      'tests: [',
      '1:9: error: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['tests: *a', '1:1: error: Unresolved alias (the anchor must be set before the alias): a'],
    [
      'tests: [a]\n---\ntests: [b]',
      '2:1: error: Source contains multiple documents; please use YAML.parseAllDocuments()',
    ],
    ['a: 1\na: 2', '2:1: error: Map keys must be unique'],
  ])('%j', (text, expected) => {
    expect(diagnosed(text)).toContain(`tests.yaml:${expected}`);
  });

  it.each([
    ['https://a.example/', '2:5: error: tests[0]: must be a mapping'],
    ['name: a', '2:5: error: tests[0].request: is missing'],
    [
      'request: shop.example/',
      '2:5: error: tests[0].request: url must be absolute, such as https://shop.example/cart, not "shop.example/"',
    ],
    [
      'request: GET  shop.example/',
      '2:5: error: tests[0].request: url must be absolute, such as https://shop.example/cart, not "shop.example/"',
    ],
    [
      'request: 404',
      '2:5: error: tests[0].request: must be a URL, a method and a URL, or a mapping that has a url, not 404',
    ],
    ['request: { method: GET }', '2:5: error: tests[0].request.url: is missing'],
    [
      'request: { URL: http://a/ }',
      '2:16: error: tests[0].request.URL: is no field here; is url meant?',
    ],
    [
      'request: { url: http://a/, from: me }',
      '2:32: error: tests[0].request.from: from must be an IP address such as 198.51.100.7 or 2001:db8::7, not "me"',
    ],
    [
      'request: { url: http://a/, headers: { x-a: 1 } }',
      '2:43: error: tests[0].request.headers.x-a: must be a string, with quotes around what looks like something else, not 1',
    ],
    [
      'request: { url: http://a/, headers: { x a: b } }',
      '2:43: error: tests[0].request.headers[x a]: a header must have a name such as X-Version, not "x a"',
    ],
    [
      'request: { url: http://a/, entrance: inside }',
      '2:32: error: tests[0].request.entrance: must be external or internal, not "inside"',
    ],
    [
      '{ request: http://a/, expects: {} }',
      '2:27: error: tests[0].expects: is no field here; is expect meant?',
    ],
  ])('of a test: %s', (test, expected) => {
    expect(diagnosedTest(test)).toContain(`tests.yaml:${expected}`);
  });

  it.each([
    ['404', 'expect: must be a mapping'],
    ['{ servce: a }', 'expect.servce: is no field here; is service meant?'],
    [
      '{ backend: a }',
      'expect.backend: is no field here; there are service, port, status, reason, redirect, path, headers, reachable, endpoints, endpoint, pod, pods',
    ],
    [
      '{ service: cart }',
      'expect.service: must be namespace/name, with a port after a colon if it matters: shop/cart:80, not "cart"',
    ],
    [
      '{ port: "80" }',
      'expect.port: must be a port of the Service, by number or by name, not "80"',
    ],
    [
      '{ status: 200 }',
      'expect.status: must be that of a redirect (301, 302, 303, 307, 308) or of a refusal (400, 403, 404, 503), since what a backend answers is not known here, not 200',
    ],
    ['{ path: cart }', 'expect.path: must be a path that begins with /, not "cart"'],
    [
      '{ headers: { x-a: 1 } }',
      'expect.headers.x-a: must be a string, with quotes around what looks like something else, or null for a field that is to be absent, not 1',
    ],
    ['{ headers: {} }', 'expect.headers: must be a mapping of names to values'],
    ['{ reachable: yes }', 'expect.reachable: must be true or false, not "yes"'],
    [
      '{ endpoints: 0 }',
      'expect.endpoints: must be a number of at least 1 (for none at all say reachable: false), not 0',
    ],
    [
      '{ endpoint: 10.0.0.1 }',
      'expect.endpoint: must be address:port, IPv6 in brackets, not "10.0.0.1"',
    ],
    ['{ pods: cart-0 }', 'expect.pods: must be a list of names of Pods, not "cart-0"'],
    ['{ pods: [] }', 'expect.pods: must be a list of names of Pods'],
  ])('of an expectation: %s', (expectation, expected) => {
    const [found] = diagnosedTest(`{ request: http://a/, expect: ${expectation} }`);
    expect(found?.replace(/^[^ ]* /, '')).toBe(`error: tests[0].${expected}`);
  });

  it('nested beyond measure: in one line', () => {
    expect(parseTestTable('['.repeat(50_000), '').diagnostics).toEqual([
      expect.objectContaining({ severity: 'error', code: 'InvalidSyntax' }),
    ]);
  });

  it('all at once', () => {
    expect(
      diagnosed(
        'manifests: [1]\ntests:\n- { request: 1, expect: { path: 2 } }\n- { request: 3 }',
      ).map((line) => line.split(' ')[0]),
    ).toEqual(['tests.yaml:1:13:', 'tests.yaml:3:5:', 'tests.yaml:3:27:', 'tests.yaml:4:5:']);
  });
});

describe('expectations that no request fulfils', () => {
  it.each([
    ['{ service: shop/cart, status: 404 }', 'status', 'service: shop/cart'],
    ['{ status: 301, path: / }', 'path', 'status: 301'],
    ['{ status: 404, reason: NoReadyEndpoints }', 'reason', 'status: 404'],
    ['{ redirect: http://a/, service: shop/cart }', 'redirect', 'service: shop/cart'],
    ['{ redirect: http://a/, status: 404 }', 'redirect', 'status: 404'],
    ['{ headers: { x-a: b }, reachable: false }', 'reachable', 'headers'],
    ['{ reachable: true, status: 503 }', 'reachable', 'status: 503'],
    ['{ port: 80, reason: NoMatchingRoute }', 'reason', 'port: 80'],
    ['{ service: shop/cart:80, port: 80 }', 'port', 'service: shop/cart:80'],
  ])('%s', (expectation, field, other) => {
    expect(diagnosedTest(`{ request: http://a/, expect: ${expectation} }`)).toEqual([
      expect.stringContaining(
        `error: tests[0].expect.${field}: contradicts ${other}, since no request is both`,
      ),
    ]);
  });

  it.each([
    '{ service: shop/cart, port: http, path: /, reachable: true }',
    '{ service: shop/cart:80, status: 503, reason: NoReadyEndpoints, reachable: false }',
    '{ service: shop/partners, status: 403 }',
    '{ redirect: http://a/, status: 308, reachable: false }',
    '{ status: 404, reason: NoMatchingRoute }',
    '{ reason: ExternalNameNotAllowed, service: shop/payments }',
  ])('are not %s', (expectation) => {
    expect(diagnosedTest(`{ request: http://a/, expect: ${expectation} }`)).toEqual([]);
  });
});
