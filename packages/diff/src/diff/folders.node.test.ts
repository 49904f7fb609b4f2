import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { compileWithStandIns, type CompiledWithStandIns } from '@portolan/compile';
import { describe, expect, it } from 'vitest';

import { changes } from '../../test/changes.ts';
import { diff } from './diff.ts';

const PROJECT = join(import.meta.dirname, '../../../..');
const SHOP = join(PROJECT, 'apps/edge-worker/manifests');
const OTHERS = join(PROJECT, '../shared/manifests');

/** @param edit what becomes of each text */
function compiled(folder: string, edit = (text: string): string => text): CompiledWithStandIns {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ya?ml|json)$/u.test(file))
    .toSorted();
  return compileWithStandIns(
    files.map((name) => ({
      name,
      text: edit(readFileSync(join(folder, name), 'utf8')),
      discovered: true,
    })),
  );
}

/** What changes if this is written in place of that, once. */
function edited(that: string | RegExp, replacement: string): readonly string[] {
  let edits = 0;
  const after = compiled(SHOP, (text) =>
    text.replace(that, () => {
      edits++;
      return replacement;
    }),
  );
  expect(edits).toBe(1);
  return changes(compiled(SHOP), after);
}

describe('an edit of the example shop', () => {
  it('that moves a path changes both', () => {
    expect(edited('path: /cart\n', 'path: /basket\n')).toEqual([
      'backend: shop/storefront:80 → shop/cart:80: http://shop.example/basket',
      'backend: shop/cart:80 → shop/storefront:80: http://shop.example/cart',
    ]);
  });

  it('that names a port which the Service has not changes its path', () => {
    expect(
      edited('number: 80\n          - path: /api\n', 'number: 8080\n          - path: /api\n'),
    ).toEqual([
      'reachability: shop/cart:80 → 503 PortNotFound (shop/cart:8080): http://shop.example/cart',
    ]);
  });

  it('that removes a Service changes its names, and the paths that lead to it', () => {
    expect(
      edited(/^apiVersion: v1\nkind: Service\nmetadata:\n {2}name: catalog\n[^]*?^---$/m, '---'),
    ).toEqual([
      'reachability: shop/catalog:80 → 503 BackendNotFound (shop/catalog:http): http://shop.example/api',
      'reachability: shop/catalog:9090 → 503 BackendNotFound (shop/catalog:metrics): http://shop.example/api/metrics',
      'reachability: shop/catalog:80 → 404 NoMatchingRoute: http://catalog.shop/, inside the cluster +2',
      'reachability: shop/catalog:9090 → 404 NoMatchingRoute: http://catalog.shop:9090/, inside the cluster +2',
    ]);
  });

  it('that adds replicas changes who answers', () => {
    const words =
      'endpoints: shop/storefront:80 at 3 × Deployment shop/storefront:8080 → shop/storefront:80 at 4 × Deployment shop/storefront:8080';
    expect(edited('replicas: 3', 'replicas: 4')).toEqual([
      `${words}: http://shop.example/`,
      `${words}: http://storefront.shop/, inside the cluster +2`,
    ]);
  });

  it.each([
    [
      'renames the Ingress',
      'kind: Ingress\nmetadata:\n  name: shop',
      'kind: Ingress\nmetadata:\n  name: other',
    ],
    [
      'rolls out another image',
      "whoami:v1.11\n          args: ['--port=7070'",
      "whoami:v1.12\n          args: ['--port=7070'",
    ],
  ])('that %s changes nothing', (_, that, replacement) => {
    expect(edited(that, replacement)).toEqual([]);
  });
});

// They lie beside the repository where this project is built, and are no part of it.
const folders = existsSync(OTHERS)
  ? readdirSync(OTHERS, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  : [];

describe.skipIf(folders.length === 0)(
  'manifests of other projects, if ../shared/manifests is there',
  () => {
    it.each(folders.map(({ name }) => name))(
      '%s: nothing changes from itself to itself',
      (name) => {
        const folder = join(OTHERS, name);
        expect(diff(compiled(folder), compiled(folder))).toEqual({
          changes: [],
          dns: [],
          settings: [],
          compared: 0,
          complete: true,
        });
      },
    );
  },
);
