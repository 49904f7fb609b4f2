import * as v from 'valibot';

/** A schema of a value as `plainValue` gives it. What comes out is checked further in `validation/`. */
export type Schema = v.GenericSchema<unknown, unknown>;

/** The fields of a type, by name. None is required: what is missing is said by `validation/` in the API server's words. */
export type Fields = Readonly<Record<string, Schema>>;

/** `expected` of an issue about a field that the type doesn't have. */
export const NO_SUCH_FIELD = 'never';

const map = v.nullable(v.instance(Map<string, unknown>, 'must be a map'), () => new Map());

/** Fields named in `names`, separated by spaces, all of one type. */
export function each(schema: Schema, names: string): Fields {
  return Object.fromEntries(names.split(' ').map((name) => [name, schema]));
}

/**
 * A Kubernetes type. As in Go's decoding a null is an absent field; as in strict decoding every field that the type
 * doesn't have is an issue.
 */
export function object(fields: Fields): Schema {
  const known = new Map(Object.entries(fields));
  return v.pipe(
    map,
    v.rawTransform(({ dataset, addIssue }) => {
      const output: Record<string, unknown> = {};
      for (const [key, value] of dataset.value) {
        const schema = known.get(key);
        const step = {
          type: 'unknown',
          origin: 'value',
          input: dataset.value,
          key,
          value,
        } as const;
        if (schema === undefined) {
          addIssue({ expected: NO_SUCH_FIELD, message: 'unknown field', path: [step] });
        } else if (value !== null) {
          const decoded = run(schema, value, step, addIssue);
          if (decoded !== undefined) output[key] = decoded;
        }
      }
      return output;
    }),
  );
}

/** A map with keys of the user's choice. It comes out without prototype, so that no key is special. */
export function mapOf(schema: Schema): Schema {
  return v.pipe(
    map,
    v.rawTransform(({ dataset, addIssue }) => {
      const output: Record<string, unknown> = Object.create(null);
      for (const [key, value] of dataset.value) {
        const step = { type: 'map', origin: 'value', input: dataset.value, key, value } as const;
        output[key] = run(schema, value, step, addIssue);
      }
      return output;
    }),
  );
}

type AddIssue = Parameters<Parameters<typeof v.rawTransform<unknown, unknown>>[0]>[0]['addIssue'];

/** What `schema` makes of `value`. Its issues are passed on, each with `step` in front of its path. */
function run(schema: Schema, value: unknown, step: v.IssuePathItem, addIssue: AddIssue): unknown {
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  for (const { input, expected, received, message, path } of result.issues ?? []) {
    addIssue({ input, expected: expected ?? '', received, message, path: [step, ...(path ?? [])] });
  }
  return result.output;
}
