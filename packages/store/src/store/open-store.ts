import { createCollection, type Collection } from '../collection/collection.ts';
import { createHistory } from '../history/history.ts';
import { freeze, frozenCopy } from '../json/frozen-copy.ts';
import { sameJSON } from '../json/same-json.ts';
import type { NewObject, ObjectRef, StoredObject } from '../object/stored-object.ts';
import type { Persistence } from '../persistence/persistence.ts';
import { refOf } from './ref-of.ts';
import { ConflictError, UnavailableError, type Change, type Store, type Write } from './store.ts';

export interface StoreOptions {
  /** How many changes `since` knows at the least: 10 000 by default. */
  readonly history?: number;
  /** Milliseconds since 1970: the system's clock by default. */
  readonly now?: () => number;
  /** Is told what a listener threw, which goes nowhere else. */
  readonly onListenerError?: (error: unknown) => void;
}

/**
 * Opens a store: all that was kept is in memory when it returns. Without a persistence it begins empty and keeps nothing.
 *
 * Revisions begin at the one kept or at the milliseconds since 1970, whichever is higher, so that what a client remembers
 * of a store that was lost, or set back to a backup, is not taken for newer than what is there. The changes before that are
 * not known: `since` says so.
 *
 * @throws what the persistence throws where it can't read what is kept.
 */
export function openStore(persistence?: Persistence, options: StoreOptions = {}): Store {
  const { history: limit = 10_000, now = Date.now, onListenerError } = options;
  const kept = persistence?.load() ?? { objects: [], revision: 0 };
  const collections = new Map<string, Collection>();
  for (const object of kept.objects) {
    const { resource, namespace, name } = refOf(object);
    collectionOf(resource).set(namespace, name, freeze(object));
  }
  let revision = firstRevision(kept.revision, now(), persistence);
  const history = createHistory(revision, limit);
  const listeners = new Set<(changes: readonly Change[]) => void>();
  let isCommitting = false;
  let isClosed = false;

  function collectionOf(resource: string): Collection {
    const collection = collections.get(resource) ?? createCollection();
    collections.set(resource, collection);
    return collection;
  }

  const get = ({ resource, namespace, name }: ObjectRef): StoredObject | undefined =>
    collections.get(resource)?.get(namespace, name);

  function write(writes: readonly Write[]): readonly Change[] {
    const changes = changesOf(writes, get, revision);
    const last = changes.at(-1);
    if (last === undefined) return changes;
    try {
      persistence?.keep(changes, last.revision);
    } catch (error) {
      throw unavailable(error);
    }
    for (const { type, ref, object } of changes) {
      const { resource, namespace, name } = ref;
      collectionOf(resource).set(namespace, name, type === 'DELETED' ? undefined : object);
    }
    revision = last.revision;
    history.add(changes);
    const told = [...listeners];
    for (const listener of told) {
      try {
        if (listeners.has(listener)) listener(changes);
      } catch (error) {
        onListenerError?.(error);
      }
    }
    return changes;
  }

  return {
    revision: () => revision,
    get,
    list: (resource, namespace) => collections.get(resource)?.list(namespace) ?? [],
    commit: (writes) => {
      if (isClosed) throw new UnavailableError('the store is closed');
      if (isCommitting) throw new Error('a listener must not commit: note what is to be done');
      isCommitting = true;
      try {
        return write(writes);
      } finally {
        isCommitting = false;
      }
    },
    since: (after) => history.since(after),
    subscribe: (listener) => {
      const own = (changes: readonly Change[]): void => listener(changes);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      listeners.clear();
      persistence?.close();
    },
  };
}

/** Where the clock's revision can't be kept, the kept one is still not below any that was given out. */
function firstRevision(kept: number, now: number, persistence: Persistence | undefined): number {
  if (persistence === undefined || now <= kept) return Math.max(kept, now);
  try {
    persistence.keep([], now);
    return now;
  } catch {
    return kept;
  }
}

/** What the writes come to, one after the other, from what is there. */
function changesOf(
  writes: readonly Write[],
  get: (ref: ObjectRef) => StoredObject | undefined,
  revision: number,
): readonly Change[] {
  const changes: Change[] = [];
  const changed = new Map<string, StoredObject | undefined>();
  for (const write of writes) {
    const ref = 'put' in write ? refOf(write.put) : write.delete;
    const key = [ref.resource, ref.namespace, ref.name].join('\0');
    const previous = changed.has(key) ? changed.get(key) : get(ref);
    if (!isExpected(write.expected, previous)) throw new ConflictError(ref, previous);
    const change = changeOf(write, ref, previous, revision + changes.length + 1);
    if (change === undefined) continue;
    changes.push(change);
    changed.set(key, change.type === 'DELETED' ? undefined : change.object);
  }
  return changes;
}

function isExpected(expected: Write['expected'], current: StoredObject | undefined): boolean {
  if (expected === undefined) return true;
  return expected === 'absent'
    ? current === undefined
    : current?.metadata.resourceVersion === String(expected);
}

/** What one write does; `undefined` where it changes nothing. */
function changeOf(
  write: Write,
  given: ObjectRef,
  previous: StoredObject | undefined,
  revision: number,
): Change | undefined {
  const ref = Object.freeze({
    resource: given.resource,
    namespace: given.namespace,
    name: given.name,
  });
  if ('delete' in write) {
    if (previous === undefined) return undefined;
    const object = atRevision(previous, revision);
    return Object.freeze({ type: 'DELETED', ref, object: freeze(object), previous, revision });
  }
  const next = atRevision(write.put, revision);
  if (previous !== undefined && sameJSON(atRevision(previous, revision), next)) return undefined;
  const object = frozenCopy(next, previous);
  if (previous === undefined) return Object.freeze({ type: 'ADDED', ref, object, revision });
  return Object.freeze({ type: 'MODIFIED', ref, object, previous, revision });
}

function atRevision(object: NewObject, revision: number): StoredObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
}

function unavailable(error: unknown): UnavailableError {
  if (error instanceof UnavailableError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new UnavailableError(`the objects can't be kept: ${reason}`, { cause: error });
}
