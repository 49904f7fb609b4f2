import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

/** Tests that need sockets, files or processes of their own. */
const hostOnly = '**/*.node.test.ts';

/** Packages that run on every runtime, and whose tests do too. */
const pure = [
  'core',
  'routing',
  'manifests',
  'ingress',
  'cluster-ip',
  'node-port',
  'load-balancer',
  'external-name',
  'balancing',
  'settings',
  'engine',
  'compile',
  'terminal',
  'document',
  'explain',
  'check',
  'diff',
  'graph',
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['packages/*/{src,test}/**/*.test.ts', 'apps/*/{src,dev,test}/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        plugins: [cloudflareTest({ miniflare: { compatibilityDate: '2026-11-17' } })],
        test: {
          name: 'workerd',
          include: ['packages/*/src/**/*.test.ts'],
          exclude: [hostOnly],
          isolate: false,
        },
      },
      {
        // What `deno` and `bun` run; on Node these tests are part of the first project.
        test: {
          name: 'pure',
          include: pure.map((name) => `packages/${name}/src/**/*.test.ts`),
          exclude: [hostOnly],
          isolate: false,
        },
      },
    ],
  },
});
