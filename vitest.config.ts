import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

import { PURE_PACKAGES } from './pure-packages.ts';

/** Tests that need sockets, files or processes of their own. */
const hostOnly = '**/*.node.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: [
            'packages/*/{src,test}/**/*.test.ts',
            'apps/*/{src,dev,test}/**/*.test.ts',
            'docs/{site,test}/**/*.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [cloudflareTest({ miniflare: { compatibilityDate: '2026-11-17' } })],
        test: {
          name: 'workerd',
          include: ['packages/*/src/**/*.test.ts'],
          exclude: [hostOnly],
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        // What `deno` and `bun` run; on Node these tests are part of the first project.
        test: {
          name: 'pure',
          include: PURE_PACKAGES.map((name) => `packages/${name}/src/**/*.test.ts`),
          exclude: [hostOnly],
          isolate: false,
          testTimeout: 60_000,
        },
      },
    ],
  },
});
