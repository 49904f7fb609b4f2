import { relative, sep } from 'node:path';

import type { Diagnostic } from '@portolan/manifests';

/** Something to be said of a whole file or folder. */
export function fileFault(
  severity: Diagnostic['severity'],
  code: string,
  path: string,
  message: string,
): Diagnostic {
  return { severity, code, message, file: shownName(path), line: 1, column: 1 };
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['ELOOP', 'too many symbolic links'],
  ['ENOENT', 'no such file or folder'],
  ['ENOTDIR', 'no such file or folder'],
  ['EPERM', 'permission denied'],
]);

/** What is to be said of a path that the system would not let us read. */
export function unreadable(path: string, error: unknown): Diagnostic {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const message = `can't be read: ${REASONS.get(code) ?? code}`;
  return fileFault('error', 'FileNotReadable', path, message);
}

/** Relative to the current folder, with `/`; a path outside it stays as it is. `-` is `stdin`. */
export function shownName(path: string): string {
  if (path === '-') return 'stdin';
  const name = relative('.', path);
  return (name.startsWith('..') ? path : name || '.').split(sep).join('/');
}
