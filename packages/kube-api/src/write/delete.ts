import { RESOURCE_TYPES, type NewObject, type StoredObject, type Write } from '@portolan/store';

import { authorizeObject } from '../access/authorize.ts';
import { timestamp, wishOf, type Call, type Surroundings } from '../api/call.ts';
import { conflict, notFound } from '../status/faults.ts';
import { commit } from './commit.ts';
import { deleteOptions, type DeleteOptions } from './delete-options.ts';

/** What became of a DELETE. */
export interface Deleted {
  /** Its last state; or, where something holds it yet, as it is now. */
  readonly object: NewObject;
  readonly isGone: boolean;
  /** Nothing was written. */
  readonly dryRun: boolean;
}

/**
 * Deletes an object, or asks for its deletion where finalizers or a grace period hold it.
 *
 * Source: Kubernetes, Finalizers; Pod Lifecycle, Termination of Pods.
 */
export async function remove(call: Call, surroundings: Surroundings): Promise<Deleted> {
  const { type, namespace, name = '' } = call;
  const options = await deleteOptions(call, surroundings.maxBody);
  const object = surroundings.store.get({ resource: type.id, namespace, name });
  authorizeObject(call.identity, wishOf(call), object);
  if (object === undefined) throw notFound(type, name);
  checkPreconditions(call, options, object);
  const { dryRun } = options;
  const writes = deletionOf(type.id, object, options, surroundings);
  const last = writes.at(-1);
  const wanted = last !== undefined && 'put' in last ? last.put : object;
  const after = commit(call, surroundings, writes, dryRun, wanted, object);
  return { object: after, isGone: last !== undefined && 'delete' in last, dryRun };
}

function checkPreconditions({ type }: Call, options: DeleteOptions, object: StoredObject): void {
  const { name, uid, resourceVersion } = object.metadata;
  for (const [field, asked, found] of [
    ['UID', options.uid, uid],
    ['ResourceVersion', options.resourceVersion, resourceVersion],
  ] as const) {
    if (asked === undefined || asked === found) continue;
    const why = `Precondition failed: ${field} in precondition: ${asked}, ${field} in object meta: ${found}`;
    throw conflict(type, name, why);
  }
}

/** The writes that delete an object, or ask for it; none where that was asked for before. */
function deletionOf(
  resource: string,
  object: StoredObject,
  options: DeleteOptions,
  surroundings: Surroundings,
): readonly Write[] {
  if (object.kind === 'Namespace') return namespaceDeletion(object, surroundings);
  const { namespace = '', name, finalizers = [] } = object.metadata;
  const asked = (object.kind === 'Pod' && options.gracePeriodSeconds) || 0;
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = object.metadata;
  if (finalizers.length === 0 && asked === 0) return [{ delete: { resource, namespace, name } }];
  // A grace period that is under way is only ever shortened.
  if (deletionTimestamp !== undefined && asked >= deletionGracePeriodSeconds) return [];
  return [{ put: terminating(object, asked, surroundings.now()) }];
}

/** With all that is in it, and without any grace; what has finalizers holds it. */
function namespaceDeletion(namespace: StoredObject, surroundings: Surroundings): readonly Write[] {
  const { name, finalizers = [], deletionTimestamp } = namespace.metadata;
  const contents = RESOURCE_TYPES.filter(({ namespaced }) => namespaced).flatMap(({ id }) =>
    surroundings.store.list(id, name).map((object) => ({ id, object })),
  );
  const writes = contents.flatMap(({ id, object }) =>
    deletionOf(id, object, { dryRun: false }, surroundings),
  );
  const isHeld =
    finalizers.length > 0 ||
    contents.some(({ object }) => (object.metadata.finalizers ?? []).length > 0);
  if (!isHeld) return [...writes, { delete: { resource: 'namespaces', namespace: '', name } }];
  if (deletionTimestamp !== undefined) return writes;
  const put = terminating(namespace, 0, surroundings.now());
  return [...writes, { put: { ...put, status: { phase: 'Terminating' } } }];
}

function terminating(
  object: StoredObject,
  gracePeriodSeconds: number,
  now: number,
): Extract<Write, { put: unknown }>['put'] {
  const { resourceVersion: _, generation, ...metadata } = object.metadata;
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(generation !== undefined && { generation: generation + 1 }),
      deletionTimestamp: timestamp(now + gracePeriodSeconds * 1000),
      deletionGracePeriodSeconds: gracePeriodSeconds,
    },
  };
}

/** Deletes objects of one type, all in one commit. */
export function removeAll(
  call: Call,
  surroundings: Surroundings,
  objects: readonly StoredObject[],
  options: DeleteOptions,
): void {
  for (const object of objects) checkPreconditions(call, options, object);
  const writes = objects.flatMap((object) =>
    deletionOf(call.type.id, object, options, surroundings),
  );
  if (!options.dryRun) surroundings.store.commit(writes);
}
