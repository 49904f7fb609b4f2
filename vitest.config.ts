import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

import { PURE_PACKAGES } from './pure-packages.ts';

/** Tests that need sockets, files or processes of their own. */
const hostOnly = '**/*.node.test.ts';

/** Tests in a real browser, which `.ci/run` installs. */
const inBrowser = '**/*.browser.test.ts';

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
          exclude: [inBrowser],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [cloudflareTest({ miniflare: { compatibilityDate: '2026-11-17' } })],
        test: {
          name: 'workerd',
          include: ['packages/*/src/**/*.test.ts'],
          exclude: [hostOnly, inBrowser],
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: [
            '{packages,apps}/*/test/**/*.browser.test.ts',
            'docs/test/**/*.browser.test.ts',
          ],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // A browser for each file is as much as a small machine takes.
          maxWorkers: 1,
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
