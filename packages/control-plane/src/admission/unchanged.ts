import type { FieldError } from '@portolan/core';

type Fields = Readonly<Record<string, unknown>>;

/** The value at a path of field names in an object; `undefined` where there is none. */
export function valueAt(object: unknown, ...path: readonly string[]): unknown {
  return path.reduce((value, name) => (isMap(value) ? value[name] : undefined), object);
}

/** The list at a path of field names in an object; empty where there is none. */
export function listAt(object: unknown, ...path: readonly string[]): readonly unknown[] {
  const value = valueAt(object, ...path);
  return Array.isArray(value) ? value : [];
}

/** The fields of an object but for some. */
export function without(object: unknown, names: readonly string[]): Fields {
  const entries = isMap(object) ? Object.entries(object) : [];
  return Object.fromEntries(entries.filter(([name]) => !names.includes(name)));
}

/** Whether two values of a field are as good as equal: at any depth an empty list or map is as good as none. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b || (isEmpty(a) && isEmpty(b))) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  }
  if (!isMap(a) || !isMap(b) || Array.isArray(a) || Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSame(a[key], b[key]));
}

/** The fault of an update that changes a field which never changes. Source: Kubernetes, `ValidateImmutableField`. */
export function immutable(
  now: unknown,
  before: unknown,
  ...path: readonly string[]
): readonly FieldError[] {
  const value = valueAt(now, ...path);
  if (isSame(value, valueAt(before, ...path))) return [];
  return [{ type: 'Invalid', field: path.join('.'), value, detail: 'field is immutable' }];
}

/** The fault of a field that may not be changed in this way. */
export function forbidden(field: string, detail: string): FieldError {
  return { type: 'Forbidden', field, detail };
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (isMap(value) && Object.keys(value).length === 0);
}
