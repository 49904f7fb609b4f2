import { compareText, objectKey, type Resource } from '@portolan/core';

/** Objects by kind, one for each name: the last one given, as after `kubectl apply`. */
export interface ResourceIndex {
  readonly ofKind: <Kind extends Resource['kind']>(
    kind: Kind,
  ) => readonly Extract<Resource, { readonly kind: Kind }>[];
  readonly all: readonly Resource[];
}

/** Sorts objects by kind, then namespace/name, so that nothing after it depends on the order of input. */
export function indexResources(resources: readonly Resource[]): ResourceIndex {
  const latest = new Map<string, Resource>();
  for (const resource of resources) latest.set(`${resource.kind} ${objectKey(resource)}`, resource);
  const all = [...latest].toSorted(([a], [b]) => compareText(a, b)).map(([, resource]) => resource);
  const byKind = Map.groupBy(all, (resource) => resource.kind);
  return {
    all,
    ofKind: (kind) => (byKind.get(kind) ?? []).filter((each) => isOfKind(each, kind)),
  };
}

function isOfKind<Kind extends Resource['kind']>(
  resource: Resource,
  kind: Kind,
): resource is Extract<Resource, { readonly kind: Kind }> {
  return resource.kind === kind;
}
