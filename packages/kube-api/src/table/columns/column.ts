import type { JSONObject } from '../../content/json-object.ts';

type Cell = number | string;

/** A column of a Table. Kubernetes API reference, TableColumnDefinition v1 meta. */
export interface Column {
  readonly name: string;
  /** `string` by default. */
  readonly type?: 'integer' | 'string';
  readonly description: string;
  /** Shown by `kubectl get -o wide` only. */
  readonly isWide?: true;
  /** @param now Milliseconds since 1970. */
  readonly cell: (object: JSONObject, now: number) => Cell;
}

export const NONE = '<none>';

/** An object's field by its path, `undefined` where something on the way is missing. */
export function at(object: JSONObject, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? Reflect.get(value, key)
        : undefined,
    object,
  );
}

/** A number, 0 where there is none. */
export function count(object: JSONObject, ...path: readonly string[]): number {
  const found = at(object, ...path);
  return typeof found === 'number' ? found : 0;
}

/** A text, `<none>` where there is none. */
export function text(object: JSONObject, ...path: readonly string[]): string {
  const found = at(object, ...path);
  return typeof found === 'string' && found !== '' ? found : NONE;
}

/** The list at a path, empty where there is none. */
export function items(object: JSONObject, ...path: readonly string[]): readonly unknown[] {
  const found = at(object, ...path);
  return Array.isArray(found) ? found : [];
}

/** The first three of a list, and how many there are more. */
export function firstThree(all: readonly string[], none: string): string {
  if (all.length === 0) return none;
  const shown = all.slice(0, 3).join(',');
  return all.length > 3 ? `${shown} + ${all.length - 3} more...` : shown;
}
