import type { Change } from '../store/store.ts';

/** The last changes, one for each revision. */
export interface History {
  readonly add: (changes: readonly Change[]) => void;
  /** The changes after a revision; `undefined` where some of them are no longer known, or the revision lies ahead. */
  readonly since: (revision: number) => readonly Change[] | undefined;
}

/**
 * @param floor the revision before the first change
 * @param limit how many changes are known at the least, once there were so many
 */
export function createHistory(floor: number, limit: number): History {
  let changes: Change[] = [];
  let before = floor;
  return {
    add: (added) => {
      for (const change of added) changes.push(change);
      // Not with each change, so that none costs more than its share.
      if (changes.length <= limit * 2) return;
      before += changes.length - limit;
      changes = changes.slice(changes.length - limit);
    },
    since: (revision) =>
      revision >= before && revision <= before + changes.length
        ? changes.slice(revision - before)
        : undefined,
  };
}
