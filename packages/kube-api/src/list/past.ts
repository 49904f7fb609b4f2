import { compareText } from '@portolan/core';
import type { Store, StoredObject } from '@portolan/store';

import type { ResourcePath } from '../request-path/request-path.ts';

/**
 * A collection as it was at a revision: as it is, with what has changed since undone. `undefined` where that is no longer known,
 * or the revision lies ahead.
 */
export function collectionAt(
  store: Store,
  { type, namespace }: ResourcePath,
  revision: number,
): readonly StoredObject[] | undefined {
  const now = store.list(type.id, namespace === '' ? undefined : namespace);
  if (revision === store.revision()) return now;
  const changes = store
    .since(revision)
    ?.filter(
      ({ ref }) => ref.resource === type.id && (namespace === '' || ref.namespace === namespace),
    );
  if (changes === undefined || changes.length === 0) return changes && now;
  const objects = new Map(now.map((object) => [keyOf(object), object]));
  for (const { object, previous } of changes.toReversed()) {
    if (previous === undefined) objects.delete(keyOf(object));
    else objects.set(keyOf(object), previous);
  }
  return [...objects.values()].toSorted(compareObjects);
}

function keyOf({ metadata }: StoredObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** The order of lists. */
function compareObjects(a: StoredObject, b: StoredObject): number {
  return comparePlaces(a, { namespace: b.metadata.namespace ?? '', name: b.metadata.name });
}

/** Whether an object comes before (negative) or behind (positive) a place in a list. */
export function comparePlaces(
  { metadata }: StoredObject,
  place: { readonly namespace: string; readonly name: string },
): number {
  return (
    compareText(metadata.namespace ?? '', place.namespace) || compareText(metadata.name, place.name)
  );
}
