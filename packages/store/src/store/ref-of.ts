import type { ObjectRef } from '../object/stored-object.ts';
import { resourceTypeOf } from '../resource-type/resource-type.ts';

/**
 * Which object it is.
 *
 * @throws {TypeError} for a kind that isn't kept, and for one that has a namespace and should have none, or the reverse.
 */
export function refOf(object: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}): ObjectRef {
  const { kind, apiVersion, metadata } = object;
  const type = resourceTypeOf(object);
  if (type === undefined) throw new TypeError(`no ${kind} of ${apiVersion} is kept`);
  const { name, namespace = '' } = metadata;
  if (name === '') throw new TypeError(`a ${kind} without a name`);
  if (type.namespaced === (namespace === '')) {
    throw new TypeError(`${kind} ${name} ${type.namespaced ? 'without' : 'with'} a namespace`);
  }
  return { resource: type.id, namespace, name };
}
