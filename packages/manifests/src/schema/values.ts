import * as v from 'valibot';

import { mapOf, type Schema } from './object.ts';

// A null that stands in a list or a map is Go's zero value of the type; a field that is null is absent (`object.ts`).

export const string: Schema = v.nullable(v.string('must be a string'), '');
export const boolean: Schema = v.nullable(v.boolean('must be a boolean'), false);

const integer = v.pipe(v.number('must be an integer'), v.integer('must be an integer'));
const int32Range = v.pipe(
  integer,
  v.minValue(-(2 ** 31), 'must be an integer of 32 bits'),
  v.maxValue(2 ** 31 - 1, 'must be an integer of 32 bits'),
);

export const int32: Schema = v.nullable(int32Range, 0);
export const int64: Schema = v.nullable(integer, 0);

/** A field whose empty value is as good as none, as Go's `omitempty` has it: it is left out. */
export const stringOmitEmpty: Schema = v.pipe(
  v.string('must be a string'),
  v.transform((value) => (value === '' ? undefined : value)),
);
/** As `stringOmitEmpty`, of a number whose zero says nothing. */
export const int32OmitEmpty: Schema = v.pipe(
  int32Range,
  v.transform((value) => (value === 0 ? undefined : value)),
);

/** Source: Kubernetes API reference, IntOrString. */
export const intOrString: Schema = v.union(
  [int32Range, v.string()],
  'must be an integer or a string',
);
/** As `stringOmitEmpty`, of either. */
export const intOrStringOmitEmpty: Schema = v.pipe(
  v.union([int32Range, v.string()], 'must be an integer or a string'),
  v.transform((value) => (value === 0 || value === '' ? undefined : value)),
);

const QUANTITY =
  /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$/u;

const NO_QUANTITY = "must be a quantity, such as 1, '500m' or '64Mi'";

/** Source: Kubernetes API reference, Quantity. */
export const quantity: Schema = v.union(
  [v.number(), v.pipe(v.string(), v.regex(QUANTITY, NO_QUANTITY))],
  NO_QUANTITY,
);
export const quantities: Schema = mapOf(quantity);

/** Base64 of RFC 4648 section 4, with padding; line breaks are skipped. */
export const bytes: Schema = v.pipe(
  v.nullable(v.string('must be a string'), ''),
  v.check(
    (text) =>
      /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u.test(
        text.replaceAll(/[\r\n]/gu, ''),
      ),
    'must be base64',
  ),
);

const SECONDS = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)`;
const ZONE = String.raw`(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)`;

export const time: Schema = v.pipe(
  v.string('must be a string'),
  v.regex(
    new RegExp(String.raw`^${SECONDS}(?:\.\d+)?${ZONE}$`, 'u'),
    'must be a time as in RFC 3339, such as 2006-01-02T15:04:05Z',
  ),
);

/** Source: Kubernetes API reference, MicroTime v1 meta. Six digits, no more and no fewer, as the API server has it. */
export const microTime: Schema = v.pipe(
  v.string('must be a string'),
  v.regex(
    new RegExp(String.raw`^${SECONDS}\.\d{6}${ZONE}$`, 'u'),
    'must be a time as in RFC 3339 with six digits of a fraction, such as 2006-01-02T15:04:05.000000Z',
  ),
);

export const strings: Schema = listOf(string);
export const stringMap: Schema = mapOf(string);

/** Whatever stands there. */
export const anything: Schema = v.pipe(v.unknown(), v.transform(withoutMaps));

export function listOf(schema: Schema): Schema {
  return v.array(schema, 'must be a list');
}

function withoutMaps(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutMaps);
  }
  if (!(value instanceof Map)) {
    return value;
  }
  const output: Record<string, unknown> = Object.create(null);
  for (const [key, item] of value as ReadonlyMap<string, unknown>) {
    output[key] = withoutMaps(item);
  }
  return output;
}
