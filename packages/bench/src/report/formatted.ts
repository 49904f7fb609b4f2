import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const OXFMT = new URL('../../../../node_modules/.bin/oxfmt', import.meta.url);

/** A text as the formatter of the whole project wants it, so that a new run changes figures alone. */
export function formatted(text: string, fileName: string): string {
  return execFileSync(fileURLToPath(OXFMT), [`--stdin-filepath=${fileName}`], {
    input: text,
    encoding: 'utf8',
    maxBuffer: Infinity,
    cwd: import.meta.dirname,
  });
}
