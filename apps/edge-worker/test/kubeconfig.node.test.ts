import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { exportLine, writeKubeconfig } from '../dev/kubeconfig.ts';

const ACCESS = { server: 'https://127.0.0.1:6443', certificate: 'PEM', token: 'token' };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-kubeconfig-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

describe('the kubeconfig of npm start', () => {
  it('is for nobody else, and neither is a folder that is made for it', async () => {
    const path = join(folder, 'new', 'kubeconfig');
    await writeKubeconfig(path, ACCESS);
    expect(await modeOf(path)).toBe('600');
    expect(await modeOf(join(folder, 'new'))).toBe('700');
  });

  it('takes the place of a link, and leaves alone where that leads', async () => {
    const [path, other] = [join(folder, 'kubeconfig'), join(folder, 'other')];
    await writeFile(other, 'mine', { mode: 0o644 });
    await symlink(other, path);
    await writeKubeconfig(path, ACCESS);
    expect(await readFile(other, 'utf8')).toBe('mine');
    expect(await modeOf(path)).toBe('600');
  });

  it('is removed in the end, unless it is another by then', async () => {
    const [path, kept] = [join(folder, 'kubeconfig'), join(folder, 'kept')];
    const ends = [await writeKubeconfig(path, ACCESS), await writeKubeconfig(kept, ACCESS)];
    await writeFile(kept, 'mine');
    for (const end of ends) await end();
    await expect(stat(path)).rejects.toThrow('ENOENT');
    expect(await readFile(kept, 'utf8')).toBe('mine');
  });

  it.each([
    ['/tmp/kubeconfig', '/tmp/kubeconfig'],
    ['/tmp/a b', "'/tmp/a b'"],
    ["/tmp/it's; reboot", String.raw`'/tmp/it'\''s; reboot'`],
  ])('at %s is named so that a shell reads it', (path, quoted) => {
    expect(exportLine(path)).toBe(`export KUBECONFIG=${quoted}`);
  });
});
