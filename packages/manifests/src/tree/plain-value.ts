import { MAX_DEPTH } from '../document/syntax-fault.ts';
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

/**
 * JSON, as `JSON.parse` gives it, as a plain value.
 *
 * @returns `undefined` for what nests deeper than manifests may, or is no JSON
 */
export function plainJSON(json: unknown, depth = 0): PlainValue | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(json)) {
    const items: PlainValue[] = [];
    for (const item of json) {
      const plain = plainJSON(item, depth + 1);
      if (plain === undefined) return undefined;
      items.push(plain);
    }
    return items;
  }
  if (typeof json === 'object' && json !== null) {
    const entries = new Map<string, PlainValue>();
    for (const [key, value] of Object.entries(json)) {
      if (value === undefined) continue;
      const plain = plainJSON(value, depth + 1);
      if (plain === undefined) return undefined;
      entries.set(key, plain);
    }
    return entries;
  }
  return json === null || isScalar(json) ? json : undefined;
}

function isScalar(json: unknown): json is boolean | number | string {
  return typeof json === 'boolean' || typeof json === 'number' || typeof json === 'string';
}
