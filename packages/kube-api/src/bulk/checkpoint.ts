import type { NewObject, ObjectRef, Store } from '@portolan/store';

import { textAt } from '../content/json-object.ts';

/** Where what belongs to syncs themselves is kept: their checkpoints, and the Leases of those who send. */
const SYNC_NAMESPACE = 'portolan-system';

/** Which ConfigMap keeps a source's checkpoint. */
export function checkpointRef(source: string): ObjectRef {
  return { resource: 'configmaps', namespace: SYNC_NAMESPACE, name: `portolan-sync-${source}` };
}

/** The checkpoint that a source is at. */
export function checkpointOf(store: Store, source: string): string | undefined {
  return textAt(store.get(checkpointRef(source))?.['data'], 'checkpoint');
}

/** The ConfigMap that says that a source is at a checkpoint. */
export function checkpointObject(
  store: Store,
  source: string,
  checkpoint: string,
  createdAt: string,
): NewObject {
  const { namespace, name } = checkpointRef(source);
  const previous = store.get(checkpointRef(source));
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace,
      uid: previous?.metadata.uid ?? crypto.randomUUID(),
      creationTimestamp: previous?.metadata.creationTimestamp ?? createdAt,
    },
    data: { checkpoint },
  };
}
