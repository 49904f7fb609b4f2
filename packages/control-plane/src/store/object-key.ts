import { resourceTypeOf, type ObjectRef, type StoredObject } from '@portolan/store';

/** Which object it is. Nothing is kept of a kind that has no resource type. */
export function refOf(object: StoredObject): ObjectRef {
  const { name, namespace = '' } = object.metadata;
  return { resource: resourceTypeOf(object)?.id ?? '', namespace, name };
}

/** An object's place as text: `pods/shop/cart-1`, `nodes//n1`. */
export function keyOfRef({ resource, namespace, name }: ObjectRef): string {
  return `${resource}/${namespace}/${name}`;
}

/** No resource, namespace or name has a slash in it. */
export function refOfKey(key: string): ObjectRef {
  const [resource = '', namespace = '', name = ''] = key.split('/');
  return { resource, namespace, name };
}
