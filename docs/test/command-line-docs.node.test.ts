import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openShell, type Shell } from './shell/shell.ts';

const root = join(import.meta.dirname, '../..');

/** The blocks of a page: what language they are in, which file they show, and their text. */
function blocks(page: string): readonly { language: string; file: string; text: string }[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```(\w+) ?(\S*)\n([^]*?)^```$/gm)].map(
    ([, language = '', file = '', content = '']) => ({ language, file, text: content }),
  );
}

/** Each command of the page that is the program's, and ends by itself. */
function commands(page: string): readonly string[] {
  return blocks(page)
    .filter(({ language, file }) => language === 'sh' && file === '')
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => /\bportolan (?!start)/.test(line) && !line.startsWith('#'));
}

/** Each command that is alone in its block, with what the block after it shows of its output. */
function outputs(page: string): readonly { command: string; shown: string }[] {
  const text = readFileSync(join(root, page), 'utf8');
  const shape =
    /^```(?:sh|console)\n(?:\$ )?(.*\bportolan (?!start).*)\n```\n\s*```text\n([^]*?)^```$/gm;
  return [...text.matchAll(shape)].map(([, command = '', shown = '']) => ({ command, shown }));
}

/** Without spaces at the end of each. */
function lines(output: string): readonly string[] {
  return output
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd());
}

/** What is printed, with a line of `…` in place of what is left out where `shown` has one. */
function excerpt(printed: readonly string[], shown: readonly string[]): readonly string[] {
  let rest = printed;
  const kept = shown.flatMap((line, index) => {
    if (line !== '…') {
      const [first, ...others] = rest;
      rest = others;
      return first ?? [];
    }
    const next = shown[index + 1];
    const end = next === undefined ? -1 : rest.indexOf(next);
    rest = end < 0 ? [] : rest.slice(end);
    return line;
  });
  return [...kept, ...rest];
}

/** The files that the page shows by name. */
function files(page: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    blocks(page).flatMap(({ language, file, text }) =>
      language === 'yaml' && file !== '' ? [[file, text]] : [],
    ),
  );
}

const REQUESTS = `{"url":"http://shop.example/"}\n{"url":"http://shop.example/cart","from":"192.0.2.7"}\n`;

const PAGES = ['docs/reference/cli.md', 'README.md'];

describe.each(PAGES)('every command of %s', (page) => {
  let shell: Shell;

  beforeAll(async () => {
    shell = await openShell({
      ...files('docs/reference/cli.md'),
      ...files(page),
      'requests.jsonl': REQUESTS,
    });
  });

  afterAll(() => shell.remove());

  it.each(commands(page))('%s', async (line) => {
    const { code, out, err } = await shell.run(line);
    // 2 would be for a command that is not understood; 1 is for what is found, such as the change in a diff.
    expect({ code, err }).not.toMatchObject({ code: 2 });
    // Sourcing, and writing files, is silent.
    const isSilent = /^source|-o /.test(line);
    expect(out === '').toBe(isSilent);
  });

  it.each(outputs(page))('$command prints what is shown', async ({ command, shown }) => {
    const { out } = await shell.run(command);
    expect(excerpt(lines(out), lines(shown))).toEqual(lines(shown));
  });

  it('is there', () => {
    expect(commands(page).length).toBeGreaterThan(0);
  });
});

it('shows what a command prints', () => {
  expect(PAGES.flatMap(outputs)).not.toEqual([]);
});
