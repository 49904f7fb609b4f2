import type { Scalar, Schema } from '../../openapi/schema/schema.ts';
import { isList, isObject } from '../json/json.ts';
import { printed } from '../managed-fields/field-set.ts';
import { membersOf } from './members.ts';

/** Why a value isn't what its schema says, each as the API server puts it: `.spec.prots: field not declared in schema`. */
export function faultsOf(schema: Schema | undefined, value: unknown, path = ''): readonly string[] {
  if (value === null || value === undefined) return [];
  switch (schema?.kind) {
    case undefined:
      return [`${path}: field not declared in schema`];
    case 'scalar':
      return scalarFaults(schema, value, path);
    case 'list':
      if (!isList(value)) return [`${path}: expected list, got ${JSON.stringify(value)}`];
      return schema.type === 'atomic'
        ? value.flatMap((item, index) => faultsOf(schema.items, item, `${path}[${index}]`))
        : itemFaults(schema, value, path);
    case 'map':
    case 'struct':
      if (!isObject(value)) return [`${path}: expected map, got ${JSON.stringify(value)}`];
      return Object.entries(value).flatMap(([name, field]) => {
        const inner = schema.kind === 'map' ? schema.values : schema.fields.get(name);
        return inner === undefined
          ? [`${path}.${name}: field not declared in schema`]
          : faultsOf(inner, field, `${path}.${name}`);
      });
  }
}

function itemFaults(schema: Schema, value: readonly unknown[], path: string): readonly string[] {
  const seen = new Set<string>();
  return (membersOf(schema, value) ?? []).flatMap(({ element, schema: inner, value: item }) => {
    if (item === null) return [`${path}: associative list may not have null items`];
    const faults = faultsOf(inner, item, path + printed(element));
    const duplicate = seen.has(element);
    seen.add(element);
    return duplicate
      ? [`${path}: duplicate entries for key ${printed(element)}`, ...faults]
      : faults;
  });
}

function scalarFaults({ type }: Scalar, value: unknown, path: string): readonly string[] {
  const isGood =
    type === undefined ||
    type
      .split('-or-')
      .some((each) =>
        each === 'string'
          ? typeof value === 'string'
          : each === 'boolean'
            ? typeof value === 'boolean'
            : typeof value === 'number',
      );
  if (isGood) return [];
  const expected = type === 'integer' ? 'numeric (int or float)' : type.replaceAll('-', ' ');
  return [`${path}: expected ${expected}, got ${JSON.stringify(value)}`];
}
