import type { Tree, TreeEntry } from './tree.ts';

/** What a field path leads to. */
export interface FoundField {
  /** Where the field begins: at its key, or at the list item. */
  readonly offset: number;
  readonly tree: Tree;
}

/**
 * What `field` leads to in `tree`, or the nearest ancestor that there is.
 *
 * @param field a path as Kubernetes prints it, where keys with dots stand in brackets or, at its end, now and then do not:
 *   `spec.rules[0].host`, `metadata.labels[app.kubernetes.io/name]`, `annotations.kubernetes.io/ingress.class`.
 */
export function findField(tree: Tree, field: string): FoundField {
  let found: FoundField = { offset: tree.offset, tree };
  let rest = field;
  while (rest !== '') {
    const step = stepInto(found.tree, rest);
    if (step === undefined) {
      return found;
    }
    found = step.found;
    rest = step.rest;
  }
  return found;
}

interface Step {
  readonly found: FoundField;
  readonly rest: string;
}

const INDEX = /^\[(\d+)\]/u;
const BARE_KEY = /^\.?([^.[\]]+)/u;
const BRACKETED_KEY = /^\[([^\]]*)\]/u;

function stepInto(tree: Tree, path: string): Step | undefined {
  if (tree.kind === 'list') {
    const [written = '', index] = INDEX.exec(path) ?? [];
    const item = tree.items[Number(index)];
    return item && { found: { offset: item.offset, tree: item }, rest: path.slice(written.length) };
  }
  if (tree.kind === 'map') {
    const isBracketed = path.startsWith('[');
    const whole = isBracketed ? path.slice(1, -1) : path.replace(/^\./u, '');
    const last = tree.entries.get(whole);
    if (last) return into(last, '');
    const [written = '', key = ''] = (isBracketed ? BRACKETED_KEY : BARE_KEY).exec(path) ?? [];
    const entry = tree.entries.get(key);
    return entry && into(entry, path.slice(written.length));
  }
  return undefined;
}

function into({ offset, value }: TreeEntry, rest: string): Step {
  return { found: { offset, tree: value }, rest };
}
