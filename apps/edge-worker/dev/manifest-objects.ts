import { objectKey, type Resource } from '@portolan/core';

import type { ResourceAPI } from './resource-api.ts';

/** The objects of the manifests in the resource API. */
export interface ManifestObjects {
  /** Brings in what is new or differs from what the manifests held before, and removes what they hold no longer. */
  readonly update: (resources: readonly Resource[]) => Promise<void>;
}

/** @param warn Is told of what the API refuses: an object more or less, the others are brought in. */
export function manifestObjects(
  api: ResourceAPI,
  warn: (message: string) => void,
): ManifestObjects {
  let before: ReadonlyMap<string, Resource> = new Map();

  const apply = async (resource: Resource): Promise<void> => {
    try {
      await api.apply(resource, 'manifests');
    } catch (error) {
      // Most of a Pod can't be changed: it takes another Pod.
      if (resource.kind !== 'Pod') throw error;
      await api.remove(resource);
      await api.apply(resource, 'manifests');
    }
  };

  return {
    update: async (resources) => {
      const now = new Map(
        resources.map((resource) => [`${resource.kind} ${objectKey(resource)}`, resource]),
      );
      const changed = [...now].filter(
        ([key, resource]) => JSON.stringify(before.get(key)) !== JSON.stringify(resource),
      );
      const gone = [...before].filter(([key]) => !now.has(key));
      before = now;
      const results = await Promise.allSettled([
        ...changed.map(([, resource]) => apply(resource)),
        ...gone.map(([, resource]) => api.remove(resource)),
      ]);
      for (const result of results) {
        if (result.status === 'rejected') warn(String(result.reason));
      }
    },
  };
}
