import { ConflictError, type NewObject, type StoredObject, type Write } from '@portolan/store';

import type { Call, Surroundings } from '../api/call.ts';
import { alreadyExists, modified } from '../status/faults.ts';

/**
 * Commits writes, the last of which is the object's.
 *
 * @returns The object as it is kept; with `dryRun`, as it would be.
 * @throws {StatusError} @throws {UnavailableError}
 */
export function commit(
  { type }: Call,
  { store }: Surroundings,
  writes: readonly Write[],
  dryRun: boolean,
  object: NewObject,
  previous?: StoredObject,
): NewObject {
  const { name } = object.metadata;
  if (dryRun) return withVersion(object, previous);
  try {
    const changes = store.commit(writes);
    const own = changes.findLast(({ ref }) => ref.resource === type.id && ref.name === name);
    return own?.object ?? withVersion(object, previous);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    throw previous === undefined ? alreadyExists(type, name) : modified(type, name);
  }
}

function withVersion(object: NewObject, previous: StoredObject | undefined): NewObject {
  if (previous === undefined) return object;
  const { resourceVersion } = previous.metadata;
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}
