import type { Schema } from '../../openapi/schema/schema.ts';
import { badRequest } from '../failure/failure.ts';
import { fieldOf, isList, isObject, withoutNulls, type JSONObject } from '../json/json.ts';
import { mergeItems, mergeScalars } from './merge-lists.ts';

const ORDER = '$setElementOrder/';
const DELETE = '$deleteFromPrimitiveList/';

/**
 * What a strategic merge patch makes of an object: a merge patch in which lists whose items have a key are merged too, with
 * directives. Source: Kubernetes' API conventions, Strategic Merge Patch.
 *
 * @throws {PatchError} 400 where a directive makes no sense.
 */
export function strategicMerge(
  target: JSONObject,
  patch: JSONObject,
  schema: Schema | undefined,
): JSONObject {
  const directive = fieldOf(patch, '$patch');
  if (directive === 'delete') return {};
  if (directive === 'replace') return settledObject(patch);
  if (directive !== undefined && directive !== 'merge') {
    throw badRequest(`unknown patch type: ${JSON.stringify(directive)} in map`);
  }
  const merged = new Map(retained(target, patch));
  const names = Object.keys(patch).filter((name) => !name.startsWith('$'));
  const lists = Object.keys(patch).flatMap((name) =>
    [ORDER, DELETE].flatMap((prefix) => (name.startsWith(prefix) ? name.slice(prefix.length) : [])),
  );
  for (const name of new Set([...names, ...lists])) {
    const value = mergedField(merged.get(name), patch, name, fieldSchema(schema, name));
    if (value === undefined) merged.delete(name);
    else merged.set(name, value);
  }
  return Object.fromEntries(merged);
}

function mergedField(
  target: unknown,
  patch: JSONObject,
  name: string,
  schema: Schema | undefined,
): unknown {
  const value = fieldOf(patch, name);
  const order = directiveList(patch, ORDER + name);
  const deleted = directiveList(patch, DELETE + name);
  if (value === null) return undefined;
  if (isObject(value))
    return isObject(target) ? strategicMerge(target, value, schema) : settled(value);
  const isMerged = schema?.kind === 'list' && schema.patch?.strategies.includes('merge');
  if (!isMerged || (value !== undefined && !isList(value))) {
    return value === undefined ? target : settled(value);
  }
  if (value === undefined && !isList(target)) return target;
  const items = isList(target) ? target : [];
  const { mergeKey } = schema.patch ?? {};
  return mergeKey === undefined
    ? mergeScalars(items, value ?? [], order, deleted ?? [])
    : mergeItems(items, value ?? [], order, mergeKey, (one, other) =>
        strategicMerge(one, other, schema.items),
      );
}

function fieldSchema(schema: Schema | undefined, name: string): Schema | undefined {
  if (schema?.kind === 'struct') return schema.fields.get(name);
  return schema?.kind === 'map' ? schema.values : undefined;
}

function directiveList(patch: JSONObject, name: string): readonly unknown[] | undefined {
  const list = fieldOf(patch, name);
  if (list !== undefined && !isList(list))
    throw badRequest(`invalid patch format of ${name}: must be a list`);
  return list;
}

/** The fields of `target` that `$retainKeys` leaves. */
function retained(target: JSONObject, patch: JSONObject): readonly (readonly [string, unknown])[] {
  const keep = directiveList(patch, '$retainKeys');
  const fields = Object.entries(target);
  if (keep === undefined) return fields;
  const stray = Object.keys(patch).find((name) => !name.startsWith('$') && !keep.includes(name));
  if (stray !== undefined) {
    throw badRequest(`invalid patch format of retainKeys: "${stray}" is patched and not retained`);
  }
  return fields.filter(([name]) => keep.includes(name));
}

/** What a patch says where there is nothing to merge it with: without its directives and nulls. */
function settled(value: unknown): unknown {
  if (isObject(value)) return settledObject(value);
  if (!isList(value)) return value;
  return value
    .filter((item) => fieldOf(item, '$patch') === undefined || fieldOf(item, '$patch') === 'merge')
    .map((item) => (isObject(item) ? settledObject(item) : withoutNulls(item)));
}

function settledObject(value: JSONObject): JSONObject {
  if (fieldOf(value, '$patch') === 'delete') return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, field]) => field !== null && !name.startsWith('$'))
      .map(([name, field]) => [name, settled(field)]),
  );
}
