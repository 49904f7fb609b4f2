import { lstat, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { projectFiles } from './project-files.ts';

/** Where a project is to be made, and what it is called. */
export interface InitProjectOptions {
  /** Made where it doesn't exist. */
  readonly directory: string;
  /** The Worker's name, a DNS label (RFC 1123); by default what the directory's name can become of one. */
  readonly name?: string;
}

/** No project can be made; the message says why. Nothing was overwritten. */
export class InitFault extends Error {
  /** Files that are there already, relative to the directory, with `/`. */
  readonly inTheWay: readonly string[];

  constructor(message: string, inTheWay: readonly string[] = [], options?: ErrorOptions) {
    super(message, options);
    this.inTheWay = inTheWay;
  }
}

/**
 * Makes a project. No file that is there already is touched: with one of them in the way, none is written.
 *
 * @returns the files that were written, relative to the directory, with `/`
 * @throws {InitFault} where something is in the way, the name is none, or the system refuses.
 */
export async function initProject({
  directory,
  name = nameOf(directory),
}: InitProjectOptions): Promise<{ readonly files: readonly string[] }> {
  if (!LABEL.test(name)) {
    throw new InitFault(
      `${JSON.stringify(name)} is no name for a Worker: expected up to 63 of a-z, 0-9 and, between them, -`,
    );
  }
  const files = projectFiles(name);
  try {
    const inTheWay = await occupied(directory, [...files.keys()]);
    if (inTheWay.length > 0) {
      const names = inTheWay.map((path) => join(directory, path));
      throw new InitFault(`already there, and not overwritten: ${names.join(', ')}`, inTheWay);
    }
    await write(directory, files);
  } catch (error) {
    if (error instanceof InitFault) throw error;
    throw new InitFault(error instanceof Error ? error.message : String(error), [], {
      cause: error,
    });
  }
  return { files: [...files.keys()] };
}

/** RFC 1123: what is part of a workers.dev address can't be more. */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

function nameOf(directory: string): string {
  const label = basename(resolve(directory))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 63)
    .replace(/-$/, '');
  return label === '' ? 'portolan' : label;
}

async function occupied(directory: string, paths: readonly string[]): Promise<readonly string[]> {
  const occupants = await Promise.all(paths.map((path) => occupant(directory, path)));
  return [...new Set(occupants.filter((path) => path !== undefined))];
}

/** What is at `path` already, or is no folder on the way to it. */
async function occupant(directory: string, path: string): Promise<string | undefined> {
  try {
    await lstat(join(directory, path));
    return path;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return undefined;
    if (code === 'ENOTDIR' && path !== '.') return occupant(directory, dirname(path));
    throw error;
  }
}

async function write(directory: string, files: ReadonlyMap<string, string>): Promise<void> {
  const folders = new Set([...files.keys()].map((path) => join(directory, dirname(path))));
  await Promise.all([...folders].map((folder) => mkdir(folder, { recursive: true })));
  await Promise.all(
    // Whoever was faster is not overwritten either.
    [...files].map(([path, text]) => writeFile(join(directory, path), text, { flag: 'wx' })),
  );
}
