import type { PatchMeta, Scalar, Schema, Struct } from '../schema/schema.ts';

/** A JSON value of a document. */
export type JSONObject = Readonly<Record<string, unknown>>;

/** OpenAPI 2.0, as Swagger was, or 3.0. */
export type Dialect = 'v2' | 'v3';

const API = 'io.k8s.api';
const MACHINERY = 'io.k8s.apimachinery.pkg';
const PACKAGES: ReadonlyMap<string, string> = new Map([
  ['meta', `${MACHINERY}.apis`],
  ['resource', `${MACHINERY}.api`],
  ['intstr', `${MACHINERY}.util`],
]);

/** `io.k8s.api.core.v1.Container` of `core.v1.Container`: what a document calls a named type. */
export function componentName(name: string): string {
  const [first = ''] = name.split('.', 1);
  return `${PACKAGES.get(first) ?? API}.${name}`;
}

/** How a document refers to a named type. */
export function refTo(name: string, dialect: Dialect): JSONObject {
  const where = dialect === 'v2' ? '#/definitions' : '#/components/schemas';
  return { $ref: `${where}/${componentName(name)}` };
}

/** The schemas of `roots` and of every named type within them, by their names in the document, sorted. */
export function components(roots: readonly Struct[], dialect: Dialect): Map<string, JSONObject> {
  const named = new Map<string, JSONObject>();
  const visit = (schema: Schema): void => {
    if (schema.kind === 'list') return visit(schema.items);
    if (schema.kind === 'map') return visit(schema.values);
    if (schema.name === undefined || named.has(componentName(schema.name))) return undefined;
    const isStruct = schema.kind === 'struct';
    named.set(
      componentName(schema.name),
      isStruct ? structSchema(schema, dialect) : scalarSchema(schema, dialect),
    );
    if (isStruct) schema.fields.forEach(visit);
    return undefined;
  };
  roots.forEach(visit);
  return new Map([...named].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function structSchema({ fields, atomic }: Struct, dialect: Dialect): JSONObject {
  const properties = [...fields]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => [name, property(schema, dialect)] as const);
  return {
    description: '',
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(atomic && { 'x-kubernetes-map-type': 'atomic' }),
  };
}

/** A field. A reference may have nothing beside it in OpenAPI, so that extensions stand around it. */
function property(schema: Schema, dialect: Dialect): JSONObject {
  const patch = 'patch' in schema ? schema.patch : undefined;
  const type = typeOf(schema, dialect);
  return { ...('$ref' in type ? { allOf: [type] } : type), ...patchExtensions(patch) };
}

function typeOf(schema: Schema, dialect: Dialect): JSONObject {
  switch (schema.kind) {
    case 'scalar':
      return schema.name === undefined
        ? scalarSchema(schema, dialect)
        : refTo(schema.name, dialect);
    case 'struct':
      return refTo(schema.name, dialect);
    case 'map':
      return {
        type: 'object',
        additionalProperties: typeOf(schema.values, dialect),
        ...(schema.atomic && { 'x-kubernetes-map-type': 'atomic' }),
      };
    case 'list':
      return {
        type: 'array',
        items: typeOf(schema.items, dialect),
        ...(schema.type === 'map' && { 'x-kubernetes-list-map-keys': schema.keys }),
        'x-kubernetes-list-type': schema.type,
      };
  }
}

function scalarSchema({ type, format, default: value }: Scalar, dialect: Dialect): JSONObject {
  const [one = 'object', other] = type?.split('-or-') ?? [];
  if (other === undefined) {
    return {
      type: one,
      ...(format !== undefined && { format }),
      ...(value !== undefined && { default: value }),
    };
  }
  const union = type === 'integer-or-string' ? { format: 'int-or-string' } : {};
  return dialect === 'v2'
    ? { type: 'string', ...union }
    : { ...union, oneOf: [{ type: one }, { type: other }] };
}

function patchExtensions(patch: PatchMeta | undefined): JSONObject {
  if (patch === undefined) return {};
  return {
    ...(patch.mergeKey !== undefined && { 'x-kubernetes-patch-merge-key': patch.mergeKey }),
    'x-kubernetes-patch-strategy': patch.strategies.join(','),
  };
}
