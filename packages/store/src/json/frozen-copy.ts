import { sameJSON } from './same-json.ts';

/**
 * A deep copy of plain JSON, frozen through and through. Fields that are `undefined` are left out, as they are in JSON text.
 *
 * @param previous What the value was before, frozen likewise: parts that are equal to what was there are shared with it, so
 *   that versions which differ in little cost little beside each other.
 */
export function frozenCopy<T>(value: T, previous?: unknown): T;
export function frozenCopy(value: unknown, previous?: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return frozenItems(value, Array.isArray(previous) ? previous : NONE);
  // Several times as fast as making the object of its entries.
  const copy: Record<string, unknown> = { ...value };
  const before = isObject(previous) ? previous : undefined;
  let isSame = before !== undefined;
  for (const [key, item] of Object.entries(copy)) {
    if (item === undefined) {
      delete copy[key];
      continue;
    }
    const there = before !== undefined && Object.hasOwn(before, key) ? before[key] : undefined;
    if (typeof item === 'object') copy[key] = frozenCopy(item, there);
    isSame &&= copy[key] === there;
  }
  if (isSame && before && Object.keys(copy).length === Object.keys(before).length) return before;
  return Object.freeze(copy);
}

const NONE: readonly unknown[] = Object.freeze([]);

/** Items are looked for where they were, and one place before and behind: one that came or went has moved the rest. */
function frozenItems(values: readonly unknown[], before: readonly unknown[]): readonly unknown[] {
  let at = 0;
  const items = values.map((value) => {
    if (typeof value !== 'object' || value === null) {
      at += 1;
      return value ?? null;
    }
    const found = [at, at + 1, at - 1].find((index) => sameJSON(value, before[index]));
    at = (found ?? at) + 1;
    return found === undefined ? frozenCopy(value, before[at - 1]) : before[found];
  });
  const isSame = items.length === before.length && items.every((item, i) => item === before[i]);
  return isSame ? before : Object.freeze(items);
}

/** Plain JSON that nobody else holds, frozen through and through without a copy. */
export function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const item of Object.values(value)) freeze(item);
    Object.freeze(value);
  }
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
