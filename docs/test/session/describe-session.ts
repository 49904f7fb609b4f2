import { rm, writeFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { openShell, type Shell } from '../shell/shell.ts';
import { blocksOf, lacking, linesOf, pattern, stepsOf, type Step } from './session.ts';
import { start, type Started } from './started.ts';

export interface SessionOptions {
  /** The section that is the session; the whole page by default. */
  readonly heading?: string;
  /** Makes of commands, files and output what a test must have instead, such as addresses that no other test has. */
  readonly moved?: (text: string) => string;
  /** Programs without which there is no session. */
  readonly required?: readonly string[];
  /** Programs without which the steps that name them are skipped. */
  readonly optional?: readonly string[];
  /** Files that are there before, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Tests that a reader who does what a page says, in its order, sees what it shows. */
export function describeSession(
  page: string,
  {
    heading,
    moved = (text) => text,
    required = [],
    optional = [],
    files = {},
  }: SessionOptions = {},
): void {
  const blocks = blocksOf(page, heading).map((block) => ({ ...block, text: moved(block.text) }));
  const steps = stepsOf(blocks);
  const absent = lacking(required);
  const name = `the session of ${page}${heading === undefined ? '' : `, ${heading}`}`;
  const why = absent.length > 0 ? ` (skipped where there is no ${absent.join(', ')})` : '';

  describe.skipIf(absent.length > 0)(`${name}${why}`, () => {
    let shell: Shell;
    const started: Started[] = [];

    beforeAll(async () => {
      shell = await openShell(files);
    });
    afterAll(async () => {
      await Promise.all(started.map(({ end }) => end()));
      await shell.remove();
    });

    const printed = (): string => started.map((each) => each.printed()).join('\n');

    const run = async ({ text, shown }: Step & { readonly kind: 'run' }): Promise<void> => {
      const { code, out, err } = await shell.run(`set -eo pipefail\n${text}`);
      expect({ code, out, err }).toMatchObject({ code: expectedCode(text) });
      if (shown !== undefined) expect(out.trimEnd()).toMatch(pattern(shown, ''));
    };

    const follow = async (step: Step): Promise<void> => {
      switch (step.kind) {
        case 'file': {
          const file = join(shell.folder, step.name);
          await mkdir(dirname(file), { recursive: true });
          await rm(file, { force: true });
          await writeFile(file, step.text);
          return;
        }
        case 'run':
          return step.again === true
            ? vi.waitFor(() => run(step), { timeout: 20_000, interval: 200 })
            : run(step);
        case 'start':
          started.push(await start(shell, step.text, step.shown));
          return;
        case 'later':
          for (const line of linesOf(step.text)) {
            await expect.poll(printed, { timeout: 20_000 }).toMatch(pattern(line));
          }
          return;
        case 'stop':
          await started.at(-1)?.end();
          return;
      }
    };

    it('has steps', () => {
      expect(steps).not.toEqual([]);
    });

    for (const step of steps) {
      const missing = lacking(optional.filter((program) => step.text.includes(program)));
      const skipped =
        missing.length > 0 ? ` (skipped where there is no ${missing.join(', ')})` : '';
      const what = step.kind === 'file' ? step.name : linesOf(step.text)[0];
      it.skipIf(missing.length > 0)(`${step.kind}: ${what}${skipped}`, async () => {
        await expect(follow(step)).resolves.toBeUndefined();
      });
    }
  });
}

/** A command whose last line says so is meant to fail: `portolan check -f k8s/ # exits with 1`. */
function expectedCode(text: string): number {
  return Number(/# exits with (\d+)\s*$/.exec(text)?.[1] ?? 0);
}
