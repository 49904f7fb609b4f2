import { dirname, join, relative } from 'node:path';

/** A path that a file names relative to itself, relative to the current folder. URLs and `-` stay as they are. */
export function besideFile(file: string, path: string): string {
  if (path === '-' || URL.canParse(path)) return path;
  return relative('.', join(dirname(file), path)) || '.';
}
