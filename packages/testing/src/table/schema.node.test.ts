import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { testsSchema } from '../../test/tests-schema.ts';
import { writtenTable } from '../../test/written-table.ts';
import { parseTestTable } from './parse-test-table.ts';

const root = join(import.meta.dirname, '../../../..');
const file = join(import.meta.dirname, '../../schema/tests.schema.json');

const accepts = new Ajv({
  strict: true,
  allowUnionTypes: true,
  strictTypes: false,
  strictRequired: false,
}).compile(testsSchema());

describe('schema/tests.schema.json', () => {
  it('is the schema that test files are read with; `vitest -u` writes it anew', async () => {
    const formatted = execFileSync(
      join(root, 'node_modules/.bin/oxfmt'),
      ['--stdin-filepath', 'tests.schema.json'],
      { cwd: root, input: JSON.stringify(testsSchema(), null, 2), encoding: 'utf8' },
    );
    await expect(formatted).toMatchFileSnapshot(file);
  });

  const test = (expectation: string) => `tests: [{ request: http://a/, expect: ${expectation} }]`;

  it.each([
    'manifests: [k8s/]\ntests: [{ name: a, request: GET http://a/, expect: { service: shop/cart } }]',
    'tests: [{ request: http://a/ }]',
    'tests: [{ request: { url: http://a/, method: GET, headers: { a: b }, from: 10.0.0.1, entrance: internal, node: a, zone: b } }]',
    test(''),
    test('{}'),
    test(
      '{ service: shop/cart:http, path: /, headers: { a: null, b: c }, reachable: true, endpoints: 2, pod: a, pods: [a, b] }',
    ),
    test(
      '{ service: shop/cart, port: 80, status: 503, reason: NoReadyEndpoints, reachable: false }',
    ),
    test('{ port: http, endpoint: "[fd00::1]:80" }'),
    test('{ redirect: http://a/, status: 301, reachable: false }'),
    test('{ status: 403, service: shop/cart }'),
    test('{ reason: ExternalNameNotAllowed }'),
  ])('takes what is taken: %s', (text) => {
    expect(parseTestTable(text, '').diagnostics).toEqual([]);
    expect(accepts(parse(text))).toBe(true);
  });

  it.each([
    '',
    '[]',
    'tests: []',
    'tests: [http://a/]',
    'manifests: k8s/\ntests: [{ request: http://a/ }]',
    'manifests: [""]\ntests: [{ request: http://a/ }]',
    'manifest: []\ntests: [{ request: http://a/ }]',
    'tests: [{ name: a }]',
    'tests: [{ name: 1, request: http://a/ }]',
    'tests: [{ request: a.example }]',
    'tests: [{ request: GET a.example }]',
    'tests: [{ request: { url: a.example } }]',
    'tests: [{ request: { method: GET } }]',
    'tests: [{ request: { url: http://a/, headers: { a: 1 } } }]',
    'tests: [{ request: { url: http://a/, entrance: inside } }]',
    'tests: [{ request: { url: http://a/, body: a } }]',
    'tests: [{ request: http://a/, expects: {} }]',
    ...[
      '404',
      '{ service: cart }',
      '{ service: shop/cart, backend: a }',
      '{ port: 0 }',
      '{ port: "80" }',
      '{ service: shop/cart:80, port: 80 }',
      '{ status: 200 }',
      '{ path: a }',
      '{ headers: {} }',
      '{ headers: { a: 1 } }',
      '{ endpoints: 0 }',
      '{ endpoint: 10.0.0.1 }',
      '{ pods: [] }',
      '{ service: shop/cart, status: 404 }',
      '{ redirect: http://a/, status: 404 }',
      '{ redirect: http://a/, path: / }',
      '{ status: 404, reason: NoReadyEndpoints }',
      '{ reason: NoMatchingRoute, port: 80 }',
      '{ reachable: true, status: 503 }',
      '{ reachable: false, pod: a }',
    ].map(test),
  ])('refuses what is refused: %s', (text) => {
    expect(parseTestTable(text, '').table).toBeUndefined();
    expect(accepts(parse(text))).toBe(false);
  });

  it('takes whatever is written', () => {
    fc.assert(
      fc.property(writtenTable, (text) => {
        expect(accepts(parse(text))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
