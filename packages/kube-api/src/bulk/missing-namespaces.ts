import type { NewObject, Store } from '@portolan/store';

/**
 * The Namespaces that objects are in and that aren't there yet.
 *
 * Source: Kubernetes documentation, Admission Control, NamespaceAutoProvision.
 */
export function missingNamespaces(
  store: Store,
  objects: readonly NewObject[],
  createdAt: string,
): readonly NewObject[] {
  const names = new Set(objects.flatMap(({ metadata: { namespace } }) => namespace ?? []));
  return [...names]
    .filter((name) => store.get({ resource: 'namespaces', namespace: '', name }) === undefined)
    .map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        uid: crypto.randomUUID(),
        creationTimestamp: createdAt,
        labels: { 'kubernetes.io/metadata.name': name },
      },
      status: { phase: 'Active' },
    }));
}
