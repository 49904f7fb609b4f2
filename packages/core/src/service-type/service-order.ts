import type { KubernetesObject } from '../resources/meta.ts';

/** Orders objects of one kind by namespace, then name. */
export function compareByName(a: KubernetesObject, b: KubernetesObject): number {
  return (
    compare(a.metadata.namespace ?? 'default', b.metadata.namespace ?? 'default') ||
    compare(a.metadata.name, b.metadata.name)
  );
}

/**
 * Orders objects of one kind by `creationTimestamp`, the oldest first, and those of one age by namespace, then name. An
 * object without a timestamp is not created yet: it comes after all that have one.
 */
export function compareByAge(a: KubernetesObject, b: KubernetesObject): number {
  const first = createdAt(a);
  const second = createdAt(b);
  return first === second ? compareByName(a, b) : first < second ? -1 : 1;
}

function createdAt(object: KubernetesObject): number {
  const time = Date.parse(object.metadata.creationTimestamp ?? '');
  return Number.isNaN(time) ? Infinity : time;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
