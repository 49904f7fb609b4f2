import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { start, type Running } from './running.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

/** The commands under the README's heading. */
function commands(heading: string): readonly string[] {
  const [, section = ''] = readme.split(`\n## ${heading}\n`);
  const [, block = ''] = /^```sh\n([^]*?)^```$/m.exec(section) ?? [];
  return block.trimEnd().split('\n');
}

describe('the commands for the admin side', () => {
  const [make = '', put = '', ask = ''] = commands('The admin side');
  let folder: string;
  let called: string;
  let token: string;
  let worker: Running;

  /** @param env beside that of this process */
  const bash = (line: string, env: Readonly<Record<string, string>> = {}): string =>
    execFileSync('bash', ['-c', line], {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH']}`, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portolan-readme-'));
    // In place of Cloudflare, who would ask for an account: prints what it is called with, and what it is given.
    await writeFile(join(folder, 'npx'), '#!/bin/sh\necho "$@"\ncat\n');
    await chmod(join(folder, 'npx'), 0o755);
    [called = '', token = ''] = bash(`${make}\n${put}`).split('\n');
    worker = await start(undefined, undefined, token);
  });
  afterAll(async () => {
    await worker.stop();
    await rm(folder, { recursive: true });
  });

  it('make a token that the Worker takes, and ask for metrics with it', () => {
    expect(called).toBe('wrangler secret put ADMIN_TOKEN');
    const here = ask.replace('https://shop.example/', `http://127.0.0.1:${worker.port}/`);
    expect(here).not.toBe(ask);
    expect(bash(here, { ADMIN_TOKEN: token })).toContain('portolan_snapshot_info{version=');
  });

  it('are the one that npm start prints', () => {
    const [, line = ''] = /^metrics: (curl .*)$/m.exec(worker.output()) ?? [];
    expect(bash(line, { PORTOLAN_TOKEN: token })).toContain('portolan_snapshot_info{version=');
  });
});
