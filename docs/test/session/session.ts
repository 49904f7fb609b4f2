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
export type Step =
  /** Saves a file. */
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  /**
   * Runs a command to its end. `shown` is what the page shows of its output; absent where it shows nothing. With `again` it runs until
   * it prints that: something started takes a moment to follow what was done before.
   */
  | {
      readonly kind: 'run';
      readonly text: string;
      readonly shown?: string;
      readonly again?: boolean;
    }
  /** Starts a command that goes on, until the page stops it or ends; waits for what it shows. */
  | { readonly kind: 'start'; readonly text: string; readonly shown: string }
  /** Looks for what a started command prints meanwhile. */
  | { readonly kind: 'later'; readonly text: string }
  /** Ends what was started last, as by Ctrl-C. */
  | { readonly kind: 'stop'; readonly text: string };

export const ROOT: string = join(import.meta.dirname, '../../..');

/** The blocks of a page, or of one of its sections: up to the next heading of its level. */
export function blocksOf(path: string, heading?: string): readonly Block[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const [section = ''] =
    heading === undefined ? [text] : (text.split(`\n## ${heading}\n`)[1] ?? '').split(/^## /m, 1);
  return Array.from(
    section.matchAll(/^```(\w+) ?(.*)\n([^]*?)^```$/gm),
    ([, language = '', info = '', content = '']) => ({ language, info, text: content }),
  );
}

/**
 * What a page has its reader do.
 *
 * - A block with a file's name, such as `yaml shop.yaml`, is saved.
 * - `sh` is run; a block `text` right after it shows what it prints.
 * - `sh later` is run again until it prints what is shown: a reader is slower than a test.
 * - `sh start` goes on running; the block `text` after it shows what it prints by the time that one goes on.
 * - `text later` is what a started command prints from then on; `text stop` ends the one that was started last.
 *
 * Blocks of all other kinds are only read.
 */
export function stepsOf(blocks: readonly Block[]): readonly Step[] {
  return blocks.flatMap(({ language, info, text }, index): readonly Step[] => {
    const next = blocks[index + 1];
    const shown = next?.language === 'text' && next.info === '' ? next.text.trimEnd() : undefined;
    if (/^\S+\.\w+$/.test(info)) return [{ kind: 'file', name: info, text }];
    switch (`${language} ${info}`.trimEnd()) {
      case 'sh':
        return [{ kind: 'run', text, ...(shown !== undefined && { shown }) }];
      case 'sh later':
        return [{ kind: 'run', text, again: true, ...(shown !== undefined && { shown }) }];
      case 'sh start':
        return [{ kind: 'start', text, shown: shown ?? '' }];
      case 'text later':
        return [{ kind: 'later', text }];
      case 'text stop':
        return [{ kind: 'stop', text }];
      default:
        return [];
    }
  });
}

/** The files that blocks show by name. */
export function filesOf(blocks: readonly Block[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    stepsOf(blocks).flatMap((step) => (step.kind === 'file' ? [[step.name, step.text]] : [])),
  );
}

export function linesOf(text: string): readonly string[] {
  return text.trimEnd().split('\n');
}

/** What is shown, as whole lines or without flags as all that there is, where `…` stands for whatever is left out. */
export function pattern(shown: string, flags: string = 'm'): RegExp {
  const escaped = shown.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(/^…$/gm, '[^]*').replaceAll('…', '.*')}$`, flags);
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
