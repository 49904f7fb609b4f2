import type { FieldError } from '@portolan/core';
import * as v from 'valibot';

import { findField } from '../tree/find-field.ts';
import { plainValue } from '../tree/plain-value.ts';
import type { Tree, TreeScalar } from '../tree/tree.ts';
import { NO_SUCH_FIELD, type Schema } from './object.ts';

/** A tree, read by a schema. */
export interface Decoded {
  /** As the schema says; trustworthy only where there are neither faults nor unknown fields. */
  readonly value: unknown;
  /** In the order written, as the other faults. */
  readonly unknownFields: readonly string[];
  readonly faults: readonly FieldError[];
  /** Plain `yes`, `no`, … that were read as booleans, as kubectl does, because a boolean was due. */
  readonly booleans: ReadonlySet<TreeScalar>;
}

/** Reads `tree` as `schema` says. */
export function decode(
  schema: Schema,
  tree: Tree,
  booleans: ReadonlySet<TreeScalar> = new Set(),
): Decoded {
  const { output, issues = [] } = v.safeParse(schema, plainValue(tree, booleans));
  const overlooked = issues.flatMap((issue) =>
    issue.expected === 'boolean' ? yaml11Boolean(tree, fieldPath(issue)) : [],
  );
  if (overlooked.length > 0) {
    return decode(schema, tree, new Set([...booleans, ...overlooked]));
  }
  return {
    value: output,
    unknownFields: issues.filter(isUnknownField).map(fieldPath),
    faults: issues.filter((issue) => !isUnknownField(issue)).map(fault),
    booleans,
  };
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
