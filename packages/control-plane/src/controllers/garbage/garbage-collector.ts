import { isFromSource } from '@portolan/core';
import {
  RESOURCE_TYPES,
  resourceTypeOf,
  type Change,
  type ObjectRef,
  type OwnerReference,
  type Store,
  type StoredObject,
  type Write,
} from '@portolan/store';

import { removal } from '../../store/expected.ts';
import { keyOfRef, refOfKey } from '../../store/object-key.ts';
import type { Controller } from '../controller/controller.ts';
import { deletion, dueTime } from './deletion.ts';
import { createOwnerIndex } from './owner-index.ts';

const NAMESPACES = 'namespaces';

/**
 * Takes away what nobody needs any more: objects whose owners are all gone (Kubernetes documentation, Garbage Collection),
 * those that were deleted and whose grace period is over, and what is in a namespace that is being deleted, then itself.
 *
 * An owner of a kind that isn't kept here counts as there, and objects that were synced from elsewhere have their owners there.
 */
export function garbageCollector(store: Store): Controller {
  const owners = createOwnerIndex();

  const contentsOf = (namespace: string): readonly StoredObject[] =>
    RESOURCE_TYPES.filter(({ namespaced }) => namespaced).flatMap(({ id }) =>
      store.list(id, namespace),
    );
  const isThere = (owner: OwnerReference, namespace: string): boolean => {
    const type = resourceTypeOf(owner);
    if (type === undefined) return true;
    const place = type.namespaced ? namespace : '';
    const object = store.get({ resource: type.id, namespace: place, name: owner.name });
    return object?.metadata.uid === owner.uid;
  };
  const isOrphaned = (object: StoredObject): boolean => {
    const { ownerReferences = [], namespace = '' } = object.metadata;
    return (
      ownerReferences.length > 0 &&
      !isFromSource(object) &&
      ownerReferences.every((owner) => !isThere(owner, namespace))
    );
  };
  const emptied = (namespace: StoredObject, now: number): readonly Write[] => {
    const contents = contentsOf(namespace.metadata.name);
    if (contents.length === 0) return deletion(namespace, now);
    return contents.flatMap((object) => deletion(object, now));
  };
  /** The namespace of an object, where that is being deleted. */
  const terminating = ({ namespace }: ObjectRef): readonly string[] => {
    const ref = { resource: NAMESPACES, namespace: '', name: namespace };
    const isDeleted = store.get(ref)?.metadata.deletionTimestamp !== undefined;
    return isDeleted ? [keyOfRef(ref)] : [];
  };
  const concerns = ({ type, ref, object, previous }: Change): readonly string[] => {
    const key = keyOfRef(ref);
    if (previous) owners.remove(key, previous);
    if (type === 'DELETED') {
      owners.remove(key, object);
      return [...owners.dependentsOf(object), ...terminating(ref)];
    }
    owners.add(key, object);
    const { deletionTimestamp, ownerReferences = [] } = object.metadata;
    const isDeleted = deletionTimestamp !== undefined;
    return [...terminating(ref), ...(isDeleted || ownerReferences.length > 0 ? [key] : [])];
  };

  return {
    name: 'garbage-collector',
    concerns,
    reconcile: (key, now) => {
      const object = store.get(refOfKey(key));
      if (object === undefined) return { writes: [] };
      const isDeleted = object.metadata.deletionTimestamp !== undefined;
      if (isDeleted && object.kind === 'Namespace') return { writes: emptied(object, now) };
      const due = dueTime(object);
      if (due !== undefined && due <= now) return { writes: [removal(object)] };
      if (isOrphaned(object)) return { writes: deletion(object, now) };
      return { writes: [], ...(due !== undefined && { again: due }) };
    },
  };
}
