import {
  apiVersionOf,
  type ManagedFieldsEntry,
  type ResourceType,
  type StoredObject,
} from '@portolan/store';

import { schemaOf } from '../../openapi/kinds/kinds.ts';
import { fieldOf, isList, isObject } from '../json/json.ts';
import type { DraftObject } from '../patch.ts';
import { compare } from '../structured-merge/compare.ts';
import { managedOf } from '../structured-merge/fields-of.ts';
import { difference, isEmpty, NO_FIELDS, union } from './field-set.ts';
import { decodeManagers, encodeManagers, isSame, type Manager } from './managers.ts';

/** A write that isn't an apply. */
export interface FieldUpdate {
  readonly type: ResourceType;
  /** Absent where the object is created. */
  readonly before: StoredObject | undefined;
  /** As it is to be kept, with the `metadata.managedFields` that the client sent, if any. */
  readonly after: DraftObject;
  /** `fieldManager` of the query, or else what the user agent is called before its `/`. */
  readonly manager: string;
  /** `status` where that is written. */
  readonly subresource?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The `metadata.managedFields` of `after`: what the write changes is managed by the writer, and by nobody else any more. A
 * client that sent other entries has them taken for those that were; one that sent `[{}]` gets rid of them all.
 *
 * An object that is there without any stays without, until it is applied.
 */
export function updateManagedFields(update: FieldUpdate): readonly ManagedFieldsEntry[] {
  const { type, before, after, manager, subresource = '', now } = update;
  const sent = after.metadata['managedFields'];
  if (subresource === '' && isReset(sent)) return [];
  const kept = decodeManagers(before?.metadata.managedFields);
  const given = subresource === '' ? decodeManagers(sent) : [];
  const managers = given.length > 0 ? given : kept;
  if (before !== undefined && managers.length === 0) return [];

  const { changed, removed } = compare(schemaOf(type), before ?? unwritten(after), after);
  const taken = managedOf(changed);
  const lost = union(changed, removed);
  const writer: Manager = {
    manager,
    operation: 'Update',
    apiVersion: apiVersionOf(type),
    subresource,
    time: timeOf(now),
    fields: NO_FIELDS,
  };
  const left = managers.map((each) => ({ ...each, fields: difference(each.fields, lost) }));
  if (isEmpty(taken)) return encodeManagers(left);
  const own = left.find((each) => isSame(each, writer))?.fields ?? NO_FIELDS;
  return encodeManagers([
    ...left.filter((each) => !isSame(each, writer)),
    { ...writer, fields: union(own, taken) },
  ]);
}

/** RFC 3339, whole seconds. */
export function timeOf(now: number): string {
  return new Date(now).toISOString().replace(/\.[0-9]+Z$/u, 'Z');
}

function isReset(sent: unknown): boolean {
  return (
    isList(sent) && sent.length === 1 && isObject(sent[0]) && Object.keys(sent[0]).length === 0
  );
}

/** Fields that Go's empty object of a kind already has, so that nobody is said to have added them. */
const ALWAYS_THERE: ReadonlySet<string> = new Set([
  'jobTemplate',
  'loadBalancer',
  'metadata',
  'spec',
  'status',
  'strategy',
  'template',
  'updateStrategy',
]);

/** The object before it was written for the first time. */
export function unwritten(object: unknown): unknown {
  if (!isObject(object)) return null;
  const fields = Object.keys(object).filter((name) => ALWAYS_THERE.has(name));
  const blank = fields.map((name) => [name, unwritten(fieldOf(object, name))] as const);
  return Object.fromEntries(
    Object.hasOwn(object, 'containers') ? [...blank, ['containers', null] as const] : blank,
  );
}
