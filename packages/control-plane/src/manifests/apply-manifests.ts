import { MANIFESTS_ANNOTATION, type Resource } from '@portolan/core';
import type { KubeAPI } from '@portolan/kube-api';
import {
  objectPath,
  refOf,
  RESOURCE_TYPES,
  resourceTypeOf,
  type ObjectRef,
  type Store,
  type StoredObject,
} from '@portolan/store';

import { keyOfRef } from '../store/object-key.ts';
import { isMadeOf, manifestObject, type ManifestObject } from './manifest-object.ts';

/** What became of manifests. */
export interface AppliedManifests {
  readonly applied: number;
  /** Manifests that have not changed since they were applied: their objects stay as they are now. */
  readonly unchanged: number;
  readonly removed: number;
  /** Objects that the API did not take, and why: as they are, or not there at all. */
  readonly refused: readonly { readonly ref: ObjectRef; readonly message: string }[];
}

/**
 * Brings manifests in as all that a source has: by the API, as whoever `kubectl apply --server-side --force-conflicts` does.
 * What the source had before and has no more is deleted. A manifest that has not changed is passed over, so that what others
 * made of its object since is kept; one that was refused blocks nothing else.
 */
export type ApplyManifests = (
  resources: readonly Resource[],
  options: { readonly source: string },
) => Promise<AppliedManifests>;

export interface ManifestApplierOptions {
  readonly store: Pick<Store, 'get' | 'list'>;
  readonly fetch: KubeAPI['fetch'];
  /** What stands before `/api` in paths. */
  readonly prefix: string;
  /** Good for everything. */
  readonly token: string;
  /** Waits until what holds deleted objects has let go of them. */
  readonly settled: () => Promise<void>;
}

interface Item {
  readonly ref: ObjectRef;
  readonly object: ManifestObject;
}

/** The name in `managedFields`. */
const FIELD_MANAGER = 'portolan-manifests';

/** One call has its turn after the other. */
export function manifestApplier(options: ManifestApplierOptions): ApplyManifests {
  const { store } = options;
  let last: Promise<unknown> = Promise.resolve();

  const apply = async (items: readonly Item[]): Promise<AppliedManifests['refused']> => {
    const refused: AppliedManifests['refused'][number][] = [];
    for (const { ref, object } of items) {
      // oxlint-disable-next-line no-await-in-loop -- in order, and without a storm
      const message = await send(options, 'PATCH', ref, object);
      if (message !== undefined) refused.push({ ref, message });
    }
    return refused;
  };
  const run: ApplyManifests = async (resources, { source }) => {
    const items = resources.map((resource) => itemOf(resource, source)).toSorted(namespacesFirst);
    // What is on its way out would take along what is applied to it.
    if (items.some(({ ref }) => isBeingDeleted(store.get(ref)))) await options.settled();
    const changed = items.filter(({ ref, object }) => !isMadeOf(store.get(ref), object));
    const refused = await apply(changed);
    const gone = goneFrom(store, source, items);
    const kept: AppliedManifests['refused'][number][] = [];
    for (const ref of gone) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      const message = await send(options, 'DELETE', ref);
      if (message !== undefined) kept.push({ ref, message });
    }
    // What was in the way may be gone now: an address, a port.
    const isAgain = new Set(refused.map(({ ref }) => ref));
    const mayGoBetter = gone.length > 0 && refused.length > 0;
    if (mayGoBetter) await options.settled();
    const again = mayGoBetter
      ? await apply(changed.filter(({ ref }) => isAgain.has(ref)))
      : refused;
    return {
      applied: changed.length - again.length,
      unchanged: items.length - changed.length,
      removed: gone.length - kept.length,
      refused: [...again, ...kept],
    };
  };
  return (resources, { source }) => {
    const result = last.then(() => run(resources, { source }));
    last = result.catch(() => undefined);
    return result;
  };
}

function itemOf(resource: Resource, source: string): Item {
  const type = resourceTypeOf(resource);
  const { name, namespace = 'default' } = resource.metadata;
  const ref = { resource: type?.id ?? '', namespace: type?.namespaced ? namespace : '', name };
  return { ref, object: manifestObject(resource, source) };
}

function isBeingDeleted(object: StoredObject | undefined): boolean {
  return object?.metadata.deletionTimestamp !== undefined;
}

function namespacesFirst(a: Item, b: Item): number {
  return Number(b.ref.resource === 'namespaces') - Number(a.ref.resource === 'namespaces');
}

/**
 * What a source had and has no more. A Namespace that it has something in stays, for all that is in it would go with it.
 */
function goneFrom(
  store: ManifestApplierOptions['store'],
  source: string,
  items: readonly Item[],
): readonly ObjectRef[] {
  const named = new Set(items.map(({ ref }) => keyOfRef(ref)));
  const inhabited = new Set(items.map(({ ref }) => ref.namespace));
  return RESOURCE_TYPES.flatMap(({ id }) => store.list(id))
    .filter(({ metadata }) => metadata.annotations?.[MANIFESTS_ANNOTATION] === source)
    .map(refOf)
    .filter((ref) => !named.has(keyOfRef(ref)))
    .filter(({ resource, name }) => resource !== 'namespaces' || !inhabited.has(name));
}

/** Asks the API; the message of its Status where it refuses. */
async function send(
  { fetch, prefix, token }: ManifestApplierOptions,
  method: 'DELETE' | 'PATCH',
  ref: ObjectRef,
  object?: ManifestObject,
): Promise<string | undefined> {
  const url = new URL(`${prefix}${objectPath(ref)}`, 'http://control-plane.invalid');
  if (object)
    url.search = new URLSearchParams({ fieldManager: FIELD_MANAGER, force: 'true' }).toString();
  const response = await fetch(
    new Request(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(object && { 'content-type': 'application/apply-patch+yaml' }),
      },
      ...(object && { body: JSON.stringify(object) }),
    }),
  );
  const content: unknown = await response.json();
  return response.ok || response.status === 404 ? undefined : messageOf(content, response.status);
}

function messageOf(content: unknown, status: number): string {
  const isStatus = typeof content === 'object' && content !== null && 'message' in content;
  return isStatus ? String(content.message) : `HTTP ${status}`;
}
