import type { Schema } from '../../openapi/schema/schema.ts';
import { fieldOf, isObject, withField, type JSONObject } from '../json/json.ts';
import { difference, NO_FIELDS, union, type FieldSet } from '../managed-fields/field-set.ts';
import { compare } from '../structured-merge/compare.ts';
import { fieldsOf } from '../structured-merge/fields-of.ts';

const ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The fields that `kubectl apply` gave an object on the client's side and that still are as it gave them: those that
 * `kubectl apply --server-side` may take over. None where nothing is known of it.
 */
export function lastAppliedFields(schema: Schema, live: unknown): FieldSet {
  const text = annotation(live);
  if (text === undefined) return NO_FIELDS;
  try {
    const config: unknown = JSON.parse(text);
    if (!isObject(config)) return NO_FIELDS;
    const { changed, removed } = compare(schema, config, live);
    return difference(fieldsOf(schema, config), union(changed, removed));
  } catch {
    return NO_FIELDS;
  }
}

/** `object` with the annotation for what was applied now, where it has one: a later `kubectl apply` compares with it. */
export function withLastApplied(object: JSONObject, config: JSONObject): JSONObject {
  if (annotation(object) === undefined) return object;
  const metadata = fieldOf(object, 'metadata');
  const annotations = fieldOf(metadata, 'annotations');
  if (!isObject(metadata) || !isObject(annotations)) return object;
  const text = `${JSON.stringify(withoutAnnotation(config))}\n`;
  const noted = withField(annotations, ANNOTATION, text);
  return withField(object, 'metadata', withField(metadata, 'annotations', noted));
}

function annotation(object: unknown): string | undefined {
  const text = fieldOf(fieldOf(fieldOf(object, 'metadata'), 'annotations'), ANNOTATION);
  return typeof text === 'string' ? text : undefined;
}

function withoutAnnotation(config: JSONObject): JSONObject {
  const metadata = fieldOf(config, 'metadata');
  const annotations = fieldOf(metadata, 'annotations');
  if (!isObject(metadata) || !isObject(annotations)) return config;
  const rest = Object.entries(annotations).filter(([name]) => name !== ANNOTATION);
  return withField(
    config,
    'metadata',
    withField(metadata, 'annotations', Object.fromEntries(rest)),
  );
}
