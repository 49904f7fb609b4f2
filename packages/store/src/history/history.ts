import type { Change } from '../store/store.ts';
import { sizeBeside } from './size.ts';

/** The last changes, one for each revision. */
export interface History {
  readonly add: (changes: readonly Change[]) => void;
  /** The changes after a revision; `undefined` where some of them are no longer known, or the revision lies ahead. */
  readonly since: (revision: number) => readonly Change[] | undefined;
}

/** About the UTF-16 code units of JSON that changes keep and the store does not: a Durable Object has 128 MB for everything. */
const LARGEST = 16 * 1024 * 1024;

/**
 * @param floor the revision before the first change
 * @param limit how many changes are known at the least, once there were so many, unless they are too large together
 */
export function createHistory(floor: number, limit: number): History {
  let changes: Change[] = [];
  let sizes: number[] = [];
  let size = 0;
  let before = floor;
  const keep = (count: number): void => {
    const dropped = changes.length - count;
    before += dropped;
    changes = changes.slice(dropped);
    for (const each of sizes.slice(0, dropped)) size -= each;
    sizes = sizes.slice(dropped);
  };
  return {
    add: (added) => {
      for (const change of added) {
        const own = sizeOf(change);
        changes.push(change);
        sizes.push(own);
        size += own;
      }
      // Not with each change, so that none costs more than its share.
      if (changes.length > limit * 2) keep(limit);
      if (size > LARGEST * 2) keep(newest(sizes));
    },
    since: (revision) =>
      revision >= before && revision <= before + changes.length
        ? changes.slice(revision - before)
        : undefined,
  };
}

/** What a change keeps alive that nothing else does: what was there before. */
function sizeOf({ type, object, previous }: Change): number {
  return type === 'DELETED' ? sizeBeside(object) : sizeBeside(previous, object);
}

/** How many of the newest are not too large together. */
function newest(sizes: readonly number[]): number {
  let left = LARGEST;
  const first = sizes.findLastIndex((size) => (left -= size) < 0);
  return sizes.length - 1 - first;
}
