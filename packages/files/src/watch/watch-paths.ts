import { statSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';

import { isURL } from '../url/url.ts';

export interface WatchOptions {
  /** Milliseconds without a change after which a burst is over; 100 by default. */
  readonly holdoff?: number;
  /** Milliseconds after which changes that don't end are told all the same; 3000 by default. */
  readonly maximum?: number;
}

/** Milliseconds between looks at whether what is watched is still the same folder. */
const LOOK = 1000;

/**
 * Tells of changes in files and folders, and in all below those: once for a burst of them. What is not there yet, and what is
 * removed and made anew, is told of as well. URLs and `-` never change. Keeps no process alive.
 *
 * @param onChange Must not throw.
 * @returns Ends it.
 */
export function watchPaths(
  paths: readonly string[],
  onChange: () => void,
  { holdoff = 100, maximum = 3000 }: WatchOptions = {},
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let latest: number | undefined;
  const tell = (): void => {
    latest = undefined;
    onChange();
  };
  const later = (): void => {
    const now = performance.now();
    latest ??= now + maximum;
    clearTimeout(timer);
    timer = setTimeout(tell, Math.min(holdoff, Math.max(0, latest - now)));
    timer.unref();
  };
  const files = paths.filter((path) => path !== '-' && !isURL(path));
  const ends = files.map((path) => watchPath(path, later));
  return () => {
    clearTimeout(timer);
    for (const end of ends) end();
  };
}

/** What is watched for a path: the folder that it is, or that it is in, since editors put another file in a file's place. */
interface Watched {
  readonly folder: string;
  readonly isWhole: boolean;
  readonly inode: number;
  /** Of the path itself, which may be a link that leads elsewhere after a change. */
  readonly target: string;
}

function watchPath(path: string, onChange: () => void): () => void {
  let watcher: FSWatcher | undefined;
  let watched: Watched | undefined;
  const stop = (): void => {
    watcher?.close();
    watcher = undefined;
    watched = undefined;
  };
  const look = (isFirst: boolean): void => {
    const found = whatToWatch(path);
    const isSame =
      found?.folder === watched?.folder &&
      found?.inode === watched?.inode &&
      found?.target === watched?.target;
    if (isSame) return;
    stop();
    if (!isFirst) onChange();
    if (found === undefined) return;
    try {
      const seen = (): void => {
        onChange();
        // Told already: the next look need not tell it again.
        const now = whatToWatch(path);
        if (now?.folder === found.folder && now.inode === found.inode) watched = now;
      };
      watcher = start(found, basename(path), seen).on('error', stop);
      watched = found;
    } catch {
      // As with a system that watches no more folders: the next look tries again.
    }
  };
  look(true);
  const timer = setInterval(() => look(false), LOOK);
  timer.unref();
  return () => {
    clearInterval(timer);
    stop();
  };
}

function start({ folder, isWhole }: Watched, name: string, onChange: () => void): FSWatcher {
  return watch(folder, { recursive: isWhole, persistent: false }, (_, changed) => {
    if (isWhole || changed === null || changed === name) onChange();
  });
}

function whatToWatch(path: string): Watched | undefined {
  const own = statSync(path, { throwIfNoEntry: false });
  const isWhole = own?.isDirectory() ?? false;
  const folder = isWhole ? path : dirname(path);
  const inode = statSync(folder, { throwIfNoEntry: false })?.ino;
  // A change of the file's content is seen by its folder's watcher, unless a link leads to it.
  const target = own === undefined ? '' : `${own.ino} ${isWhole ? '' : own.mtimeMs}`;
  return inode === undefined ? undefined : { folder, isWhole, inode, target };
}
