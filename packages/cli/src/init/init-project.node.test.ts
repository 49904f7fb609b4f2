import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { InitFault, initProject } from './init-project.ts';
import { projectFiles } from './project-files.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-init-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Every file below the folder, with `/`. */
async function filesIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .toSorted();
}

const faultOf = (made: Promise<unknown>): Promise<unknown> =>
  made.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('initProject', () => {
  it('makes the folder and all files of the plan, and says which', async () => {
    const directory = join(folder, 'new/shop');
    const { files } = await initProject({ directory });
    expect(await filesIn(directory)).toEqual(files.toSorted());
    for (const [path, content] of projectFiles('shop')) {
      expect(await readFile(join(directory, path), 'utf8')).toBe(content);
    }
  });

  it('goes into a folder that holds other things', async () => {
    await writeFile(join(folder, 'LICENSE'), 'mine');
    await mkdir(join(folder, 'src'));
    const { files } = await initProject({ directory: folder });
    expect(await filesIn(folder)).toEqual(['LICENSE', ...files].toSorted());
  });

  it('names all that is in the way, and then writes nothing', async () => {
    await writeFile(join(folder, 'README.md'), 'mine');
    // What leads nowhere would be written through.
    await symlink('nowhere', join(folder, 'package.json'));
    // A file where folders should be.
    await writeFile(join(folder, 'src'), 'mine');
    const fault = await faultOf(initProject({ directory: folder }));
    expect(fault).toBeInstanceOf(InitFault);
    expect(fault).toMatchObject({ inTheWay: ['src', 'package.json', 'README.md'] });
    expect(fault).toHaveProperty('message', expect.stringContaining(join(folder, 'README.md')));
    expect(await filesIn(folder)).toEqual(['README.md', 'package.json', 'src']);
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toBe('mine');
  });

  it('says so where the directory is a file', async () => {
    const directory = join(folder, 'shop');
    await writeFile(directory, '');
    const fault = await faultOf(initProject({ directory }));
    expect(fault).toBeInstanceOf(InitFault);
    expect(fault).toHaveProperty('message', expect.stringContaining(directory));
  });

  it('hands on what the system refuses', async () => {
    const fault = await faultOf(initProject({ directory: join(folder, '\0') }));
    expect(fault).toBeInstanceOf(InitFault);
    expect(fault).toHaveProperty('cause', expect.any(Error));
  });
});

describe('the name', () => {
  it.each([
    ['shop', 'shop'],
    ['My Shop (2)', 'my-shop-2'],
    ['shop_edge.v1', 'shop-edge-v1'],
    ['店', 'portolan'],
    [`${'x'.repeat(62)}-yz`, 'x'.repeat(62)],
  ])('is made from that of the folder: %s → %s', async (directory, name) => {
    await initProject({ directory: join(folder, directory) });
    const manifest = await readFile(join(folder, directory, 'package.json'), 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({ name });
  });

  it('may be another', async () => {
    await initProject({ directory: folder, name: 'edge-7' });
    expect(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))).toMatchObject({
      name: 'edge-7',
    });
  });

  it.each(['', 'My Shop', 'shop-', '-shop', 'shop/edge', 'x'.repeat(64)])(
    'may not be %j, which no Worker can have',
    async (name) => {
      const fault = await faultOf(initProject({ directory: folder, name }));
      expect(fault).toBeInstanceOf(InitFault);
      expect(await filesIn(folder)).toEqual([]);
    },
  );
});
