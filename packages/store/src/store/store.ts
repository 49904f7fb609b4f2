import type { NewObject, ObjectRef, StoredObject } from '../object/stored-object.ts';

/** What became of one object. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly ref: ObjectRef;
  /** The object as it is now; of a deleted one its last state, with the revision of its deletion as `resourceVersion`. */
  readonly object: StoredObject;
  /** As it was before; absent where it was added. */
  readonly previous?: StoredObject;
  /** The revision that this change is: one more than that of the change before. */
  readonly revision: number;
}

/** One write of a commit. */
export type Write =
  | {
      readonly put: NewObject;
      /** What must be there for the commit to hold: nothing, or the object at this revision. Absent: whatever there is. */
      readonly expected?: 'absent' | number;
    }
  | { readonly delete: ObjectRef; readonly expected?: number };

/** Thrown by `commit` where an object is not as expected. Nothing is written then. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly ref: ObjectRef;
  /** The object as it is; absent where there is none. */
  readonly current: StoredObject | undefined;

  constructor(ref: ObjectRef, current: StoredObject | undefined) {
    super(`${ref.resource} ${ref.namespace}/${ref.name} is not as expected`);
    this.ref = ref;
    this.current = current;
  }
}

/** Thrown by `commit` where what keeps the objects can't: a full disk, a file that can't be written. Nothing is written then. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}

/**
 * Objects by resource, namespace and name, with a revision that grows by one with each change. All that is kept is also in
 * memory; a commit is kept for good when `commit` returns.
 *
 * Everything is synchronous: what is read, decided and committed without waiting in between is one transaction.
 */
export interface Store {
  /** The revision of the last change. It never falls, over restarts either. */
  readonly revision: () => number;
  readonly get: (ref: ObjectRef) => StoredObject | undefined;
  /** All objects of a resource, or those of one namespace, sorted by namespace, then name, by UTF-16 code units. */
  readonly list: (resource: string, namespace?: string) => readonly StoredObject[];
  /**
   * Writes all or nothing; each write is a revision of its own, in the order given. A put that changes nothing but
   * `resourceVersion` is no change. A delete of what isn't there is none either.
   *
   * @returns What changed, in order; empty where nothing did.
   * @throws {ConflictError} @throws {UnavailableError}
   */
  readonly commit: (writes: readonly Write[]) => readonly Change[];
  /** The changes after a revision, in order; `undefined` where they are no longer known, or the revision lies ahead. */
  readonly since: (revision: number) => readonly Change[] | undefined;
  /**
   * Is told of every commit's changes, after they are kept and before `commit` returns, in order. A listener that throws
   * keeps nothing from anybody else. Listeners may not commit; they may note that something is to be done.
   *
   * @returns Ends it.
   */
  readonly subscribe: (listener: (changes: readonly Change[]) => void) => () => void;
  /** Ends it all. What was kept stays kept. */
  readonly close: () => void;
}
