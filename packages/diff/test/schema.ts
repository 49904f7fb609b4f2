/** As much of a JSON Schema (2020-12) as those of this package use. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly minItems?: number;
}

/** What in a value the schema doesn't allow. */
export function faults(
  value: unknown,
  schema: Schema,
  root: Schema = schema,
  at: string = '$',
): readonly string[] {
  if (schema.$ref !== undefined) {
    const referenced = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    return referenced ? faults(value, referenced, root, at) : [`${at}: no ${schema.$ref}`];
  }
  if (schema.oneOf) {
    const all = schema.oneOf.map((each) => faults(value, each, root, at));
    return all.filter(({ length }) => length === 0).length === 1 ? [] : all.flat();
  }
  if (schema.enum && !schema.enum.includes(value)) return [`${at}: ${String(value)}`];
  if (schema.const !== undefined && schema.const !== value) return [`${at}: ${String(value)}`];
  if (schema.type !== undefined && !isOfType(value, schema.type))
    return [`${at}: no ${schema.type}`];
  if (Array.isArray(value)) {
    return [
      ...(value.length < (schema.minItems ?? 0) ? [`${at}: too few`] : []),
      ...value.flatMap((item, index) => faults(item, schema.items ?? {}, root, `${at}[${index}]`)),
    ];
  }
  if (typeof value !== 'object' || value === null) return [];
  return [
    ...(schema.required ?? [])
      .filter((key) => !Object.hasOwn(value, key))
      .map((key) => `${at}.${key}: missing`),
    ...Object.entries(value).flatMap(([key, item]) => {
      const known = schema.properties?.[key] ?? schema.additionalProperties ?? {};
      if (typeof known !== 'boolean') return faults(item, known, root, `${at}.${key}`);
      return known ? [] : [`${at}.${key}: not allowed`];
    }),
  ];
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object')
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
