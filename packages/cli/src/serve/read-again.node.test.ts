import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { readAgain, type ReadAgain } from './read-again.ts';

let folder: string;
let shop: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-again-'));
  shop = join(folder, 'shop');
  await mkdir(join(shop, 'cart'), { recursive: true });
  await writeFile(join(shop, 'cart/a.yaml'), 'a');
  await writeFile(join(shop, 'b.yaml'), 'b');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function texts({ sources }: ReadAgain): readonly string[] {
  return sources.map(({ text }) => text).toSorted();
}

it('takes what cannot be read as it was, a folder with all below it', async () => {
  const read = readAgain([shop]);
  expect(await read()).toMatchObject({ isWhole: true });
  await rename(shop, join(folder, 'away'));
  for (const _ of [1, 2]) {
    const without = await read();
    expect(texts(without)).toEqual(['a', 'b']);
    expect(without).toMatchObject({
      isWhole: false,
      diagnostics: [{ severity: 'error', code: 'FileNotReadable' }],
    });
  }
  await rename(join(folder, 'away'), shop);
  await writeFile(join(shop, 'b.yaml'), 'other');
  expect(await read()).toMatchObject({ isWhole: true, diagnostics: [] });
  expect(texts(await read())).toEqual(['a', 'other']);
});

it('takes what turns into something that is no text as it was', async () => {
  const read = readAgain([shop]);
  await read();
  await writeFile(join(shop, 'b.yaml'), new Uint8Array([0xc3]));
  const without = await read();
  expect(texts(without)).toEqual(['a', 'b']);
  expect(without.isWhole).toBe(false);
});

it('takes what was removed from a folder as removed, and what was never there as missing', async () => {
  const read = readAgain([shop, join(folder, 'none.yaml')]);
  expect(texts(await read())).toEqual(['a', 'b']);
  await rm(join(shop, 'b.yaml'));
  expect(texts(await read())).toEqual(['a']);
});
