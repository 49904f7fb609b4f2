import { tooLargeResourceVersion } from '../status/faults.ts';
import { wholeNumber } from './list-options.ts';

/**
 * Checks the query of a get: an object that is not older than a `resourceVersion` is there once the store has come so far.
 *
 * Source: Kubernetes API concepts, Resource versions, Semantics for get and list.
 *
 * @param newest The store's revision.
 * @throws {StatusError} 422, or 504 where it lies ahead.
 */
export function checkGetOptions({ searchParams }: URL, newest: number): void {
  const text = searchParams.get('resourceVersion') || '0';
  const resourceVersion = wholeNumber('GetOptions', 'resourceVersion', text);
  if (resourceVersion > newest) throw tooLargeResourceVersion(resourceVersion, newest);
}
