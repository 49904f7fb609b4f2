import type { StoredObject, Write } from '@portolan/store';

import { removal, revisionOf } from '../../store/expected.ts';
import { timestamp } from '../../store/new-identity.ts';

/** When an object is to be gone, in milliseconds since 1970; `undefined` where nobody deleted it, or a finalizer holds it. */
export function dueTime({ metadata }: StoredObject): number | undefined {
  const { deletionTimestamp, finalizers = [] } = metadata;
  if (deletionTimestamp === undefined || finalizers.length > 0) return undefined;
  const time = Date.parse(deletionTimestamp);
  return Number.isNaN(time) ? 0 : time;
}

/** Deletes an object; one that a finalizer holds is marked as deleted, once. */
export function deletion(object: StoredObject, now: number): readonly Write[] {
  const { deletionTimestamp, finalizers = [] } = object.metadata;
  if (finalizers.length === 0) return [removal(object)];
  if (deletionTimestamp !== undefined) return [];
  const metadata = {
    ...object.metadata,
    deletionTimestamp: timestamp(now),
    deletionGracePeriodSeconds: 0,
  };
  return [{ put: { ...object, metadata }, expected: revisionOf(object) }];
}
