import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { initProject } from '../src/init/init-project.ts';

const root = join(import.meta.dirname, '../../..');

/** A project as `portolan init` makes it, with this workspace in place of what `npm install` would bring. */
let project: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'portolan-project-'));
  await initProject({ directory: project, name: 'shop' });
  const modules = join(project, 'node_modules');
  await mkdir(join(modules, '@cloudflare'), { recursive: true });
  const link = (name: string, target: string): Promise<void> =>
    symlink(join(root, target), join(modules, name));
  await link('portolan', 'packages/portolan');
  await link('wrangler', 'apps/edge-worker/node_modules/wrangler');
  await link('@cloudflare/workers-types', 'node_modules/@cloudflare/workers-types');
  await provide('portolan', join(root, 'packages/portolan/src/bin/portolan.ts'));
  await provide('wrangler', join(modules, 'wrangler/bin/wrangler.js'));
});
afterAll(() => rm(project, { recursive: true }));

/** A program as npm would link it; on this Node, which need not be the one that `npm` finds. */
async function provide(name: string, file: string): Promise<void> {
  const bin = join(project, 'node_modules/.bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, name), `#!/bin/sh\nexec '${process.execPath}' '${file}' "$@"\n`);
  await chmod(join(bin, name), 0o755);
}

/** @returns what it printed on standard output */
async function shell(command: string): Promise<string> {
  const path = [join(project, 'node_modules/.bin'), dirname(process.execPath), process.env['PATH']];
  const { stdout } = await promisify(execFile)('sh', ['-c', command], {
    cwd: project,
    env: { ...process.env, PATH: path.join(delimiter), WRANGLER_SEND_METRICS: 'false' },
  });
  return stdout;
}

describe('the project that portolan init makes', () => {
  it('has nothing wrong or doubtful in it', async () => {
    await expect(shell('npm run check')).resolves.toBeDefined();
  });

  it('passes its own tests', async () => {
    await expect(shell('npm test')).resolves.toBeDefined();
  });

  it('fails its tests where requests go elsewhere', async () => {
    const file = join(project, 'manifests/shop.yaml');
    const manifests = await readFile(file, 'utf8');
    await writeFile(file, manifests.replace('path: /cart', 'path: /basket'));
    try {
      await expect(shell('npm test')).rejects.toMatchObject({
        code: 1,
        stdout: expect.stringContaining('the cart has its path'),
      });
    } finally {
      await writeFile(file, manifests);
    }
  });

  it('has no type error', async () => {
    // The packages' own sources stand where an installed project has their declarations.
    const sources = '--allowImportingTsExtensions';
    await expect(shell(`'${join(root, 'node_modules/.bin/tsc')}' ${sources}`)).resolves.toBe('');
  });

  it('is bundled by wrangler with the manifests compiled in', async () => {
    await shell('wrangler deploy --dry-run --outdir bundle');
    expect(await readFile(join(project, 'bundle/worker.js'), 'utf8')).toContain('shop.example');
  });

  it('explains where a request goes', async () => {
    const explained = await shell('npx portolan explain http://shop.example/cart --json');
    expect(JSON.parse(explained)).toMatchObject({
      outcome: 'forward',
      service: { namespace: 'shop', name: 'cart', port: 80 },
    });
  });
});

describe('its workflow', () => {
  interface Step {
    readonly run?: string;
  }
  interface Workflow {
    readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
  }

  it('has commands that succeed as they stand', async () => {
    const text = await readFile(join(project, '.github/workflows/portolan.yaml'), 'utf8');
    const { jobs }: Workflow = parse(text);
    const commands = Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .flatMap(({ run = '' }) => (run.includes('portolan') ? [run] : []));
    expect(commands).toHaveLength(3);
    await cp(join(project, 'manifests'), join(project, 'base/manifests'), { recursive: true });
    for (const command of commands) await expect(shell(command)).resolves.toBeDefined();
    expect(await readFile(join(project, 'junit.xml'), 'utf8')).toContain('<testsuite');
    expect(await readFile(join(project, 'diff.md'), 'utf8')).not.toBe('');
  });
});
