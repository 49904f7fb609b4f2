import { compareText, objectKey, type Resource } from '@portolan/core';

/** Sorts objects by kind, then namespace/name, so that nothing after it depends on the order of input. */
export function sortResources(resources: readonly Resource[]): readonly Resource[] {
  return resources
    .map((resource) => ({ key: resourceKey(resource), resource }))
    .toSorted((a, b) => compareText(a.key, b.key))
    .map(({ resource }) => resource);
}

/** Tells an object apart from all others, of whatever kind. */
export function resourceKey(resource: Resource): string {
  return `${resource.kind} ${objectKey(resource)}`;
}
