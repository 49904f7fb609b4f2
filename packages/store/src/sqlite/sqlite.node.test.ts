import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { configMap, put } from '../contract/sample-objects.ts';
import { storeContract } from '../contract/store-contract.ts';
import { openSQLite } from './sqlite.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-sqlite-'));
  file = join(folder, 'store.db');
});
afterEach(() => rm(folder, { recursive: true }));

describe('a store in an SQLite file', () => {
  let count = 0;
  const place = () => {
    count += 1;
    const own = join(folder, `${count}.db`);
    return { open: (options: Parameters<typeof openSQLite>[1]) => openSQLite(own, options) };
  };
  it.each(storeContract({ place, keeps: true }))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it('has its file to itself until it is closed, within the process and beyond', async () => {
    const store = openSQLite(file);
    expect(() => openSQLite(file)).toThrow(`${file} is in use by another process or store`);
    const module = new URL('sqlite.ts', import.meta.url).href;
    const program = `const { openSQLite } = await import(${JSON.stringify(module)}); openSQLite(process.argv[1]).close();`;
    const open = () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program, file]);
    await expect(open()).rejects.toThrow('is in use by another process');
    store.close();
    await expect(open()).resolves.toMatchObject({ stdout: '' });
    openSQLite(file).close();
  });

  it('says which file is no database, and leaves it as it is', async () => {
    await writeFile(file, 'This is a text, and a long one: no database begins like this.');
    expect(() => openSQLite(file)).toThrow(`${file} is damaged: file is not a database`);
    expect((await stat(file)).size).toBe(61);
  });

  it('says which file is damaged inside', async () => {
    const store = openSQLite(file);
    store.commit(put(configMap('shop', 'a')));
    store.close();
    const database = new DatabaseSync(file);
    database.exec(`UPDATE store_objects SET object = '{"apiVersion'`);
    database.close();
    expect(() => openSQLite(file)).toThrow(`${file} is damaged`);
    // What failed holds no lock.
    new DatabaseSync(file).close();
    expect(() => openSQLite(file)).toThrow(`${file} is damaged`);
  });

  it('refuses tables of another format', () => {
    openSQLite(file).close();
    const database = new DatabaseSync(file);
    database.exec(`UPDATE store_meta SET value = 2 WHERE key = 'format'`);
    database.close();
    expect(() => openSQLite(file)).toThrow('the tables are of format 2, and this reads format 1');
  });

  it('says which file can’t be opened', () => {
    expect(() => openSQLite(join(folder, 'nothing', 'store.db'))).toThrow(
      /nothing\/store\.db can't be opened/u,
    );
  });
});
