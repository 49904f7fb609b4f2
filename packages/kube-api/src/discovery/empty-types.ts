import type { ResourceType } from '@portolan/store';

/**
 * Kinds of which there are no objects here, and never will be: they can be read, and are empty. Clients that know Kubernetes look
 * for them without asking whether they are served: `kubectl describe configmap` fails without Events, `kubectl apply --prune`
 * without what it prunes by default.
 */
export const EMPTY_TYPES: readonly ResourceType[] = [
  emptyType('Event', 'events', 'ev', true),
  emptyType('PersistentVolume', 'persistentvolumes', 'pv', false),
  emptyType('PersistentVolumeClaim', 'persistentvolumeclaims', 'pvc', true),
];

function emptyType(
  kind: string,
  plural: string,
  shortName: string,
  namespaced: boolean,
): ResourceType {
  return {
    id: plural,
    group: '',
    version: 'v1',
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames: [shortName],
    categories: [],
    namespaced,
    status: false,
    scale: false,
  };
}
