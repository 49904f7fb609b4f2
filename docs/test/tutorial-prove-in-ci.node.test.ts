import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';

import { describeSession } from './session/describe-session.ts';
import { blocksOf, filesOf, lacking, ROOT } from './session/session.ts';
import { openShell, type Shell } from './shell/shell.ts';

const page = 'docs/tutorials/prove-in-ci.md';
const shown = filesOf(blocksOf(page));

// Whoever has no name in this machine's configuration can commit, too; and what else is in it changes nothing.
vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
for (const who of ['AUTHOR', 'COMMITTER']) {
  vi.stubEnv(`GIT_${who}_NAME`, 'A reader');
  vi.stubEnv(`GIT_${who}_EMAIL`, 'reader@shop.example');
}

/** vitest looks for a configuration in the folders above as well, where a reader has none and this workspace has its own. */
const unconfigured = { 'vitest.config.js': 'export default {};\n' };

describeSession(page, { files: unconfigured, required: ['git'], optional: ['kubectl'] });

/** The manifests when the session has come to the change that steals requests, and after it was mended. */
const shop = shown['manifests/shop.yaml']?.replace('app: basket', 'app: cart') ?? '';
const stealing = shown['manifests/campaign.yaml'] ?? '';
const mended = stealing.replace(/path: \/cart$/m, 'path: /summer/cart');

describe('the drawing', () => {
  it('is of the manifests with the change', async () => {
    const shell = await openShell({
      'manifests/shop.yaml': shop,
      'manifests/campaign.yaml': stealing,
    });
    const { out } = await shell.run('npx portolan graph -f manifests/ --format svg');
    await shell.remove();
    await expect(out).toMatchFileSnapshot('../public/drawings/prove-in-ci.svg');
  });
});

describe('the packages that package.json names', () => {
  const manifestOf = async (folder: string): Promise<unknown> =>
    JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8'));

  it('have the versions that are here', async () => {
    const portolan = textOf(await manifestOf('packages/portolan'), 'version');
    const vitest = textOf(valueOf(await manifestOf('.'), 'devDependencies'), 'vitest');
    expect(JSON.parse(shown['package.json'] ?? '')).toMatchObject({
      devDependencies: {
        portolan: `^${portolan}`,
        '@portolan/testing': `^${portolan}`,
        vitest: `^${vitest}`,
      },
    });
  });
});

describe.skipIf(lacking(['git']).length > 0)('the workflow', () => {
  const workflow: unknown = parse(shown['.github/workflows/routes.yml'] ?? '');
  const stepsOf = (job: string): readonly unknown[] => {
    const steps = valueOf(valueOf(valueOf(workflow, 'jobs'), job), 'steps');
    return Array.isArray(steps) ? steps : [];
  };
  const linesOf = (job: string): readonly string[] =>
    stepsOf(job).flatMap((step) => textOf(step, 'run') ?? []);

  it('has actions of the major versions that portolan init asks for', async () => {
    const template = await readFile(
      join(ROOT, 'packages/cli/src/init/templates/workflow.ts'),
      'utf8',
    );
    const uses = ['prove', 'diff'].flatMap((job) =>
      stepsOf(job).flatMap((step) => textOf(step, 'uses') ?? []),
    );
    expect(uses).not.toEqual([]);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w/-]+@v\d+$/);
    for (const action of uses.filter((each) => each.startsWith('actions/'))) {
      expect(template).toContain(action);
    }
  });

  it('names files that its commands write', () => {
    const uploads = stepsOf('prove').flatMap(
      (step) => textOf(valueOf(step, 'with'), 'sarif_file') ?? [],
    );
    expect(uploads).toEqual(['portolan.sarif']);
    expect(linesOf('prove').join('\n')).toContain('> portolan.sarif');
  });

  describe.each([
    { change: 'steals requests', campaign: stealing, fails: ['portolan test', 'vitest run'] },
    { change: 'takes only its own', campaign: mended, fails: [] },
  ])('on a pull request that $change', ({ campaign, fails }) => {
    let shell: Shell;
    beforeAll(async () => {
      shell = await openShell({ ...unconfigured, ...shown, 'manifests/shop.yaml': shop });
      await writeFile(join(shell.folder, '.programs/gh'), '#!/bin/sh\necho "$@" > commented\n');
      await chmod(join(shell.folder, '.programs/gh'), 0o755);
      const commit = 'git add --all manifests && git commit --quiet --message change';
      await shell.run(`git init --quiet && rm manifests/campaign.yaml && ${commit}`);
      await writeFile(join(shell.folder, 'manifests/campaign.yaml'), campaign);
      await shell.run(commit);
    });
    afterAll(() => shell.remove());

    /** As a runner does: `bash -e -o pipefail`, with what it puts into the environment. */
    const run = (line: string): ReturnType<Shell['run']> =>
      shell.run(
        `set -eo pipefail; export GITHUB_STEP_SUMMARY=summary.md PULL_REQUEST=https://shop.example/pull/7\n${line}`,
      );

    it.each(linesOf('prove'))('prove: %s', async (line) => {
      const { code, err } = await run(line);
      expect({ code, err }).toMatchObject({
        code: fails.some((each) => line.includes(each)) ? 1 : 0,
      });
    });

    it.each(linesOf('diff'))('diff: %s', async (line) => {
      const { code, err } = await run(line);
      expect({ code, err }).toMatchObject({ code: 0 });
    });

    it('leaves what is uploaded, kept and commented', async () => {
      const textIn = (file: string): Promise<string> => readFile(join(shell.folder, file), 'utf8');
      expect(JSON.parse(await textIn('portolan.sarif'))).toMatchObject({ version: '2.1.0' });
      expect(await textIn('junit.xml')).toContain('the cart has its path');
      expect(await textIn('commented')).toContain(
        'pr comment https://shop.example/pull/7 --body-file diff.md',
      );
      expect(await textIn('summary.md')).toBe(await textIn('diff.md'));
      expect(await textIn('diff.md')).toContain('`http://shop.example/summer`');
      const moves = (await textIn('diff.md')).includes('`http://shop.example/cart`');
      expect(moves).toBe(fails.length > 0);
    });
  });
});

function valueOf(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null
    ? Object.entries(from).find(([key]) => key === name)?.[1]
    : undefined;
}

function textOf(from: unknown, name: string): string | undefined {
  const value = valueOf(from, name);
  return typeof value === 'string' ? value : undefined;
}
