import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A block of code of a page: what stands behind the language is its `info`. */
export interface Block {
  readonly language: string;
  readonly info: string;
  readonly text: string;
}

/** What a reader does, one after another. */
export interface Step {
  /** `sh`: a command; `sh serve`: the one that goes on; `text serve`: what that one tells after the command before. */
  readonly kind: string;
  readonly text: string;
  /** What the page shows of what is printed; absent where it shows nothing. */
  readonly shown?: string;
}

const root = join(import.meta.dirname, '../../../..');

/** The blocks of a page from one heading to the next of its level, at addresses that are no other test's. */
export function blocksOf(path: string, heading: string): readonly Block[] {
  const [, section = ''] = readFileSync(join(root, path), 'utf8').split(`\n## ${heading}\n`);
  const [text = ''] = section.split(/^## /m, 1);
  const moved = text
    .replaceAll('127.0.0.', '127.0.104.')
    .replaceAll(/(?<=(?:--|^  )(?:http|https|internal|dns|admin)(?: |: ))\d+/gm, '127.0.104.1:$&');
  return Array.from(
    moved.matchAll(/^```(\w+) ?(\S*)\n([^]*?)^```$/gm),
    ([, language = '', info = '', content = '']) => ({ language, info, text: content }),
  );
}

export function stepsOf(blocks: readonly Block[]): readonly Step[] {
  return blocks.flatMap(({ language, info, text }, index): readonly Step[] => {
    const kind = `${language} ${info}`.trimEnd();
    if (!['sh', 'sh serve', 'text serve'].includes(kind)) return [];
    const next = blocks[index + 1];
    const isShown = next?.language === 'text' && next.info === '';
    return [{ kind, text, ...(isShown && { shown: next.text.trimEnd() }) }];
  });
}

/** The files that blocks show by name. */
export function filesOf(blocks: readonly Block[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    blocks.flatMap(({ language, info, text }) =>
      language === 'yaml' && info !== '' ? [[info, text]] : [],
    ),
  );
}

export function linesOf(text: string): readonly string[] {
  return text.trimEnd().split('\n');
}

/** What is shown, as whole lines or without flags as all that there is, where `…` stands for whatever is left out. */
export function pattern(shown: string, flags: string = 'm'): RegExp {
  const escaped = shown.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('…', '.*')}$`, flags);
}

/** Those programs that this machine lacks. */
export function lacking(programs: readonly string[]): readonly string[] {
  return programs.filter((program) => {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  });
}
