import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

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

  it('for its 50 MB neither, and the line says how large it is', async () => {
    await writeFile(join(folder, 'large.yaml'), '');
    await truncate(join(folder, 'large.yaml'), 50 * 1024 * 1024);
    expect((await read('large.yaml')).faults).toEqual([
      'large.yaml is not read: it is 50.0 MiB large, more than 8.0 MiB',
    ]);
  });

  it('to its end, since it has none, is left at the limit', async () => {
    const { sources, diagnostics } = await readManifestFiles(['/dev/zero']);
    expect(sources).toEqual([]);
    expect(diagnostics).toMatchObject([
      { code: 'FileTooLarge', message: 'is not read: it is larger than 8.0 MiB' },
    ]);
  });

  it('for lack of permission says so', async () => {
    const secrets = ['secret', 'secret.yaml'].map((name) => join(folder, name));
    await writeFile(join(folder, 'secret.yaml'), '');
    await chmod(folder, 0o755);
    for (const secret of secrets) await chmod(secret, 0);
    // Nothing is forbidden to root.
    const script = `
      import { readManifestFiles } from '@portolan/files';
      if (process.getuid() === 0) process.setuid(65534);
      process.stdout.write(JSON.stringify(await readManifestFiles(${JSON.stringify(secrets)})));`;
    const { diagnostics } = JSON.parse(run(script));
    for (const secret of secrets) await chmod(secret, 0o755);
    expect(diagnostics).toMatchObject(
      secrets.map((file) => ({ file, message: "can't be read: permission denied" })),
    );
  });

  it('because nothing is called so comes with what is called much like it', async () => {
    await mkdir(join(folder, 'kubernetes/prod'), { recursive: true });
    await writeFile(join(folder, 'kubernetes/prod/ingress.yaml'), 'kind: Ingress');
    const names = ['kubernets/prod/Ingess.yml', 'kubernetes/prod/shop.yaml', 'kubernetes/dev'];
    expect((await read(...names)).faults.map((fault) => fault.replace(`${folder}/`, ''))).toEqual([
      "kubernets/prod/Ingess.yml can't be read: no such file or folder; there is kubernetes/prod/ingress.yaml",
      "kubernetes/prod/shop.yaml can't be read: no such file or folder",
      "kubernetes/dev can't be read: no such file or folder",
    ]);
  });

  it('is one line, whatever it is called', async () => {
    expect((await read('a\n\u001b[31mb')).faults).toEqual([
      String.raw`a\n\u001b[31mb can't be read: no such file or folder`,
    ]);
  });
});

describe('an empty file', () => {
  it('is worth a word where it was named, and none where it was come across', async () => {
    await mkdir(join(folder, 'blank'));
    await writeFile(join(folder, 'blank/blank.json'), '\ufeff \n');
    expect(await read('blank/blank.json')).toEqual({
      names: [],
      discovered: [],
      faults: ['blank/blank.json is empty'],
    });
    expect(await read('blank')).toMatchObject({ names: ['blank/blank.json'], faults: [] });
  });
});

describe('progress', () => {
  it('is told after each file, in files and bytes read so far', async () => {
    const told: unknown[] = [];
    await readManifestFiles([join(folder, 'b'), join(folder, 'missing')], {
      onProgress: (so) => told.push(so),
    });
    const lengths = ['# b/1.yml', '# b/10.json', '# b/2.yaml'].map(({ length }) => length);
    const [first = 0, second = 0, third = 0] = lengths;
    expect(told).toContainEqual({ files: 1, bytes: first });
    expect(told).toContainEqual({ files: 2, bytes: first + second });
    expect(told.at(-1)).toEqual({ files: 3, bytes: first + second + third });
  });
});

describe('names', () => {
  it('are relative to the current folder', async () => {
    const { sources } = await readManifestFiles(['./package.json', join(process.cwd(), 'LICENSE')]);
    expect(sources.map(({ name }) => name)).toEqual(['package.json', 'LICENSE']);
  });
});

describe('-', () => {
  const script = `
    import { readManifestFiles } from '@portolan/files';
    process.stdout.write(JSON.stringify(await readManifestFiles(['-', '-'])));`;

  it('is standard input', () => {
    expect(JSON.parse(run(script, 'kind: Service'))).toEqual({
      sources: [{ name: 'stdin', text: 'kind: Service' }],
      diagnostics: [],
    });
  });

  it('is left at the limit', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], options);
    const printed = json(child.stdout);
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(65_536, '#');
      })(),
    );
    await expect(pipeline(endless, child.stdin)).rejects.toThrow('EPIPE');
    expect(await printed).toMatchObject({
      sources: [],
      diagnostics: [{ file: 'stdin', message: 'is not read: it is larger than 8.0 MiB' }],
    });
  });
});

const options = { cwd: import.meta.dirname, encoding: 'utf8' } as const;

/** What a script prints that can import this package. */
function run(script: string, input = ''): string {
  const program = ['--input-type=module', '--eval', script];
  return spawnSync(process.execPath, program, { ...options, input }).stdout;
}
