import { statSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Calls back after files or folders change, once for a burst of changes and never twice at a time.
 *
 * @param onChange What it throws is printed; watching goes on.
 */
export function watchPaths(
  paths: readonly string[],
  onChange: () => Promise<void>,
): { readonly close: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(onChange).catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      });
    }, 100);
  };
  const watchers = paths.flatMap((path) => watchPath(path, later) ?? []);
  return {
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Of a file the folder is watched, since editors put another file in its place. */
function watchPath(path: string, onChange: () => void): FSWatcher | undefined {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const folder = isFolder ? path : dirname(path);
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return undefined;
  const name = basename(path);
  return watch(folder, { recursive: isFolder }, (_, changed) => {
    if (isFolder || changed === name) onChange();
  }).on('error', onChange);
}
