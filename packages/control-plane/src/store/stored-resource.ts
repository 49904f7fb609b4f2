import type { Resource } from '@portolan/core';
import type { StoredObject } from '@portolan/store';

/** An object of a kind that routing knows, as it is kept. */
export type Stored<Kind extends Resource['kind']> = StoredObject &
  Extract<Resource, { readonly kind: Kind }>;

/** Whether an object is of a kind. Nothing is kept that wasn't admitted, so it has the shape that its kind has. */
export function isStored<Kind extends Resource['kind']>(
  object: StoredObject | undefined,
  kind: Kind,
): object is Stored<Kind> {
  return object?.kind === kind;
}
