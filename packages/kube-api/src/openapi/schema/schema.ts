/** A value that is read and written as a whole. */
export interface Scalar {
  readonly kind: 'scalar';
  /** Absent: anything at all. `integer-or-string`: both. */
  readonly type?: 'boolean' | 'integer' | 'integer-or-string' | 'number-or-string' | 'string';
  /** As OpenAPI has it: `int32`, `date-time`. */
  readonly format?: string;
  /** Its named type where it has one: `meta.v1.Time`. */
  readonly name?: string;
  readonly default?: string;
}

/** `x-kubernetes-patch-strategy` and `x-kubernetes-patch-merge-key`: how a strategic merge patch treats a field. */
export interface PatchMeta {
  readonly strategies: readonly ('merge' | 'retainKeys')[];
  readonly mergeKey?: string;
}

/** `x-kubernetes-list-type` and `x-kubernetes-list-map-keys`: how server-side apply treats a list. */
export interface List {
  readonly kind: 'list';
  readonly items: Schema;
  readonly type: 'atomic' | 'map' | 'set';
  /** Of a list of type `map`, else empty. */
  readonly keys: readonly string[];
  readonly patch?: PatchMeta;
}

/** A map with keys of the user's choice. */
export interface MapOf {
  readonly kind: 'map';
  readonly values: Schema;
  /** `x-kubernetes-map-type: atomic`. */
  readonly atomic: boolean;
}

/** A named type with fields. */
export interface Struct {
  readonly kind: 'struct';
  /** `core.v1.Container`: see `componentName`. */
  readonly name: string;
  readonly fields: Fields;
  /** `x-kubernetes-map-type: atomic`. */
  readonly atomic: boolean;
  readonly patch?: PatchMeta;
}

/** What is known of a value: all that patches, server-side apply and OpenAPI documents need. */
export type Schema = Scalar | List | MapOf | Struct;
type Fields = ReadonlyMap<string, Schema>;

type FieldTable = Readonly<Record<string, Schema>>;

/** Fields named in `names`, separated by spaces, all of one type. */
export function each(schema: Schema, names: string): FieldTable {
  return Object.fromEntries(names.split(' ').map((name) => [name, schema]));
}

export function struct(name: string, fields: FieldTable): Struct {
  return { kind: 'struct', name, fields: new Map(Object.entries(fields)), atomic: false };
}

export function mapOf(values: Schema): MapOf {
  return { kind: 'map', values, atomic: false };
}

/** A list that has one owner, as a whole. */
export function listOf(items: Schema): List {
  return { kind: 'list', items, type: 'atomic', keys: [] };
}

/** A list of scalars, each of which may have an owner of its own. */
export function setOf(items: Scalar): List {
  return { kind: 'list', items, type: 'set', keys: [] };
}

/**
 * A list whose items are told apart by `keys`, separated by spaces. A strategic merge patch merges it by the first of them.
 */
export function listMap(items: Struct, keys: string): List {
  const [mergeKey = keys, ...others] = keys.split(' ');
  return merging(
    { kind: 'list', items, type: 'map', keys: [mergeKey, ...others] },
    { strategies: ['merge'], mergeKey },
  );
}

/** The same, treated otherwise by a strategic merge patch; as a whole without `patch`. */
export function merging<T extends List | Struct>(schema: T, patch?: PatchMeta): T {
  return { ...schema, patch };
}

/** The same, owned as a whole. */
export function atomic<T extends MapOf | Struct>(schema: T): T {
  return { ...schema, atomic: true };
}

export function withDefault(schema: Scalar, value: string): Scalar {
  return { ...schema, default: value };
}

export const string: Scalar = { kind: 'scalar', type: 'string' };
export const boolean: Scalar = { kind: 'scalar', type: 'boolean' };
export const int32: Scalar = { kind: 'scalar', type: 'integer', format: 'int32' };
export const int64: Scalar = { kind: 'scalar', type: 'integer', format: 'int64' };
export const bytes: Scalar = { kind: 'scalar', type: 'string', format: 'byte' };
export const time: Scalar = {
  kind: 'scalar',
  type: 'string',
  format: 'date-time',
  name: 'meta.v1.Time',
};
export const microTime: Scalar = { ...time, name: 'meta.v1.MicroTime' };
export const intOrString: Scalar = {
  kind: 'scalar',
  type: 'integer-or-string',
  name: 'intstr.IntOrString',
};
export const quantity: Scalar = {
  kind: 'scalar',
  type: 'number-or-string',
  name: 'resource.Quantity',
};
export const anything: Scalar = { kind: 'scalar', name: 'meta.v1.FieldsV1' };

export const strings: List = listOf(string);
export const stringMap: MapOf = mapOf(string);
export const quantities: MapOf = mapOf(quantity);
