import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { Diagnostic } from '@portolan/manifests';

import { errorCode, fileFault, unreadable } from '../file-fault/file-fault.ts';
import { similarPath } from '../similar-path/similar-path.ts';
import { isURL } from '../url/url.ts';

/** A file that may hold manifests. */
export interface FoundFile {
  /** `-` for standard input, or a URL. */
  readonly path: string;
  /** Come across in a folder, not asked for by name. */
  readonly discovered: boolean;
  /** Bytes; absent for what has no size before it is read, such as a pipe. */
  readonly size?: number;
}

type Found = AsyncGenerator<FoundFile | Diagnostic, void, undefined>;

const MANIFEST = /\.(?:yaml|yml|json)$/u;
/** Folders that hold a person's tools, not their manifests. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** How far the walk has come. */
interface Walk {
  /** Real paths of files and folders, and URLs. None is read twice, however many links lead to it. */
  readonly seen: Set<string>;
  /** How many files were met, whether for the first time or again. */
  met: number;
}

/** The files named and those in the folders named, in the order of `paths` and by name within a folder. */
export async function* findFiles(paths: readonly string[]): Found {
  const walk: Walk = { seen: new Set(), met: 0 };
  for (const path of paths) {
    if (path !== '-' && !isURL(path)) yield* findAt(path, [], walk);
    else if (!walk.seen.has(path)) {
      walk.seen.add(path);
      yield { path, discovered: false };
    }
  }
}

/** @param around the real paths of the folders that the walk is in */
async function* findAt(path: string, around: readonly string[], walk: Walk): Found {
  const discovered = around.length > 0;
  const isManifest = !discovered || MANIFEST.test(path);
  const place = await placeOf(path);
  if ('error' in place) {
    // A link to nothing is nobody's business, unless it is called like a manifest.
    if (isManifest || place.code === 'ELOOP') {
      const isMissing = !discovered && place.code === 'ENOENT';
      yield unreadable(path, place.error, isMissing ? await similarPath(path) : undefined);
    }
    return;
  }
  if (place.isFolder) {
    yield* findInFolder(path, place.real, around, walk);
  } else if (isManifest && !(discovered && place.isSpecial)) {
    walk.met += 1;
    if (walk.seen.has(place.real)) return;
    walk.seen.add(place.real);
    yield { path, discovered, ...(!place.isSpecial && { size: place.size }) };
  }
}

async function* findInFolder(
  path: string,
  real: string,
  around: readonly string[],
  walk: Walk,
): Found {
  const discovered = around.length > 0;
  if (discovered && SKIPPED_FOLDERS.has(basename(path))) return;
  if (around.includes(real)) {
    const message = 'leads back to a folder that it is in, and is not followed';
    yield fileFault('warning', 'SymlinkLoop', path, message);
    return;
  }
  if (walk.seen.has(real)) return;
  walk.seen.add(real);
  const entries = await entriesOf(path);
  if ('error' in entries) {
    yield unreadable(path, entries.error);
    return;
  }
  const before = walk.met;
  for (const name of entries.names) yield* findAt(join(path, name), [...around, real], walk);
  if (!discovered && walk.met === before) {
    const message = 'has no .yaml, .yml or .json file in it';
    yield fileFault('warning', 'NoManifestFiles', path, message);
  }
}

interface Place {
  readonly real: string;
  readonly isFolder: boolean;
  /** A pipe, such as the shell's `<(…)`, a socket or a device. */
  readonly isSpecial: boolean;
  readonly size: number;
}

async function placeOf(
  path: string,
): Promise<Place | { readonly error: unknown; readonly code: string | undefined }> {
  try {
    const stats = await stat(path);
    const isFolder = stats.isDirectory();
    const isSpecial = !isFolder && !stats.isFile();
    // What is special need not have a real path.
    const real = isSpecial ? path : await realpath(path);
    return { real, isFolder, isSpecial, size: stats.size };
  } catch (error) {
    return { error, code: errorCode(error) };
  }
}

/** The names in a folder of what may be, hold or lead to a manifest; sorted. */
async function entriesOf(
  folder: string,
): Promise<{ readonly names: readonly string[] } | { readonly error: unknown }> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return {
      names: entries
        .filter(isCandidate)
        .map(({ name }) => name)
        .toSorted(),
    };
  } catch (error) {
    return { error };
  }
}

function isCandidate(entry: Dirent): boolean {
  return entry.isDirectory() || entry.isSymbolicLink() || MANIFEST.test(entry.name);
}
