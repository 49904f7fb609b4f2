import type { ObjectRef } from '@portolan/store';

/** An object's place as text: `pods/shop/cart-1`, `nodes//n1`. */
export function keyOfRef({ resource, namespace, name }: ObjectRef): string {
  return `${resource}/${namespace}/${name}`;
}

/** No resource, namespace or name has a slash in it. */
export function refOfKey(key: string): ObjectRef {
  const [resource = '', namespace = '', name = ''] = key.split('/');
  return { resource, namespace, name };
}
