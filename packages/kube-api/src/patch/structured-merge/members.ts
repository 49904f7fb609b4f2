import type { List, Schema } from '../../openapi/schema/schema.ts';
import { fieldOf, isList, isObject } from '../json/json.ts';
import { fieldElement, keysElement, valueElement } from '../managed-fields/field-set.ts';

/** One part of a value that may have an owner of its own: a field, or an item of a list of type `map` or `set`. */
export interface Member {
  /** See `FieldSet`. */
  readonly element: string;
  /** The field's name; absent for an item. */
  readonly name?: string;
  /** Whether it is a field that its type has, and not one with a key of the user's choice. */
  readonly declared: boolean;
  /** Absent where nothing is known of it. */
  readonly schema: Schema | undefined;
  readonly value: unknown;
}

/**
 * The members of a value; none where it is null or absent. `undefined` where it is owned as a whole: a scalar, or what is
 * atomic. Source: Kubernetes API conventions on `x-kubernetes-list-type` and `x-kubernetes-map-type`.
 */
export function membersOf(
  schema: Schema | undefined,
  value: unknown,
): readonly Member[] | undefined {
  if (schema?.kind === 'scalar' || isAtomic(schema)) return undefined;
  if (value === undefined || value === null) return [];
  if (schema?.kind === 'list') {
    return isList(value) ? value.map((item) => itemOf(schema, item)) : undefined;
  }
  if (!isObject(value)) return undefined;
  return Object.entries(value).map(([name, field]) => ({
    element: fieldElement(name),
    name,
    declared: schema?.kind === 'struct' && schema.fields.has(name),
    schema: schema && (schema.kind === 'struct' ? schema.fields.get(name) : schema.values),
    value: field,
  }));
}

function isAtomic(schema: Schema | undefined): boolean {
  if (schema?.kind === 'list') return schema.type === 'atomic';
  return (schema?.kind === 'map' || schema?.kind === 'struct') && schema.atomic;
}

function itemOf({ items, keys, type }: List, value: unknown): Member {
  const element =
    type === 'set'
      ? valueElement(value)
      : keysElement(keys.map((key) => [key, fieldOf(value, key) ?? defaultOf(items, key)]));
  return { element, declared: false, schema: items, value };
}

/** What a key is where an item doesn't have it: its default, or else Go's empty value. */
function defaultOf(items: Schema, key: string): unknown {
  const schema = items.kind === 'struct' ? items.fields.get(key) : undefined;
  if (schema?.kind !== 'scalar') return '';
  return schema.default ?? (schema.type === 'integer' ? 0 : '');
}
