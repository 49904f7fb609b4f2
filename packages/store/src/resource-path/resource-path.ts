import type { ObjectRef } from '../object/stored-object.ts';
import { apiVersionOf, RESOURCE_TYPES, type ResourceType } from '../resource-type/resource-type.ts';

/**
 * Where the objects of a type are in the resource API: `/api/v1/pods`, or those of one namespace
 * `/apis/apps/v1/namespaces/shop/deployments`. Source: Kubernetes API concepts, Resource URIs.
 *
 * @param namespace Absent for all namespaces; counts for nothing where the type has none.
 */
export function collectionPath(type: ResourceType, namespace?: string): string {
  const { group, plural, namespaced } = type;
  const scope =
    namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `/${group === '' ? 'api' : 'apis'}/${apiVersionOf(type)}${scope}/${plural}`;
}

/**
 * Where one object is in the resource API: `/api/v1/namespaces/shop/pods/cart-1`.
 *
 * @throws {TypeError} for a resource that isn't kept.
 */
export function objectPath({ resource, namespace, name }: ObjectRef): string {
  const type = RESOURCE_TYPES.find(({ id }) => id === resource);
  if (type === undefined) throw new TypeError(`no ${resource} are kept`);
  return `${collectionPath(type, namespace)}/${encodeURIComponent(name)}`;
}
