import { defineConfig } from 'oxlint';

import { PURE_PACKAGES as pure } from './pure-packages.ts';

/**
 * The layers, from `core` up: what each package may import of its neighbours. An import that isn't listed is an error,
 * so nothing points sideways or up. docs/explanation/architecture.md draws the same picture.
 */
const plugins = ['cluster-ip', 'node-port', 'load-balancer', 'external-name'];
const layers: Readonly<Record<string, readonly string[]>> = {
  core: [],
  routing: ['core'],
  manifests: ['core'],
  ingress: ['core', 'routing'],
  ...Object.fromEntries(plugins.map((name) => [name, ['core']])),
  balancing: ['core'],
  settings: ['core', 'balancing'],
  engine: ['core', 'routing', 'balancing', 'settings'],
  proxy: ['core', 'balancing', 'settings', 'engine'],
  telemetry: ['core', 'engine', 'proxy'],
  gateway: ['core', 'settings', 'engine', 'proxy'],
  node: ['core', 'proxy'],
  deno: ['proxy'],
  bun: ['proxy'],
  sockets: ['core', 'settings', 'engine', 'proxy'],
  dns: ['core', 'engine'],
  'dns-server': ['core', 'engine', 'dns'],
  'stand-ins': ['core'],
  compile: ['core', 'routing', 'manifests', 'ingress', ...plugins, 'engine', 'stand-ins'],
  files: ['manifests'],
  store: ['core', 'manifests', 'files'],
  'kube-api': ['core', 'manifests', 'store'],
  'control-plane': ['core', 'settings', 'manifests', 'engine', 'compile', 'store', 'kube-api'],
  'load-balancer-cloudflare': ['core', 'control-plane'],
  host: [
    'core',
    'manifests',
    'settings',
    'ingress',
    'engine',
    'proxy',
    'gateway',
    'telemetry',
    'node',
    'deno',
    'bun',
    'sockets',
    'dns',
    'dns-server',
    'compile',
    'stand-ins',
    'store',
    'kube-api',
    'control-plane',
  ],
  register: [],
  sync: ['core', 'store'],
  terminal: [],
  document: ['manifests'],
  explain: ['core', 'routing', 'settings', 'engine', 'proxy', 'terminal'],
  check: [
    'core',
    'routing',
    'manifests',
    'ingress',
    'settings',
    'engine',
    'proxy',
    'compile',
    'terminal',
  ],
  diff: ['core', 'routing', 'settings', 'engine', 'compile', 'terminal'],
  graph: ['core', 'routing', 'engine', 'compile'],
  testing: ['core', 'manifests', 'compile', 'terminal', 'explain', 'document'],
  cli: [
    'core',
    'manifests',
    'engine',
    'proxy',
    'node',
    'compile',
    'files',
    'stand-ins',
    'dns',
    'control-plane',
    'host',
    'load-balancer-cloudflare',
    'sync',
    'terminal',
    'document',
    'explain',
    'check',
    'diff',
    'graph',
    'testing',
  ],
  playground: [
    'core',
    'routing',
    'manifests',
    'engine',
    'proxy',
    'gateway',
    'compile',
    'stand-ins',
    'terminal',
    'explain',
    'check',
    'graph',
  ],
  portolan: [
    'core',
    'manifests',
    'settings',
    'engine',
    'proxy',
    'telemetry',
    'gateway',
    'compile',
    'cli',
  ],
};

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'promise', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  rules: {
    'import/no-cycle': 'error',
    'no-console': 'error',
    'no-restricted-globals': ['error', { name: 'eval', message: 'Annotations are data.' }],
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/explicit-module-boundary-types': 'error',
    // A function that is used in one place is best read there.
    'unicorn/consistent-function-scoping': 'off',
    // The compiler knows better where all cases return.
    'typescript/consistent-return': 'off',
  },
  overrides: [
    {
      files: ['**/*.test.ts', '**/test/**/*.ts'],
      // Tests wait for one thing after another.
      rules: { 'no-await-in-loop': 'off' },
    },
    { files: ['.ci/*.mjs'], rules: { 'no-await-in-loop': 'off', 'no-console': 'off' } },
    ...Object.entries(layers).map(([name, below]) => ({
      files: [`packages/${name}/src/**/*.{ts,tsx}`],
      excludeFiles: [`packages/${name}/src/**/*.test.ts`],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              {
                group: ['@portolan/*', 'portolan', ...below.map((each) => `!@portolan/${each}`)],
                message: `packages/${name} may import ${below.length === 0 ? 'no other package' : below.join(', ')}.`,
              },
              ...(pure.includes(name)
                ? [{ group: ['node:*', 'cloudflare:*'], message: `packages/${name} is pure.` }]
                : []),
            ],
          },
        ] as const,
      },
    })),
    {
      files: pure.map((name) => `packages/${name}/src/**/*.ts`),
      excludeFiles: ['**/*.test.ts'],
      rules: {
        'no-restricted-properties': [
          'error',
          { object: 'Date', property: 'now', message: 'Time is handed in.' },
          { object: 'Math', property: 'random', message: 'Randomness is handed in.' },
        ] as const,
      },
    },
  ],
});
