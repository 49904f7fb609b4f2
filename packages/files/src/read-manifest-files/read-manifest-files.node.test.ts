import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readManifestFiles } from './read-manifest-files.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-files-'));
  for (const name of ['b', 'a/.hidden', '.git', 'node_modules/x', 'looped', 'secret']) {
    await mkdir(join(folder, name), { recursive: true });
  }
  const files = ['b/2.yaml', 'b/1.yml', 'b/10.json', 'b/notes.txt', 'a/.hidden/x.yaml', 'c.yaml'];
  for (const name of [...files, '.git/x.yaml', 'node_modules/x/x.yaml', 'looped/y.yaml']) {
    await writeFile(join(folder, name), `# ${name}`);
  }
  await symlink('..', join(folder, 'looped/up'));
  await symlink('nowhere', join(folder, 'dangling'));
  await symlink('c.yaml', join(folder, 'linked.yaml'));
  await symlink('d', join(folder, 'd'));
  await mkdir(join(folder, 'empty'));
  await writeFile(join(folder, 'secret/z.yaml'), '');
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (...names: readonly string[]) => {
  const { sources, diagnostics } = await readManifestFiles(names.map((name) => join(folder, name)));
  const short = (text: string) => text.replace(`${folder}/`, '');
  return {
    names: sources.map(({ name }) => short(name)),
    discovered: sources.map(({ discovered }) => discovered ?? false),
    faults: diagnostics.map(({ file, message }) => `${short(file)} ${message}`),
  };
};

describe('a folder', () => {
  it('is walked in the order of names, hidden folders too, .git and node_modules left out', async () => {
    expect((await read('.')).names).toEqual([
      'a/.hidden/x.yaml',
      'b/1.yml',
      'b/10.json',
      'b/2.yaml',
      'c.yaml',
      'looped/y.yaml',
      'secret/z.yaml',
    ]);
  });

  it('that is left out below another is walked where it is named', async () => {
    expect((await read('node_modules')).names).toEqual(['node_modules/x/x.yaml']);
  });

  it('is walked along links, but nothing is read twice', async () => {
    const names = ['linked.yaml', 'c.yaml', 'b', 'b/1.yml', 'looped/up/b'];
    expect((await read(...names)).names).toEqual([
      'linked.yaml',
      'b/1.yml',
      'b/10.json',
      'b/2.yaml',
    ]);
  });

  it('has links that lead in a circle named', async () => {
    expect((await read('.')).faults).toEqual([
      "d can't be read: too many symbolic links",
      'looped/up leads back to a folder that it is in, and is not followed',
    ]);
  });

  it('without manifests is worth a word', async () => {
    expect(await read('empty')).toEqual({
      names: [],
      discovered: [],
      faults: ['empty has no .yaml, .yml or .json file in it'],
    });
  });

  it('has what is found in it marked as discovered', async () => {
    expect((await read('b', 'b/notes.txt')).discovered).toEqual([true, true, true, false]);
  });
});

describe('a path that can’t be read', () => {
  it('is one clear diagnostic, and the others are read', async () => {
    await writeFile(join(folder, 'binary.yaml'), new Uint8Array([0x4d, 0x5a, 0]));
    await writeFile(join(folder, 'latin.yaml'), new Uint8Array([0x63, 0xe9]));
    expect(await read('missing.yaml', 'binary.yaml', 'latin.yaml', 'c.yaml/x', 'c.yaml')).toEqual({
      names: ['c.yaml'],
      discovered: [false],
      faults: [
        "missing.yaml can't be read: no such file or folder",
        'binary.yaml is no UTF-8 text',
        'latin.yaml is no UTF-8 text',
        "c.yaml/x can't be read: no such file or folder",
      ],
    });
  });

  it('for its size is not read at all', async () => {
    const { sources, diagnostics } = await readManifestFiles([join(folder, 'c.yaml')], {
      maximumSize: 4,
    });
    expect(sources).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'FileTooLarge', severity: 'error' }]);
    const walked = await readManifestFiles([join(folder, 'b')], { maximumSize: 4 });
    expect(walked.diagnostics).toMatchObject(
      Array.from({ length: 3 }, () => ({ code: 'FileTooLarge', severity: 'warning' })),
    );
  });

  // Nothing is forbidden to root.
  it.skipIf(process.getuid?.() === 0)('for lack of permission says so', async () => {
    await chmod(join(folder, 'secret'), 0);
    expect((await read('secret')).faults).toEqual(["secret can't be read: permission denied"]);
    await chmod(join(folder, 'secret'), 0o755);
  });
});

describe('names', () => {
  it('are relative to the current folder', async () => {
    const { sources } = await readManifestFiles(['./package.json', join(process.cwd(), 'LICENSE')]);
    expect(sources.map(({ name }) => name)).toEqual(['package.json', 'LICENSE']);
  });
});

describe('-', () => {
  it('is standard input', () => {
    const script = `
      import { readManifestFiles } from '@portolan/files';
      process.stdout.write(JSON.stringify(await readManifestFiles(['-'])));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: import.meta.dirname,
      input: 'kind: Service',
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toEqual({
      sources: [{ name: 'stdin', text: 'kind: Service' }],
      diagnostics: [],
    });
  });
});
