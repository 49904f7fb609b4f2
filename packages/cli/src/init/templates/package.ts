/** The packages that a project is made with, as npm's version ranges. */
export interface Versions {
  readonly portolan: string;
  readonly workersTypes: string;
  readonly typescript: string;
  readonly wrangler: string;
}

export function packageManifest(name: string, versions: Versions): string {
  const manifest = {
    name,
    private: true,
    type: 'module',
    imports: { '#snapshot': './generated/snapshot.json' },
    scripts: {
      check: 'portolan check',
      test: 'portolan test tests.yaml',
      types: 'tsc',
      compile: 'portolan compile -o generated/snapshot.json',
      dev: 'wrangler dev',
      deploy: 'wrangler deploy',
    },
    dependencies: { portolan: versions.portolan },
    devDependencies: {
      '@cloudflare/workers-types': versions.workersTypes,
      typescript: versions.typescript,
      wrangler: versions.wrangler,
    },
    engines: { node: '>=22' },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

export const TSCONFIG = `{
  "compilerOptions": {
    "target": "ES2024",
    "lib": ["ES2024"],
    "types": ["@cloudflare/workers-types"],
    "module": "ESNext",
    "moduleResolution": "Bundler",
    "strict": true,
    "skipLibCheck": true,
    "noEmit": true
  },
  "include": ["src"]
}
`;

export const GITIGNORE = `node_modules/
generated/
.wrangler/
junit.xml
`;
