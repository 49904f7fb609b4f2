/**
 * What hangs together: groups of items that pairs connect, in the order of their first item, and in each group the items in
 * the order given.
 *
 * @param pairs Of ids; those with an id that no item has are passed over.
 */
export function components<Item extends { readonly id: string }>(
  items: readonly Item[],
  pairs: readonly (readonly [string, string])[],
): readonly (readonly Item[])[] {
  const parents = new Map(items.map(({ id }) => [id, id]));
  const rootOf = (id: string): string => {
    let root = id;
    for (let next = parents.get(root); next !== undefined && next !== root;) {
      // Every second step is cut out, so that no way stays long.
      const above = parents.get(next) ?? next;
      parents.set(root, above);
      root = above;
      next = parents.get(root);
    }
    return root;
  };
  for (const [a, b] of pairs) {
    if (parents.has(a) && parents.has(b)) parents.set(rootOf(b), rootOf(a));
  }
  return [...Map.groupBy(items, ({ id }) => rootOf(id)).values()];
}
