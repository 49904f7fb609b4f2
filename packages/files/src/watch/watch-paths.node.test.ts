import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { watchPaths } from './watch-paths.ts';

let folder: string;
const ends: (() => void)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-watch-'));
});

afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await rm(folder, { recursive: true, force: true });
});

/** Counts what is told, and waits for the next of it. */
function watched(...paths: readonly string[]): { told: () => number; next: () => Promise<void> } {
  let told = 0;
  let heard = Promise.withResolvers<void>();
  ends.push(
    watchPaths(
      paths,
      () => {
        told += 1;
        heard.resolve();
        heard = Promise.withResolvers();
      },
      { holdoff: 20 },
    ),
  );
  return { told: () => told, next: () => heard.promise };
}

describe('watchPaths', () => {
  it('tells of a change anywhere below a folder, and of what is made there later', async () => {
    await mkdir(join(folder, 'shop'));
    const { next } = watched(folder);
    let heard = next();
    await writeFile(join(folder, 'shop/cart.yaml'), 'a');
    await expect(heard).resolves.toBeUndefined();
    heard = next();
    await mkdir(join(folder, 'late'));
    await expect(heard).resolves.toBeUndefined();
  });

  it('tells of a file that is written, and of another that is put in its place', async () => {
    const file = join(folder, 'shop.yaml');
    await writeFile(file, 'a');
    const { next } = watched(file);
    let heard = next();
    await writeFile(file, 'b');
    await expect(heard).resolves.toBeUndefined();
    heard = next();
    await writeFile(join(folder, 'new'), 'c');
    await rename(join(folder, 'new'), file);
    await expect(heard).resolves.toBeUndefined();
  });

  it('tells of a file that a link leads to', async () => {
    const file = join(folder, 'real.yaml');
    await mkdir(join(folder, 'links'));
    await writeFile(file, 'a');
    await symlink(file, join(folder, 'links/shop.yaml'));
    const { next } = watched(join(folder, 'links/shop.yaml'));
    const heard = next();
    await writeFile(file, 'b');
    await expect(heard).resolves.toBeUndefined();
  });

  it('tells of a folder that comes to be, and of one that is made anew', async () => {
    const later = join(folder, 'later');
    const { next } = watched(later);
    let heard = next();
    await mkdir(later);
    await expect(heard).resolves.toBeUndefined();
    heard = next();
    await rm(later, { recursive: true });
    await expect(heard).resolves.toBeUndefined();
    heard = next();
    await mkdir(later);
    await expect(heard).resolves.toBeUndefined();
    heard = next();
    await writeFile(join(later, 'shop.yaml'), 'a');
    await expect(heard).resolves.toBeUndefined();
  });

  it('tells of neither URLs nor standard input, and of nothing once it is ended', async () => {
    const { told } = watched('-', 'https://shop.example/a.yaml', folder);
    for (const end of ends.splice(0)) end();
    await writeFile(join(folder, 'a.yaml'), 'a');
    const other = watched(folder);
    const heard = other.next();
    await writeFile(join(folder, 'b.yaml'), 'a');
    await expect(heard).resolves.toBeUndefined();
    expect(told()).toBe(0);
  });

  it('tells of changes that never end', async () => {
    const file = join(folder, 'shop.yaml');
    const heard = Promise.withResolvers<void>();
    ends.push(watchPaths([file], heard.resolve, { holdoff: 60_000, maximum: 50 }));
    const writing = setInterval(() => writeFileSync(file, 'a'), 5);
    await expect(heard.promise).resolves.toBeUndefined();
    clearInterval(writing);
  });
});
