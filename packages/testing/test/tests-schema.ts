import { toJsonSchema, type JsonSchema } from '@valibot/to-json-schema';

import {
  ENDINGS,
  possibleEndings,
  REASONS,
  REDIRECT_STATUSES,
  REFUSAL_STATUSES,
  type Ending,
} from '../src/expectation/ending.ts';
import { EXPECTATION_FIELDS, type ExpectationField } from '../src/expectation/expectation.ts';
import { tableSchema } from '../src/table/schema.ts';

/** The schema of test files, as editors read it. */
export function testsSchema(): JsonSchema {
  const schema = toJsonSchema(tableSchema, {
    typeMode: 'input',
    overrideAction: ({ valibotAction, jsonSchema }) => {
      if (valibotAction.type !== 'raw_check') return undefined;
      // The other one looks closer at requests than a schema can.
      const isExpectation = jsonSchema.properties?.['service'] !== undefined;
      return isExpectation ? { ...jsonSchema, ...contradictions() } : jsonSchema;
    },
  });
  return {
    title: 'Tests of Kubernetes Service and Ingress manifests',
    description: 'What `portolan test` reads: requests, and what is to become of them.',
    ...schema,
  };
}

/** What `findContradiction` finds: an expectation must be possible with one of the endings. */
function contradictions(): JsonSchema {
  return {
    anyOf: ENDINGS.map((ending) => ({
      properties: Object.fromEntries(
        EXPECTATION_FIELDS.flatMap((field): [string, JsonSchema | false][] => {
          const values = valuesWith(field, ending);
          return values === true ? [] : [[field, values]];
        }),
      ),
    })),
    dependencies: { port: { properties: { service: { pattern: '^[^:]*$' } } } },
  };
}

/** The values of a field with which this ending is possible: all, none, or some. */
function valuesWith(field: ExpectationField, ending: Ending): JsonSchema | boolean {
  if (field === 'status') {
    const statuses = [...REDIRECT_STATUSES, ...REFUSAL_STATUSES];
    return oneOf(statuses.filter((status) => possibleEndings(field, { status }).includes(ending)));
  }
  if (field === 'reason') {
    const reasons = [...REASONS.keys()].filter((reason) => reason !== undefined);
    // Plugins have reasons of their own, with this status.
    if (ending === 503) return { not: { enum: reasons } };
    return oneOf(reasons.filter((reason) => possibleEndings(field, { reason }).includes(ending)));
  }
  if (field === 'reachable') return { const: ending === 'forward' };
  return possibleEndings(field, {}).includes(ending);
}

function oneOf(values: readonly (number | string)[]): JsonSchema | false {
  return values.length > 0 && { enum: [...values] };
}
