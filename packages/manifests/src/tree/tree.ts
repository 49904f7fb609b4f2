/**
 * A document as written, YAML and JSON alike: values with the places they stand at. Aliases and merge keys are resolved;
 * what an alias stands for is shared, not copied, so a tree can be far smaller than what it expands to.
 */
export type Tree = TreeScalar | TreeList | TreeMap;

export interface TreeScalar {
  readonly kind: 'scalar';
  /** Where it begins in the text, in UTF-16 code units. */
  readonly offset: number;
  readonly value: string | number | boolean | null;
  /** The boolean that YAML 1.1, and with it kubectl, reads in this plain `yes`, `no`, `on`, `off`, `y` or `n`. */
  readonly yaml11?: boolean;
}

interface TreeList {
  readonly kind: 'list';
  readonly offset: number;
  readonly items: readonly Tree[];
}

export interface TreeEntry {
  readonly offset: number;
  readonly key: string;
  readonly value: Tree;
  /** As `yaml11` of a scalar, of the key. */
  readonly yaml11?: boolean;
}

export interface TreeMap {
  readonly kind: 'map';
  readonly offset: number;
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** Entries whose key was there already. The first one counts. */
  readonly duplicates: readonly TreeEntry[];
}

/** The value under `key` of a map; `undefined` where there is none. */
export function child(tree: Tree, key: string): Tree | undefined {
  return tree.kind === 'map' ? tree.entries.get(key)?.value : undefined;
}

/** The text of the scalar under `key` of a map; `undefined` where there is none or where it is no string. */
export function childText(tree: Tree, key: string): string | undefined {
  const found = child(tree, key);
  return found?.kind === 'scalar' && typeof found.value === 'string' ? found.value : undefined;
}
