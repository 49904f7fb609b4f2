import { fieldOf, isObject } from '../json/json.ts';

/** What a JSON merge patch makes of a value. Source: RFC 7396 section 2. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(fieldOf(target, name), value));
  }
  return Object.fromEntries(merged);
}
