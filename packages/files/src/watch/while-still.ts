import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

import { findFiles } from '../find-files/find-files.ts';
import { isURL } from '../url/url.ts';

export interface StillOptions {
  /** Milliseconds for which no file may have changed; 100 by default. */
  readonly holdoff?: number;
  /** Milliseconds after which files are read as they are, and for which one must have been empty to be so; 3000 by default. */
  readonly maximum?: number;
}

/**
 * Reads files while nobody writes to them: once none has changed for a while, and again where one has changed meanwhile. So what is
 * written without a pause is never read half written, and what is emptied to be written anew, as a shell's `>` does, has a
 * little longer. Who pauses for longer than `holdoff`, or goes on for longer than `maximum`, is read in the middle of it.
 *
 * @param paths As `readManifestFiles` takes them; URLs, `-` and pipes are always still.
 * @throws what `read` throws.
 */
export async function whileStill<Result>(
  paths: readonly string[],
  read: () => Promise<Result>,
  { holdoff = 100, maximum = 3000 }: StillOptions = {},
): Promise<Result> {
  const files = paths.filter((path) => path !== '-' && !isURL(path));
  const limits = { holdoff, maximum };
  const deadline = performance.now() + maximum;
  for (;;) {
    // oxlint-disable no-await-in-loop -- one after the other, until it is still
    const since = await stillSince(files, limits);
    const wait = Math.min(since - Date.now(), deadline - performance.now());
    if (wait > 0) {
      await setTimeout(Math.min(wait, holdoff));
    } else {
      const result = await read();
      const isLate = performance.now() >= deadline;
      if (isLate || (await stillSince(files, limits)) === since) return result;
    }
    // oxlint-enable no-await-in-loop
  }
}

/**
 * From when on files have been still for long enough, in milliseconds since 1970, unless they change again. What is said to be
 * written in times to come doesn't count.
 */
async function stillSince(
  paths: readonly string[],
  { holdoff, maximum }: Required<StillOptions>,
): Promise<number> {
  let since = 0;
  for await (const found of findFiles(paths)) {
    if ('severity' in found || found.size === undefined) continue;
    const stats = await stat(found.path).catch(() => undefined);
    if (stats === undefined) continue;
    // When an older file was moved here is told by the one; the other tells parts of a second on Deno, too.
    for (const changed of [stats.ctimeMs, stats.mtimeMs]) {
      const isPast = changed < Date.now() + 1;
      if (isPast) since = Math.max(since, changed + (stats.size === 0 ? maximum : holdoff));
    }
  }
  return since;
}
