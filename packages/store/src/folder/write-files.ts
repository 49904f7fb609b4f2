import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Files that are about to change together. */
export interface PreparedFiles {
  /**
   * Puts the new files in the place of the old ones. What it could not do is told by file.
   *
   * @returns The files that were not changed, and why.
   */
  readonly commit: () => ReadonlyMap<string, unknown>;
  /** Forgets about it. */
  readonly abandon: () => void;
}

/**
 * Writes the new texts to the disk beside the files that they are to replace, so that little is left that can fail.
 *
 * @param temporary A folder of ours on the same disk.
 * @param texts By path; `undefined` for a file that is to go.
 * @throws where the disk is full, or may not be written to.
 */
export function prepareFiles(
  temporary: string,
  texts: ReadonlyMap<string, string | undefined>,
): PreparedFiles {
  const prepared: { readonly path: string; readonly target: string; readonly written?: string }[] =
    [];
  const abandon = (): void => {
    for (const { written } of prepared) if (written !== undefined) rmSync(written, { force: true });
  };
  try {
    mkdirSync(temporary, { recursive: true });
    for (const [path, text] of texts) {
      const target = targetOf(path);
      const folder = dirname(target);
      if (text !== undefined) makeFolder(folder);
      requireWritable(folder, temporary);
      if (text === undefined) {
        prepared.push({ path, target });
        continue;
      }
      const written = join(temporary, String(prepared.length));
      prepared.push({ path, target, written });
      writeDurably(written, text, modeOf(target));
    }
  } catch (error) {
    abandon();
    throw error;
  }
  return {
    abandon,
    commit: () => {
      const failed = new Map<string, unknown>();
      for (const { path, target, written } of prepared) {
        try {
          if (written === undefined) rmSync(target, { force: true });
          else renameSync(written, target);
          syncFolder(dirname(target));
        } catch (error) {
          failed.set(path, error);
        }
      }
      return failed;
    },
  };
}

/** What would only fail once it is too late is found out here. */
function requireWritable(folder: string, temporary: string): void {
  accessSync(folder, constants.W_OK);
  if (statSync(folder).dev === statSync(temporary).dev) return;
  throw new Error(`${folder} is on another disk than the folder that it is in`);
}

/** What a symbolic link leads to is written, not the link. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function modeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mode ?? 0o644;
}

function makeFolder(path: string): void {
  const made = mkdirSync(path, { recursive: true });
  if (made !== undefined) syncFolder(dirname(made));
}

function writeDurably(path: string, text: string, mode: number): void {
  const descriptor = openSync(path, 'w', mode);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A new name in a folder is on the disk when the folder is. Windows has no such thing, and refuses. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
