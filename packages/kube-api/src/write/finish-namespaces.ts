import { RESOURCE_TYPES, type Store } from '@portolan/store';

/**
 * Deletes Namespaces whose deletion was asked for, as soon as nothing is left that holds them.
 *
 * Source: Kubernetes, Namespaces; the `kubernetes` finalizer.
 *
 * @returns Ends it.
 */
export function finishNamespaces(store: Store): () => void {
  let isOver = false;
  let isDue = false;
  const namespaced = RESOURCE_TYPES.filter((type) => type.namespaced);

  function finish(): void {
    isDue = false;
    if (isOver) return;
    const done = store
      .list('namespaces')
      .filter(({ metadata: { name, deletionTimestamp, finalizers = [] } }) => {
        const isHeld = finalizers.length > 0;
        if (deletionTimestamp === undefined || isHeld) return false;
        return namespaced.every(({ id }) => store.list(id, name).length === 0);
      });
    const writes = done.map(({ metadata: { name } }) => ({
      delete: { resource: 'namespaces', namespace: '', name },
    }));
    try {
      if (writes.length > 0) store.commit(writes);
    } catch {
      // The store is closed or can't keep anything: the next change asks again.
    }
  }

  function schedule(): void {
    if (isDue) return;
    isDue = true;
    // A listener may not commit.
    queueMicrotask(finish);
  }

  schedule();
  const unsubscribe = store.subscribe((changes) => {
    const isWorthwhile = changes.some(
      ({ type, ref }) => type === 'DELETED' || ref.resource === 'namespaces',
    );
    if (isWorthwhile) schedule();
  });
  return () => {
    isOver = true;
    unsubscribe();
  };
}
