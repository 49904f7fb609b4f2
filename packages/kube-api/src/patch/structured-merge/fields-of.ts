import type { Schema } from '../../openapi/schema/schema.ts';
import { isList, isObject } from '../json/json.ts';
import {
  childOf,
  fieldElement,
  fieldSet,
  ONE_FIELD,
  union,
  type FieldSet,
} from '../managed-fields/field-set.ts';
import { membersOf } from './members.ts';

/** The fields that a configuration has an opinion on: its leaves, its list items, and what is empty in it. */
export function fieldsOf(schema: Schema | undefined, value: unknown): FieldSet {
  const members = membersOf(schema, value);
  if (members === undefined) return ONE_FIELD;
  return fieldSet(
    false,
    members.map((member) => {
      const fields = fieldsOf(member.schema, member.value);
      const isItem = member.name === undefined;
      const owned = isItem || !member.declared || isBlank(member.value) || fields.owned;
      return [member.element, { ...fields, owned }];
    }),
  );
}

function isBlank(value: unknown): boolean {
  if (isList(value)) return value.length === 0;
  return value === null || (isObject(value) && Object.keys(value).length === 0);
}

/** The same set, with every declared field that lies on the way to an owned one. */
export function withDeclaredFields(schema: Schema | undefined, set: FieldSet): FieldSet {
  return fieldSet(
    set.owned,
    [...set.children].map(([element, child]) => {
      const name = element.startsWith('f:') ? element.slice(2) : '';
      const declared = schema?.kind === 'struct' && schema.fields.has(name);
      const deeper = withDeclaredFields(schemaAt(schema, name), child);
      return [element, { ...deeper, owned: deeper.owned || declared }];
    }),
  );
}

function schemaAt(schema: Schema | undefined, name: string): Schema | undefined {
  if (schema?.kind === 'struct') return schema.fields.get(name);
  if (schema?.kind === 'map') return schema.values;
  return schema?.kind === 'list' ? schema.items : undefined;
}

/** What nobody ever owns, for it is the API's own. */
const UNMANAGED = [
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'clusterName',
  'generation',
  'managedFields',
  'resourceVersion',
].map(fieldElement);

/** The same set without what is the API's own. */
export function managedOf(set: FieldSet): FieldSet {
  const without = (from: FieldSet, elements: readonly string[]): FieldSet =>
    fieldSet(
      from.owned,
      [...from.children].filter(([element]) => !elements.includes(element)),
    );
  const metadata = fieldElement('metadata');
  const rest = without(set, [fieldElement('apiVersion'), fieldElement('kind'), metadata]);
  const kept = { ...without(childOf(set, metadata), UNMANAGED), owned: false };
  return union(rest, fieldSet(false, [[metadata, kept]]));
}
