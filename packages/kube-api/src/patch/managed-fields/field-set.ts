import { isObject, type JSONObject } from '../json/json.ts';

/**
 * Which fields somebody owns: a tree whose edges are path elements as FieldsV1 spells them. `f:NAME` is a field, `k:{…}` the
 * item of a list with these keys, `v:…` the item of a set with this value. Source: Kubernetes API reference, FieldsV1 v1 meta.
 */
export interface FieldSet {
  /** Whether the path up to here is owned itself. */
  readonly owned: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

export const NO_FIELDS: FieldSet = { owned: false, children: new Map() };
export const ONE_FIELD: FieldSet = { owned: true, children: new Map() };

export function isEmpty({ owned, children }: FieldSet): boolean {
  return !owned && children.size === 0;
}

/** A set with these children, the empty ones left out. */
export function fieldSet(
  owned: boolean,
  children: Iterable<readonly [string, FieldSet]>,
): FieldSet {
  return { owned, children: new Map([...children].filter(([, child]) => !isEmpty(child))) };
}

export function union(one: FieldSet, other: FieldSet): FieldSet {
  const elements = new Set([...one.children.keys(), ...other.children.keys()]);
  return fieldSet(
    one.owned || other.owned,
    [...elements].map((element) => [
      element,
      union(childOf(one, element), childOf(other, element)),
    ]),
  );
}

export function difference(one: FieldSet, other: FieldSet): FieldSet {
  return fieldSet(
    one.owned && !other.owned,
    [...one.children].map(([element, child]) => [
      element,
      difference(child, childOf(other, element)),
    ]),
  );
}

export function intersection(one: FieldSet, other: FieldSet): FieldSet {
  return fieldSet(
    one.owned && other.owned,
    [...one.children].map(([element, child]) => [
      element,
      intersection(child, childOf(other, element)),
    ]),
  );
}

export function childOf({ children }: FieldSet, element: string): FieldSet {
  return children.get(element) ?? NO_FIELDS;
}

/** Every path that is owned, each as Kubernetes prints it: `.spec.containers[name="web"].image`. */
export function pathsIn(set: FieldSet, path = ''): readonly string[] {
  return [
    ...(set.owned ? [path] : []),
    ...[...set.children]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([element, child]) => pathsIn(child, path + printed(element))),
  ];
}

/** A path element as Kubernetes prints it. */
export function printed(element: string): string {
  const text = element.slice(2);
  if (element.startsWith('f:')) return `.${text}`;
  if (element.startsWith('v:')) return `[=${text}]`;
  const keys: unknown = JSON.parse(text);
  const pairs = Object.entries(isObject(keys) ? keys : {});
  return `[${pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
}

export function fieldElement(name: string): string {
  return `f:${name}`;
}

export function valueElement(value: unknown): string {
  return `v:${JSON.stringify(value)}`;
}

/** Of keys in any order. */
export function keysElement(keys: Iterable<readonly [string, unknown]>): string {
  const sorted = [...keys].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `k:${JSON.stringify(Object.fromEntries(sorted))}`;
}

/** FieldsV1 of a set. */
export function encodeFields({ children }: FieldSet): JSONObject {
  return Object.fromEntries(
    [...children]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([element, child]) => [
        element,
        child.owned && child.children.size > 0
          ? { '.': {}, ...encodeFields(child) }
          : encodeFields(child),
      ]),
  );
}

/** The set that FieldsV1 are of; what makes no sense in them is passed over. */
export function decodeFields(fields: JSONObject): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [key, value] of Object.entries(fields)) {
    const element = decodeElement(key);
    if (element === undefined || !isObject(value)) continue;
    const names = Object.keys(value);
    const owned = names.length === 0 || names.includes('.');
    children.set(element, { ...decodeFields(value), owned });
  }
  return { owned: false, children };
}

function decodeElement(key: string): string | undefined {
  if (key.startsWith('f:')) return key;
  try {
    const value: unknown = JSON.parse(key.slice(2));
    if (key.startsWith('v:')) return valueElement(value);
    if (key.startsWith('k:') && isObject(value)) return keysElement(Object.entries(value));
  } catch {}
  return undefined;
}
