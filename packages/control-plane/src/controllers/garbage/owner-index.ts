import type { StoredObject } from '@portolan/store';

/** Who depends on whom, by the owners' uids. */
export interface OwnerIndex {
  readonly add: (key: string, dependent: StoredObject) => void;
  readonly remove: (key: string, dependent: StoredObject) => void;
  /** The keys of the objects that name this one as an owner. */
  readonly dependentsOf: (owner: StoredObject) => readonly string[];
}

export function createOwnerIndex(): OwnerIndex {
  const byOwner = new Map<string, Set<string>>();
  return {
    add: (key, { metadata }) => {
      for (const { uid } of metadata.ownerReferences ?? []) {
        const keys = byOwner.get(uid) ?? new Set();
        byOwner.set(uid, keys.add(key));
      }
    },
    remove: (key, { metadata }) => {
      for (const { uid } of metadata.ownerReferences ?? []) {
        const keys = byOwner.get(uid);
        keys?.delete(key);
        if (keys?.size === 0) byOwner.delete(uid);
      }
    },
    dependentsOf: ({ metadata }) => [...(byOwner.get(metadata.uid) ?? [])],
  };
}
