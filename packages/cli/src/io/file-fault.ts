import { UsageError } from '../main/usage-error.ts';

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EISDIR', 'it is a folder'],
  ['ENOENT', 'no such file'],
  ['ENOSPC', 'no space is left'],
  ['ENOTDIR', 'no such file'],
]);

/** What is to be said of a file that could not be read or written. */
export function fileFault(file: string, done: 'read' | 'written', error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new UsageError(`${file}: can't be ${done}: ${REASONS.get(code) ?? code}`);
}
