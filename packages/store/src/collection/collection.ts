import type { StoredObject } from '../object/stored-object.ts';

/** The objects of one resource. */
export interface Collection {
  readonly get: (namespace: string, name: string) => StoredObject | undefined;
  /** Puts an object in a place, or takes away what is there. */
  readonly set: (namespace: string, name: string, object: StoredObject | undefined) => void;
  /** All, or those of one namespace, sorted. The array is never changed afterwards. */
  readonly list: (namespace?: string) => readonly StoredObject[];
}

/**
 * Objects by namespace and name. A change is noted and costs no more than that; the next list merges what was noted into
 * the sorted list that it gave last, and one without a change in between is that list again.
 */
export function createCollection(): Collection {
  const namespaces = new Map<string, NamespaceObjects>();
  let all: readonly StoredObject[] | undefined;
  return {
    get: (namespace, name) => namespaces.get(namespace)?.byName.get(name),
    set: (namespace, name, object) => {
      all = undefined;
      const objects = namespaces.get(namespace) ?? {
        byName: new Map(),
        sorted: [],
        changed: new Set(),
      };
      if (object) objects.byName.set(name, object);
      else objects.byName.delete(name);
      objects.changed.add(name);
      if (objects.byName.size > 0) namespaces.set(namespace, objects);
      else namespaces.delete(namespace);
    },
    list: (namespace) => {
      if (namespace !== undefined) return sortedOf(namespaces.get(namespace));
      all ??= concatenated([...namespaces.keys()].toSorted(), (key) =>
        sortedOf(namespaces.get(key)),
      );
      return all;
    },
  };
}

/** State of one namespace. */
interface NamespaceObjects {
  readonly byName: Map<string, StoredObject>;
  /** As it was when `changed` was empty. */
  sorted: readonly StoredObject[];
  /** The names whose objects were set or taken away since. */
  changed: Set<string>;
}

function sortedOf(objects: NamespaceObjects | undefined): readonly StoredObject[] {
  if (objects === undefined) return [];
  const { byName, sorted, changed } = objects;
  if (changed.size === 0) return sorted;
  const merged: StoredObject[] = [];
  let from = 0;
  for (const name of [...changed].toSorted()) {
    const at = firstNotBelow(sorted, name, from);
    for (; from < at; from += 1) push(merged, sorted[from]);
    if (sorted[at]?.metadata.name === name) from = at + 1;
    push(merged, byName.get(name));
  }
  for (; from < sorted.length; from += 1) push(merged, sorted[from]);
  objects.sorted = merged;
  objects.changed = new Set();
  return merged;
}

function push(list: StoredObject[], object: StoredObject | undefined): void {
  if (object) list.push(object);
}

/** The index of the first object from `low` on whose name is not below `name`, by UTF-16 code units. */
function firstNotBelow(sorted: readonly StoredObject[], name: string, low: number): number {
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.metadata.name ?? '') < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

function concatenated(
  keys: readonly string[],
  listOf: (key: string) => readonly StoredObject[],
): readonly StoredObject[] {
  const [first] = keys;
  if (first !== undefined && keys.length === 1) return listOf(first);
  const all: StoredObject[] = [];
  for (const key of keys) for (const object of listOf(key)) all.push(object);
  return all;
}
