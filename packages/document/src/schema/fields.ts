import * as v from 'valibot';

/** A text that is not empty. */
export type TextSchema = v.SchemaWithPipe<
  readonly [v.StringSchema<string>, v.NonEmptyAction<string, string>]
>;

/** @param must What it must be, for who reads the failure. */
export function text(must: string): TextSchema {
  return v.pipe(v.string(must), v.nonEmpty(must));
}

export type DescribedSchema<Schema extends v.GenericSchema> = v.SchemaWithPipe<
  readonly [Schema, v.DescriptionAction<v.InferOutput<Schema>, string>]
>;

/** @param description For who writes the field in an editor. */
export function described<Schema extends v.GenericSchema>(
  schema: Schema,
  description: string,
): DescribedSchema<Schema> {
  return v.pipe(schema, v.description(description));
}

/** A field that may be absent. */
export function optional<Schema extends v.GenericSchema>(
  schema: Schema,
  description: string,
): v.OptionalSchema<DescribedSchema<Schema>, undefined> {
  return v.optional(described(schema, description));
}
