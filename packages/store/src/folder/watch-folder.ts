import { watch, type FSWatcher } from 'node:fs';

import { statsOf } from './stats-of.ts';

/** Milliseconds between two looks at whether the folder is still the one that is watched. */
const LOOK = 1_000;

/**
 * Tells of changes in a folder and all below it, until it is ended. A folder that is removed and made anew is watched again.
 * Keeps no process alive.
 *
 * @param onChange told the file or folder, relative to the watched one, where the system says; it may be told too often
 * @returns Ends it.
 */
export function watchFolder(
  path: string,
  onChange: (file: string | undefined) => void,
): () => void {
  let watcher: FSWatcher | undefined;
  let watched: number | undefined;

  const stop = (): void => {
    watcher?.close();
    watcher = undefined;
    watched = undefined;
  };
  const look = (): void => {
    const inode = statsOf(path)?.ino;
    if (inode === watched && (watcher || inode === undefined)) return;
    stop();
    onChange(undefined);
    if (inode === undefined) return;
    try {
      const started = watch(path, { recursive: true, persistent: false }, (_, file) => {
        onChange(file?.replaceAll('\\', '/'));
      });
      started.on('error', () => {
        if (watcher === started) stop();
      });
      watcher = started;
      watched = inode;
    } catch {
      // As with a system that watches no more folders: the next look tries again, and rescans help meanwhile.
    }
  };
  look();
  const timer = setInterval(look, LOOK);
  timer.unref();
  return () => {
    clearInterval(timer);
    stop();
  };
}
