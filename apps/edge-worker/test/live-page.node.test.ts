import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { knock, start, type Running } from './running.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/how-to/live.md'), 'utf8');

/** The commands of the page, block by block, each with what it is to print if that is shown. */
const blocks = Array.from(
  page.matchAll(
    /^```sh(?<how> fails)?\n(?<text>[^]*?)^```\n(?:\n```text\n(?<shown>[^]*?)^```$)?/gm,
  ),
  ({ groups: { how = '', text = '', shown = '' } = {} }) => ({
    text,
    isToFail: how !== '',
    shown: shown.trim(),
  }),
);

describe.skipIf(!isThere('kubectl'))(
  'the session that docs/how-to/live.md shows (skipped where there is no kubectl)',
  () => {
    let folder: string;
    let running: Running;
    /** Answers to the requests that went on all the time, once paint.example was there. */
    const answers: { readonly status: number; readonly body: string }[] = [];
    const ending = new AbortController();
    let load: Promise<void> = Promise.resolve();

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'portolan-live-'));
      running = await start(undefined, undefined, undefined, {
        PORTOLAN_KUBECONFIG: join(folder, 'kubeconfig'),
      });
    });
    afterAll(async () => {
      ending.abort();
      await load;
      await running.stop();
      await rm(folder, { recursive: true });
    });

    const bash = (text: string): Promise<{ code: number; out: string; err: string }> =>
      new Promise((resolve) => {
        const line = `set -e\n${exportLine(running)}\n${text.replaceAll(':8787/', `:${running.port}/`)}`;
        execFile('bash', ['-c', line], (error, out, err) =>
          resolve({ code: error === null ? 0 : Number(error.code), out, err }),
        );
      });

    /** What curl printed. */
    const answered: string[] = [];

    /** Requests one after another, by several clients, until it is told to stop. */
    const client = async (): Promise<void> => {
      while (!ending.signal.aborted) {
        const { status, body } = await knock(running.port, '/', { host: 'paint.example' });
        answers.push({ status, body });
      }
    };

    it('has commands', () => {
      expect(blocks.length).toBeGreaterThan(6);
    });

    for (const { text, isToFail, shown } of blocks) {
      it(`runs: ${text.split('\n')[0]}`, async () => {
        if (text === blocks.at(-1)?.text) {
          ending.abort();
          await load;
        }
        const { code, out, err } = await bash(text);
        expect({ failed: code !== 0, out, err }).toMatchObject({ failed: isToFail });
        expect(`${out}${err}`).toContain(shown);
        if (text.includes('curl')) answered.push(out.split('\n').at(-1) ?? '');
        if (text.startsWith('kubectl wait')) {
          load = Promise.all([client(), client(), client()]).then(() => undefined);
        }
      });
    }

    it('is answered by its Pods', () => {
      const apps = answered.map((text) => JSON.parse(text).labels.app);
      expect(apps).toEqual(['paint', 'paint']);
    });

    it('had no request fail, whatever came and went meanwhile', () => {
      expect(answers.length).toBeGreaterThan(100);
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    });

    it('left nothing behind', async () => {
      const listed = async () =>
        (await bash('kubectl get pods,endpointslices -n default -o name')).out;
      await expect.poll(listed, { timeout: 10_000 }).not.toContain('paint');
    });
  },
);

function exportLine(running: Running): string {
  return /^kubectl: (export KUBECONFIG=.*)$/m.exec(running.output())?.[1] ?? '';
}

function isThere(program: string): boolean {
  try {
    execFileSync('bash', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
}
