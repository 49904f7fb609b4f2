import { refOf, type StoredObject, type Write } from '@portolan/store';

/** The revision at which an object was last written. */
export function revisionOf({ metadata }: StoredObject): number {
  return Number(metadata.resourceVersion);
}

/** Deletes an object if it is still as it was read. */
export function removal(object: StoredObject): Write {
  return { delete: refOf(object), expected: revisionOf(object) };
}
