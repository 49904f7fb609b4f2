import type { Tree, TreeEntry } from './tree.ts';

const BARE_KEY = /^[A-Za-z][A-Za-z0-9_-]*$/u;

/** `path` and then `key`, in brackets where the key would not read well after a dot. */
function keyPath(path: string, key: string): string {
  if (!BARE_KEY.test(key)) {
    return `${path}[${key}]`;
  }
  return path === '' ? key : `${path}.${key}`;
}

export interface Visitor {
  readonly tree?: (tree: Tree, path: string, offset: number) => void;
  /** An entry of a map, whether it counts or is a duplicate. */
  readonly entry?: (entry: TreeEntry, path: string, duplicate: boolean) => void;
}

/** Visits everything in `tree`, in the order written but for duplicates, which follow the other entries of their map. */
export function visit(tree: Tree, visitor: Visitor, path = '', offset: number = tree.offset): void {
  visitor.tree?.(tree, path, offset);
  if (tree.kind === 'list') {
    tree.items.forEach((item, index) => visit(item, visitor, `${path}[${index}]`));
  } else if (tree.kind === 'map') {
    for (const entry of tree.entries.values()) {
      const entryPath = keyPath(path, entry.key);
      visitor.entry?.(entry, entryPath, false);
      visit(entry.value, visitor, entryPath, entry.offset);
    }
    for (const entry of tree.duplicates) {
      visitor.entry?.(entry, keyPath(path, entry.key), true);
    }
  }
}
