import { relative, sep } from 'node:path';

import type { Diagnostic } from '@portolan/manifests';

import { isURL, shownURL } from '../url/url.ts';

/** Something to be said of a whole file or folder. */
export function fileFault(
  severity: Diagnostic['severity'],
  code: string,
  path: string,
  message: string,
): Diagnostic {
  return { severity, code, message, file: shownName(path), line: 1, column: 1 };
}

/** Why something can't be read; the message is for people. */
export class NotReadable extends Error {}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'too many symbolic links'],
  ['ENOENT', 'no such file or folder'],
  ['ENOTDIR', 'no such file or folder'],
  ['EPERM', 'permission denied'],
]);

/**
 * What is to be said of a path that the system would not let us read.
 *
 * @param similar A path that may have been meant.
 */
export function unreadable(path: string, error: unknown, similar?: string): Diagnostic {
  const hint = similar === undefined ? '' : `; there is ${shownName(similar)}`;
  return fileFault('error', 'FileNotReadable', path, `can't be read: ${reasonOf(error)}${hint}`);
}

function reasonOf(error: unknown): string {
  if (error instanceof NotReadable) return error.message;
  const code = errorCode(error) ?? String(error);
  return REASONS.get(code) ?? code;
}

/** `ENOENT` and the like. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/**
 * Relative to the current folder, with `/`; a path outside it stays as it is. `-` is `stdin`, and a URL is shown without
 * user name and password. Control characters are escaped, so that a name is always one line.
 */
export function shownName(path: string): string {
  if (path === '-') return 'stdin';
  const name = isURL(path) ? shownURL(path) : shownPath(path);
  return name.replaceAll(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}

function shownPath(path: string): string {
  const name = relative('.', path);
  return (name.startsWith('..') ? path : name || '.').split(sep).join('/');
}
