import * as models from '@kubernetes/client-node';
import { parseManifests } from '@portolan/manifests';
import { RESOURCE_TYPES } from '@portolan/store';
import { describe, expect, it } from 'vitest';

import type { Schema, Struct } from '../schema/schema.ts';
import { schemaOf } from './kinds.ts';

/** Every named type, by name. */
function structs(): ReadonlyMap<string, Struct> {
  const found = new Map<string, Struct>();
  const visit = (schema: Schema): void => {
    if (schema.kind === 'list') visit(schema.items);
    if (schema.kind === 'map') visit(schema.values);
    if (schema.kind !== 'struct' || found.has(schema.name)) return;
    found.set(schema.name, schema);
    schema.fields.forEach(visit);
  };
  RESOURCE_TYPES.map(schemaOf).forEach(visit);
  return found;
}

/** The type of a field as the official client for JavaScript spells it. */
function spelled(schema: Schema): string {
  if (schema.kind === 'list') return `Array<${spelled(schema.items)}>`;
  if (schema.kind === 'map') return `{ [key: string]: ${spelled(schema.values)}; }`;
  if (schema.kind === 'struct') return modelName(schema.name);
  if (schema.name === 'intstr.IntOrString') return 'IntOrString';
  if (schema.name === 'meta.v1.MicroTime') return 'V1MicroTime';
  if (schema.format === 'date-time') return 'Date';
  if (schema.type === undefined) return 'any';
  return schema.type === 'integer' ? 'number' : schema.type.replace('number-or-', '');
}

/** Kinds that are in more than one group, so that the client names the group too. */
const AMBIGUOUS: ReadonlySet<string> = new Set(['EndpointPort', 'ResourceClaim']);

function modelName(name: string): string {
  const [group = '', , kind = ''] = name.split('.');
  const prefix = AMBIGUOUS.has(kind) ? group.charAt(0).toUpperCase() + group.slice(1) : '';
  return `${prefix}V1${kind}`;
}

interface Model {
  readonly getAttributeTypeMap: () => readonly {
    readonly baseName: string;
    readonly type: string;
  }[];
}

function isModel(value: unknown): value is Model {
  return typeof value === 'function' && 'getAttributeTypeMap' in value;
}

/** The fields that the official client knows of a type, and their types. */
function theirs(name: string): Readonly<Record<string, string>> {
  const model: unknown = Reflect.get(models, modelName(name));
  if (!isModel(model)) throw new Error(`the client knows no ${modelName(name)}`);
  return Object.fromEntries(
    model.getAttributeTypeMap().map(({ baseName, type }) => [baseName, type]),
  );
}

describe('the fields of kinds', () => {
  it.each([...structs()])('of %s are those of the official client', (name, { fields }) => {
    const ours = [...fields].map(([field, schema]) => [field, spelled(schema)] as const);
    expect(Object.fromEntries(ours)).toEqual(theirs(name));
  });

  it.each(RESOURCE_TYPES.map((type) => [type.kind, type] as const))(
    'of a %s are those that a manifest may have',
    (_, type) => {
      const text = JSON.stringify(sample(schemaOf(type)));
      const { diagnostics } = parseManifests([{ name: 'a.json', text }]);
      const messages = diagnostics.map(({ message }) => message);
      expect(messages.filter((message) => /unknown field|must be an? /u.test(message))).toEqual([]);
    },
  );
});

/** A value that has every field. */
function sample(schema: Schema): unknown {
  switch (schema.kind) {
    case 'list':
      return [sample(schema.items)];
    case 'map':
      return { a: sample(schema.values) };
    case 'struct':
      return Object.fromEntries([...schema.fields].map(([name, field]) => [name, sample(field)]));
    case 'scalar':
      if (schema.format === 'date-time') return '2026-01-01T00:00:00.000000Z';
      if (schema.type === undefined) return {};
      if (schema.type === 'boolean') return true;
      return schema.type === 'string' ? 'YQ==' : 1;
  }
}
