import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { portolan } from './command.ts';

const root = join(import.meta.dirname, '../../..');
const shop = join(root, 'apps/edge-worker/manifests');

const FAULTY = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: carts }, ports: [{ port: 80, targetPort: web }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop, annotations: { nginx.ingress.kubernetes.io/rewrite-target: / } }
spec:
  rules:
    - host: shop.example
      http:
        paths:
          - { path: /cart, pathType: Prefix, backend: { service: { name: basket, port: { number: 80 } } } }
          - { path: /cart/, pathType: Prefix, backend: { service: { name: cart, port: { number: 81 } } } }
---
apiVersion: v1
kind: Service
metadata: { name: Cart }
spec: { ports: [{ port: 0 }] }
`;

const TESTS = `
tests:
  - request: https://shop.example/cart
    expect: { service: shop/cart:80 }
  - request: https://shop.example/cart
    expect: { status: 404 }
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-schemas-'));
  await writeFile(join(folder, 'faulty.yaml'), FAULTY);
  await writeFile(join(folder, 'tests.yaml'), TESTS);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What is wrong with a text by a schema; nothing where it is as the schema says. */
function faultsBy(schema: string, text: string): unknown {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(readFileSync(join(root, 'packages', schema), 'utf8')));
  return validate(JSON.parse(text)) ? [] : validate.errors;
}

describe('what a command prints with --json is as its schema says', () => {
  it.each([
    ['explain/schema/explanation', ['explain', 'http://shop.example/cart?x=1']],
    [
      'explain/schema/explanation',
      ['explain', 'http://shop.example/cart', '--from', '::1', '--all'],
    ],
    ['explain/schema/explanation', ['explain', 'http://127.0.0.1:30080/', '-H', 'X-A: b']],
    ['explain/schema/explanation', ['explain', 'http://10.0.0.1/', '--entrance', 'internal']],
    ['explain/schema/explanation', ['explain', 'http://a..b/', '--node', 'n', '--zone', 'z']],
    ['cli/schema/check', ['check']],
    ['cli/schema/check', ['check', '--target', 'workers']],
    ['cli/schema/routes', ['routes']],
    ['cli/schema/endpoints', ['endpoints']],
    ['cli/schema/endpoints', ['endpoints', '--no-stand-ins']],
    ['cli/schema/dns', ['dns', 'cart.shop']],
    ['cli/schema/dns', ['dns', '_http._tcp.cart.shop']],
    ['cli/schema/dns', ['dns', 'nobody']],
    ['graph/schema/graph', ['graph']],
  ] as const)('%s: portolan %j', async (schema, args) => {
    const faulty = join(folder, 'faulty.yaml');
    for (const files of [[shop], [faulty], [shop, faulty]]) {
      const { out } = await portolan(...args, '--json', ...files.flatMap((file) => ['-f', file]));
      expect(faultsBy(`${schema}.schema.json`, out)).toEqual([]);
    }
  });

  it('cli/schema/codes: portolan codes', async () => {
    const { out } = await portolan('codes', '--json');
    expect(faultsBy('cli/schema/codes.schema.json', out)).toEqual([]);
  });

  it('testing/schema/test-results: portolan test', async () => {
    const { out } = await portolan('test', join(folder, 'tests.yaml'), '-f', shop, '--json');
    expect(faultsBy('testing/schema/test-results.schema.json', out)).toEqual([]);
  });

  it('diff/schema/diff: portolan diff', async () => {
    const { out } = await portolan('diff', shop, join(folder, 'faulty.yaml'), '--json');
    expect(faultsBy('diff/schema/diff.schema.json', out)).toEqual([]);
    const { out: none } = await portolan('diff', shop, shop, '--json');
    expect(faultsBy('diff/schema/diff.schema.json', none)).toEqual([]);
  });

  it('cli/schema/init: portolan init', async () => {
    const { out } = await portolan('init', join(folder, 'edge'), '--json');
    expect(faultsBy('cli/schema/init.schema.json', out)).toEqual([]);
  });
});
