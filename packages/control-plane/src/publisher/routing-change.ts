import { canonicalJSON, type Resource } from '@portolan/core';
import type { ResourceChange } from '@portolan/engine';
import {
  RESOURCE_TYPES,
  type Change,
  type ObjectRef,
  type Store,
  type StoredObject,
} from '@portolan/store';

import { isDerived } from '../controllers/endpoint-slice/derived-slice.ts';
import { isStored, type Stored } from '../store/stored-resource.ts';

const KINDS = [
  'Endpoints',
  'EndpointSlice',
  'Ingress',
  'IngressClass',
  'Node',
  'Pod',
  'Service',
] as const;

type RoutingKind = (typeof KINDS)[number];

const TYPES = RESOURCE_TYPES.filter(({ kind }) => KINDS.some((each) => each === kind));
const kindByResource = new Map(TYPES.map(({ id, kind }) => [id, kind]));

/** Whether there may be another Snapshot because of a change. */
export function concernsRouting({ type, object, previous }: Change): boolean {
  if (type !== 'MODIFIED') return isRouted(object);
  if (!isRouted(object) && !isRouted(previous)) return false;
  return !isStored(object, 'Ingress') || routedPart(object) !== routedPart(previous);
}

/** How an object stands now. */
export function routingChange(store: Store, ref: ObjectRef): ResourceChange {
  const object = store.get(ref);
  if (isRouted(object)) return { put: object };
  const { resource, namespace, name } = ref;
  return { delete: { kind: kindByResource.get(resource) ?? '', namespace, name } };
}

/** All objects that Snapshots are made of. */
export function routedResources(store: Store): readonly Resource[] {
  return TYPES.flatMap(({ id }) => store.list(id)).filter(isRouted);
}

/** Slices that were derived here say what their Pods say, only later: the Pods themselves are looked at. */
function isRouted(object: StoredObject | undefined): object is Stored<RoutingKind> {
  return KINDS.some((kind) => isStored(object, kind)) && !isDerived(object);
}

/** Nothing follows from the status of an Ingress, which is written here. */
function routedPart(object: StoredObject | undefined): string {
  const { labels, annotations } = object?.metadata ?? {};
  return canonicalJSON([object?.spec, labels, annotations]);
}
