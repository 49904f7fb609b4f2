import { badRequest } from '../failure/failure.ts';
import { fieldOf, isObject, type JSONObject } from '../json/json.ts';

/** What tells items apart. */
type Identify = (item: unknown) => string;

/** A list of scalars, merged: those of both, each once, without those that are deleted, in the order asked for. */
export function mergeScalars(
  target: readonly unknown[],
  patch: readonly unknown[],
  order: readonly unknown[] | undefined,
  deleted: readonly unknown[],
): readonly unknown[] {
  const gone = new Set(deleted);
  const merged = [...new Set([...target.filter((item) => !gone.has(item)), ...patch])];
  return order === undefined ? merged : inOrder(merged, order, target, JSON.stringify);
}

/**
 * A list of objects that are told apart by `mergeKey`, merged: items that both have by `merge`, where the patch doesn't say
 * `$patch: delete`; or the patch's items alone, where one of them says `$patch: replace`.
 */
export function mergeItems(
  target: readonly unknown[],
  patch: readonly unknown[],
  order: readonly unknown[] | undefined,
  mergeKey: string,
  merge: (target: JSONObject, patch: JSONObject) => JSONObject,
): readonly unknown[] {
  const idOf: Identify = (item) => {
    const key = fieldOf(item, mergeKey) ?? null;
    if (key !== null) return JSON.stringify(key);
    throw badRequest(
      `map: ${JSON.stringify(item)} does not contain declared merge key: ${mergeKey}`,
    );
  };
  const deleted = new Set<string>();
  const changes: JSONObject[] = [];
  let replaces = false;
  for (const item of patch) {
    const directive = fieldOf(item, '$patch') ?? 'merge';
    if (directive === 'replace') replaces = true;
    else if (directive === 'delete') deleted.add(idOf(item));
    else if (directive === 'merge' && isObject(item)) changes.push(item);
    else throw badRequest(`unknown patch in a list of maps: ${JSON.stringify(item)}`);
  }
  // Whatever stands there without a key is kept where it is.
  const kept = replaces ? [] : target.filter((item) => !deleted.has(keyText(item, mergeKey)));
  const places = new Map(kept.map((item, index) => [keyText(item, mergeKey), index]));
  const merged: unknown[] = [...kept];
  for (const change of changes) {
    const id = idOf(change);
    const index = places.get(id) ?? merged.length;
    const old = merged[index];
    merged[index] = merge(isObject(old) ? old : {}, change);
    places.set(id, index);
  }
  if (replaces || order === undefined) return merged;
  order.forEach(idOf);
  return inOrder(merged, order, target, (item) => keyText(item, mergeKey));
}

function keyText(item: unknown, mergeKey: string): string {
  return JSON.stringify(fieldOf(item, mergeKey) ?? null);
}

/**
 * Items as `$setElementOrder` has them. One that it doesn't name stays before those that came after it in `original`, as far
 * as that goes.
 */
function inOrder(
  items: readonly unknown[],
  order: readonly unknown[],
  original: readonly unknown[],
  idOf: Identify,
): readonly unknown[] {
  const ranks = new Map(order.map((item, rank) => [idOf(item), rank]));
  const places = new Map(original.map((item, place) => [idOf(item), place]));
  const rankOf = (item: unknown): number => ranks.get(idOf(item)) ?? -1;
  const placeOf = (item: unknown): number => places.get(idOf(item)) ?? Infinity;
  const named = items
    .filter((item) => rankOf(item) !== -1)
    .toSorted((a, b) => rankOf(a) - rankOf(b));
  const sorted: unknown[] = [];
  let next = 0;
  for (const other of items.filter((item) => rankOf(item) === -1)) {
    while (next < named.length && placeOf(named[next]) < placeOf(other)) {
      sorted.push(named[next]);
      next += 1;
    }
    sorted.push(other);
  }
  return [...sorted, ...named.slice(next)];
}
