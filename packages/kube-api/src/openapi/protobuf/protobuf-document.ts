import { isList, isObject } from '../../patch/json/json.ts';
import type { JSONObject } from '../component/component.ts';
import { field, joined } from './wire.ts';

/**
 * The OpenAPI 2.0 document as kubectl up to 1.26 reads it: of definitions all, of paths what says which patches may be dry runs.
 *
 * Source: github.com/google/gnostic, `openapiv2/OpenAPIv2.proto`, by whose field numbers this goes.
 */
export function protobufDocument({ swagger, paths, definitions }: JSONObject): Uint8Array {
  return joined([
    field(1, String(swagger)),
    field(8, joined(named(paths).map(([path, item]) => field(2, pair(path, pathItem(item)))))),
    field(9, joined(named(definitions).map(([name, each]) => field(1, pair(name, schema(each)))))),
  ]);
}

function pathItem(item: JSONObject): Uint8Array {
  const { patch } = item;
  return isObject(patch) ? field(8, operation(patch)) : new Uint8Array();
}

function operation(each: JSONObject): Uint8Array {
  const { operationId, parameters } = each;
  const query = (isList(parameters) ? parameters : []).filter(isObject).flatMap((parameter) => {
    if (parameter['in'] !== 'query') return [];
    const subSchema = joined([field(2, 'query'), field(4, String(parameter['name']))]);
    return [field(8, field(1, field(2, field(3, subSchema))))];
  });
  return joined([field(5, String(operationId)), ...query, ...extensions(13, each)]);
}

function schema(each: JSONObject): Uint8Array {
  const { $ref, allOf, format, description, additionalProperties, type, items, properties } = each;
  const [only] = isList(allOf) ? allOf : [];
  // It looks into no `allOf`, and lets extensions stand beside a reference.
  const ref = $ref ?? (isObject(only) ? only['$ref'] : undefined);
  return joined([
    ...texts(1, ref),
    ...texts(2, format),
    ...texts(4, description),
    ...('default' in each ? [field(5, yaml(each['default']))] : []),
    ...(isObject(additionalProperties) ? [field(21, field(1, schema(additionalProperties)))] : []),
    ...(typeof type === 'string' ? [field(22, field(1, type))] : []),
    ...(isObject(items) ? [field(23, field(1, schema(items)))] : []),
    ...(properties === undefined
      ? []
      : [
          field(
            25,
            joined(named(properties).map(([name, value]) => field(1, pair(name, schema(value))))),
          ),
        ]),
    ...extensions(31, each),
  ]);
}

/** What begins with `x-`, each a name and a value in YAML, as JSON is. */
function extensions(number: number, each: JSONObject): readonly Uint8Array[] {
  return Object.entries(each)
    .filter(([name]) => name.startsWith('x-'))
    .map(([name, value]) => field(number, pair(name, yaml(value))));
}

function yaml(value: unknown): Uint8Array {
  return field(2, JSON.stringify(value));
}

function texts(number: number, value: unknown): readonly Uint8Array[] {
  return typeof value === 'string' && value !== '' ? [field(number, value)] : [];
}

function named(value: unknown): readonly (readonly [name: string, value: JSONObject])[] {
  if (!isObject(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, JSONObject] => isObject(entry[1]));
}

function pair(name: string, value: Uint8Array): Uint8Array {
  return joined([field(1, name), field(2, value)]);
}
