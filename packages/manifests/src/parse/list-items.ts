import { child, childText, type Tree } from '../tree/tree.ts';

/** An object, and what it says it is where it stands in a list that says so for it. */
export interface FoundObject {
  readonly tree: Tree;
  readonly apiVersion?: string;
  readonly kind?: string;
}

/**
 * The objects in a document: the one that it is, or those in the `items` of a `List` or of a typed list such as
 * `ServiceList`, whose items need not say what they are.
 */
export function* listItems(found: FoundObject): Generator<FoundObject, void, undefined> {
  const { tree } = found;
  const apiVersion = childText(tree, 'apiVersion');
  const kind = childText(tree, 'kind') ?? '';
  const items = child(tree, 'items');
  if (!kind.endsWith('List') || items?.kind !== 'list') {
    yield found;
    return;
  }
  const typed = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  for (const item of items.items) yield* listItems({ tree: item, ...typed });
}
