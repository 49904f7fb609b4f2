import { appendFile, mkdtemp, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { whileStill } from './while-still.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-still-'));
  file = join(folder, 'shop.yaml');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const PATIENT = { holdoff: 500, maximum: 60_000 };

describe('whileStill', () => {
  it.each(['the file', 'its folder'])(
    'does not read a file before it was still, by the name of %s',
    async (by) => {
      await writeFile(file, '-');
      const reading = whileStill(
        [by === 'the file' ? file : folder],
        () => readFile(file, 'utf8'),
        PATIENT,
      );
      for (const line of ['a', 'b', 'c']) {
        await appendFile(file, line);
        await setTimeout(5);
      }
      await expect(reading).resolves.toBe('-abc');
    },
  );

  it('leaves time to who empties a file to write it anew, and believes it in the end', async () => {
    await writeFile(file, '');
    const read = (): Promise<string> => readFile(file, 'utf8');
    const reading = whileStill([folder], read, { holdoff: 1, maximum: 60_000 });
    await setTimeout(50);
    await writeFile(file, 'new');
    await expect(reading).resolves.toBe('new');
    await writeFile(file, '');
    await expect(whileStill([folder], read, { holdoff: 1, maximum: 50 })).resolves.toBe('');
  });

  it('reads again where a file was written as it was read', async () => {
    await writeFile(file, 'old');
    let reads = 0;
    const text = await whileStill(
      [folder],
      async () => {
        reads += 1;
        const read = await readFile(file, 'utf8');
        if (reads === 1) await writeFile(file, 'new');
        return read;
      },
      { holdoff: 5 },
    );
    expect(text).toBe('new');
  });

  it('reads what is never still as it is, in the end', async () => {
    await writeFile(file, 'a');
    const read = (): Promise<void> => appendFile(file, 'a');
    await expect(
      whileStill([file], read, { holdoff: 60_000, maximum: 50 }),
    ).resolves.toBeUndefined();
  });

  it('reads at once what was written long ago or is said to be later, and what is not there', async () => {
    const other = join(folder, 'other.yaml');
    await writeFile(other, 'a');
    await setTimeout(20);
    await utimes(other, new Date(), new Date(Date.now() + 3_600_000));
    await rename(other, file);
    const paths = [file, join(folder, 'none.yaml'), '-', 'https://shop.example/a.yaml'];
    await expect(
      whileStill(paths, () => readFile(file, 'utf8'), { holdoff: 20, maximum: 60_000 }),
    ).resolves.toBe('a');
  });
});
