import type { Tree, TreeScalar } from './tree.ts';

/** A tree without its places: maps are `Map`s, so that no key of the user's is special. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | ReadonlyMap<string, PlainValue>;

/** `tree` without its places. The scalars in `booleans` give what YAML 1.1 reads in them. */
export function plainValue(tree: Tree, booleans: ReadonlySet<TreeScalar> = new Set()): PlainValue {
  if (tree.kind === 'scalar') {
    return booleans.has(tree) ? (tree.yaml11 ?? tree.value) : tree.value;
  }
  if (tree.kind === 'list') return tree.items.map((item) => plainValue(item, booleans));
  const value = new Map<string, PlainValue>();
  for (const entry of tree.entries.values()) {
    value.set(entry.key, plainValue(entry.value, booleans));
  }
  return value;
}
