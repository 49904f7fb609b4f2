import type { FieldError } from '@portolan/core';
import * as v from 'valibot';

import { findField } from '../tree/find-field.ts';
import { plainValue, type PlainValue } from '../tree/plain-value.ts';
import type { Tree, TreeScalar } from '../tree/tree.ts';
import { NO_SUCH_FIELD, type Schema } from './object.ts';

/** A value, read by a schema. */
export interface Decoded {
  /** As the schema says, without unknown fields; trustworthy only where there are no faults. */
  readonly value: unknown;
  /** In the order written, as the other faults. */
  readonly unknownFields: readonly string[];
  readonly faults: readonly FieldError[];
}

/** A tree, read by a schema. */
export interface DecodedTree extends Decoded {
  /** Plain `yes`, `no`, … that were read as booleans, as kubectl does, because a boolean was due. */
  readonly booleans: ReadonlySet<TreeScalar>;
}

/** Reads `tree` as `schema` says. */
export function decode(
  schema: Schema,
  tree: Tree,
  booleans: ReadonlySet<TreeScalar> = new Set(),
): DecodedTree {
  const value = plainValue(tree, booleans);
  const result = v.safeParse(schema, value);
  const overlooked = (result.issues ?? []).flatMap((issue) =>
    issue.expected === 'boolean' ? yaml11Boolean(tree, fieldPath(issue)) : [],
  );
  if (overlooked.length > 0) {
    return decode(schema, tree, new Set([...booleans, ...overlooked]));
  }
  return { ...decodedOf(schema, value, result), booleans };
}

/** Reads a value as `schema` says. Unknown fields are taken away from it. */
export function decodeValue(schema: Schema, value: PlainValue): Decoded {
  return decodedOf(schema, value, v.safeParse(schema, value));
}

function decodedOf(
  schema: Schema,
  value: PlainValue,
  { output, issues: found }: v.SafeParseResult<Schema>,
): Decoded {
  const issues = found ?? [];
  const unknown = issues.filter(isUnknownField);
  return {
    value: unknown.length === 0 ? output : v.safeParse(schema, without(value, unknown)).output,
    unknownFields: unknown.map(fieldPath),
    faults: issues.filter((issue) => !isUnknownField(issue)).map(fault),
  };
}

/** `value`, from which the fields that issues are about were taken away. */
function without(value: PlainValue, issues: readonly v.BaseIssue<unknown>[]): PlainValue {
  for (const { path } of issues) {
    const { input, key } = path?.at(-1) ?? {};
    if (input instanceof Map) input.delete(key);
  }
  return value;
}

function isUnknownField({ expected }: v.BaseIssue<unknown>): boolean {
  return expected === NO_SUCH_FIELD;
}

function yaml11Boolean(tree: Tree, field: string): readonly TreeScalar[] {
  const { tree: found } = findField(tree, field);
  return found.kind === 'scalar' && found.yaml11 !== undefined ? [found] : [];
}

function fault(issue: v.BaseIssue<unknown>): FieldError {
  const { input, expected, message } = issue;
  const unquoted =
    expected === 'string' && (typeof input === 'number' || typeof input === 'boolean');
  return {
    type: 'TypeInvalid',
    field: fieldPath(issue),
    value: input instanceof Map ? 'object' : Array.isArray(input) ? 'array' : input,
    detail: unquoted ? `${message}: put it in quotes` : message,
  };
}

/** The path as Kubernetes prints it: fields after a dot, map keys and list items in brackets. */
function fieldPath({ path }: v.BaseIssue<unknown>): string {
  return (path ?? []).reduce((field, { type, key }) => {
    if (type === 'array' || type === 'map') {
      return `${field}[${String(key)}]`;
    }
    return field === '' ? String(key) : `${field}.${String(key)}`;
  }, '');
}
