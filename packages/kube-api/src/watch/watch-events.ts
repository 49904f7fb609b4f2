import type { Change, StoredObject } from '@portolan/store';

import type { Selection } from '../selection/selection.ts';

/** One event of a watch. Kubernetes API reference, WatchEvent v1 meta. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'DELETED' | 'MODIFIED';
  readonly object: StoredObject;
}

/**
 * What a watch of a selection is told of a change: an object that comes to be selected is added, one that no longer is deleted,
 * in the state in which it was selected last and with the revision of the change. `undefined` where it isn't told.
 */
export function watchEvent(selection: Selection, change: Change): WatchEvent | undefined {
  const { type, ref, object, previous } = change;
  if (!selection.holds(ref)) return undefined;
  const was = previous !== undefined && selection.matches(previous);
  const is = type !== 'DELETED' && selection.matches(object);
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object };
  if (!was) return undefined;
  const { resourceVersion } = object.metadata;
  return {
    type: 'DELETED',
    object: { ...previous, metadata: { ...previous.metadata, resourceVersion } },
  };
}
